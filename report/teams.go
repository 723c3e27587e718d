package report

import (
	"fmt"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
)

// team is the leading team of a unit at one moment, in counts. Seats held by nobody are Vacant.
type team struct {
	members, vacant, women, minority, nonParty int
	ages, aged                                 int // sum of the known ages on the plan date, and how many are known
	newcomers                                  int // members who were not in the team before
}

// teams is 班子前后对比: counts only, so that no attribute stands beside a name.
func (p *papers) teams() *table {
	n := func(zh, en string) col { return col{i18n.T(zh, en), 11} }
	t := p.table("teams", i18n.T("班子前后对比", "Teams"), colUnit, n("成员（前）", "members before"), n("成员（后）", "members after"), n("空缺（前）", "open before"),
		n("空缺（后）", "open after"), n("新进", "newcomers"), n("平均年龄（前）", "mean age before"), n("平均年龄（后）", "mean age after"), n("女（前）", "women before"), n("女（后）", "women after"),
		n("少数民族（前）", "minorities before"), n("少数民族（后）", "minorities after"), n("非中共（前）", "non-party before"), n("非中共（后）", "non-party after"))
	for u := range p.x.Units {
		if !p.seesUnit(u) {
			continue
		}
		seats := p.teamSeats(u)
		if len(seats) == 0 {
			continue
		}
		a, b := p.team(seats, p.before), p.team(seats, p.after)
		tn := plain
		if b.newcomers > 0 || a.members != b.members {
			tn = moving
		}
		t.add(tn, p.x.Units[u].Name, a.members, b.members, a.vacant, b.vacant, b.newcomers, a.meanAge(), b.meanAge(), a.women, b.women,
			a.minority, b.minority, a.nonParty, b.nonParty)
	}
	return t
}

func (p *papers) teamSeats(u int) []int {
	var out []int
	for q := range p.x.Posts {
		if p.x.Posts[q].Team && p.x.UnitOf(q) == u {
			out = append(out, q)
		}
	}
	return out
}

// before and after are the holders of a post on the plan date and at the end of the horizon.
func (p *papers) before(q int) []int { return p.x.Holders(q) }

func (p *papers) after(q int) []int {
	var out []int
	for _, h := range p.x.Holders(q) {
		if i := p.changeOf[h]; i == posting.None || !p.changes[i].gives() {
			out = append(out, h)
		}
	}
	for _, m := range p.changes {
		if m.to == q {
			out = append(out, m.c)
		}
	}
	return out
}

// team counts the holders of seats; one who holds two of them counts once.
func (p *papers) team(seats []int, holders func(q int) []int) team {
	var t team
	was, seen := map[int]bool{}, map[int]bool{}
	for _, q := range seats {
		for _, h := range p.before(q) {
			was[h] = true
		}
	}
	for _, q := range seats {
		hs := holders(q)
		if len(hs) == 0 {
			t.vacant++
		}
		for _, h := range hs {
			if !seen[h] {
				seen[h] = true
				p.countMember(&t, h, !was[h])
			}
		}
	}
	return t
}

func (p *papers) countMember(t *team, c int, isNew bool) {
	who := &p.x.Cadres[c]
	t.members++
	if isNew {
		t.newcomers++
	}
	if who.Sex == "女" {
		t.women++
	}
	if who.Ethnicity != "" && who.Ethnicity != "汉族" && who.Ethnicity != "汉" {
		t.minority++
	}
	if who.Party != "" && !strings.HasPrefix(who.Party, "中共") {
		t.nonParty++
	}
	if years, known := p.x.Age(c, 1); known {
		t.ages, t.aged = t.ages+years, t.aged+1
	}
}

// meanAge is the mean of the known ages to one place.
func (t team) meanAge() string {
	if t.aged == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", float64(t.ages)/float64(t.aged))
}

// inOrder merges lists of people into the official order.
func inOrder(lists ...[]planning.Listed) []planning.Listed {
	out := slices.Concat(lists...)
	slices.SortStableFunc(out, func(a, b planning.Listed) int { return a.Cadre - b.Cadre })
	return out
}
