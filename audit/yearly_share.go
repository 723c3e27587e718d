package audit

import (
	"fmt"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// yearlyShare: at least the stated share of those eligible moves each year.
type yearlyShare struct{}

// share is what a clause counts in one period: over all, or for one unit.
type share struct {
	eligible int // members, those who moved earlier this year not counted
	earlier  int // moved earlier this year
	moved    int // members who move in the period by a move that counts
	asked    int
	short    int
	waived   bool // the unit is left out by an exception
}

func (k yearlyShare) judge(s *scene, c *policy.Clause, out *findings) {
	k.unknown(s, c, out)
	for t := 1; t <= s.periods(); t++ {
		var all share
		for _, id := range k.scopes(s, c) {
			sh := k.count(s, c, id, t)
			k.finding(s, c, id, t, &sh, out)
			all.add(sh)
		}
		k.metrics(c.ID, t, s.periods(), all, out)
	}
	out.metrics[c.ID+".pinned"] = float64(k.pinned(s, c))
}

func (a *share) add(b share) {
	a.eligible, a.earlier, a.moved = a.eligible+b.eligible, a.earlier+b.earlier, a.moved+b.moved
	if !b.waived {
		a.asked, a.short = a.asked+b.asked, a.short+b.short
	}
}

// scopes are the units that are counted one by one, or "" for all together.
func (yearlyShare) scopes(s *scene, c *policy.Clause) []string {
	if c.Text("apply_to") != "each_unit" {
		return []string{""}
	}
	out := make([]string, len(s.x.Units))
	for u := range s.x.Units {
		out[u] = s.x.Units[u].ID
	}
	return out
}

// count is the share of one scope in t.
func (k yearlyShare) count(s *scene, c *policy.Clause, unit string, t int) share {
	var sh share
	for cadre := range s.x.Cadres {
		movedBefore := s.begins[cadre] > 0 && s.begins[cadre] < t
		if movedBefore || s.eligible(c, cadre, t) != posting.Yes || unit != "" && s.unit(s.x.Seat(cadre)) != unit {
			continue
		}
		sh.eligible++
		if s.moves(cadre, t) && counts(c, s.moveType(cadre, s.dest[cadre])) {
			sh.moved++
		}
	}
	if t == 1 {
		sh.earlier = k.earlier(s, c, unit)
	}
	sh.asked = rounded(c.Ratio("share"), sh.eligible+sh.earlier, c.Text("rounding"))
	sh.short = max(0, sh.asked-sh.earlier-sh.moved)
	return sh
}

// counts tells whether a move of the type counts for the clause; promotions and advances never do.
func counts(c *policy.Clause, m posting.Move) bool {
	return m == posting.MoveTransfer || m == posting.MoveRotate && c.Text("counts") == "other_post"
}

// earlier is the number of cadres who moved this year before the plan date, by a move that counts, and are not
// eligible again.
func (yearlyShare) earlier(s *scene, c *policy.Clause, unit string) int {
	if c.Text("count") != "year" {
		return 0
	}
	n, seen := 0, map[int]bool{}
	for _, d := range s.x.Done {
		cadre, p, q := s.x.CadreAt(d.Cadre), s.x.PostAt(d.From), s.x.PostAt(d.To)
		if cadre == posting.None || s.x.Seat(cadre) == posting.None || p == posting.None || q == posting.None || p == q || seen[cadre] {
			continue
		}
		if s.matches(c, cadre, 1) && s.eligible(c, cadre, 1) != posting.Yes && counts(c, s.between(p, q, s.x.Posts[p].Level)) {
			seen[cadre] = true
			if unit == "" || s.unit(q) == unit {
				n++
			}
		}
	}
	return n
}

// rounded is a share of n as a whole number of persons; `nearest` rounds halves up.
func rounded(r policy.Ratio, n int, how string) int {
	num := r.Num * int64(n)
	switch how {
	case "up":
		num += r.Den - 1
	case "nearest":
		return int((2*num + r.Den) / (2 * r.Den))
	}
	return int(num / r.Den)
}

func (yearlyShare) finding(s *scene, c *policy.Clause, unit string, t int, sh *share, out *findings) {
	if unit != "" && c.Modality == policy.Waivable {
		sh.waived = s.exception(c, t, unit) != ""
	}
	if sh.short == 0 {
		out.keep(1)
		return
	}
	e := entry{subjects: []string{}, period: t, measured: sh.moved + sh.earlier, limit: sh.asked, unit: "person", breach: sh.short}
	whom := s.batch(t)
	if unit != "" {
		e.subjects = []string{unit}
		whom = i18n.T(s.unitName(unit), s.unitName(unit))
	}
	if sh.waived {
		e.exception = s.exception(c, t, unit)
	}
	e.text = of(c, whom, i18n.F("符合条件%d人，应交流%d人，已交流和拟交流%d人，差%d人", "%d eligible, %d asked, %d moved, %d short",
		sh.eligible+sh.earlier, sh.asked, sh.moved+sh.earlier, sh.short))
	out.breach(e)
}

// unknown lists those who are members in all but a blank tenure or selector.
func (yearlyShare) unknown(s *scene, c *policy.Clause, out *findings) {
	for cadre := range s.x.Cadres {
		if s.eligible(c, cadre, 1) == posting.Blank {
			out.add(unverifiable, entry{subjects: []string{s.x.Cadres[cadre].ID}, period: 1, measured: posting.Unknown,
				limit: c.Months("candidate_years"), unit: "month",
				text: of(c, s.name(cadre), i18n.T("任现职时间或适用范围所需信息缺失，无法核实", "cannot be verified: time in post, or what decides whether the clause applies, not given"))})
		}
	}
}

// pinned is the number of members of E(1) whom a pin keeps in place.
func (yearlyShare) pinned(s *scene, c *policy.Clause) int {
	n := 0
	for cadre := range s.x.Cadres {
		stays := s.x.Cadres[cadre].Disposition == posting.Stay || s.fixedOn(cadre, s.x.Seat(cadre))
		if stays && s.eligible(c, cadre, 1) == posting.Yes {
			n++
		}
	}
	return n
}

func (yearlyShare) metrics(id string, t, periods int, sh share, out *findings) {
	values := map[string]int{"eligible": sh.eligible + sh.earlier, "asked": sh.asked, "earlier": sh.earlier,
		"moved": sh.moved + sh.earlier, "short": sh.short}
	for name, v := range values {
		if t == 1 {
			out.metrics[id+"."+name] = float64(v)
		}
		if periods > 1 {
			out.metrics[fmt.Sprintf("%s.%s@%d", id, name, t)] = float64(v)
		}
	}
}
