package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// teamPresence: leading teams hold at least the stated number of women, non-party, minority or young members. Findings
// name no person.
type teamPresence struct{}

// presence is how many team members of one scope are counted, in the plan and as if only the departures happened.
type presence struct {
	posts, has, today int
}

func (k teamPresence) judge(s *scene, c *policy.Clause, out *findings) {
	for t := 1; t <= s.periods(); t++ {
		var all presence
		for u := range s.x.Units {
			pr := k.count(s, c, u, t)
			if all.add(pr); pr.posts > 0 && c.Text("apply_to") == "each" {
				k.finding(s, c, u, t, pr, out)
			}
		}
		if all.posts > 0 && c.Text("apply_to") == "together" {
			k.finding(s, c, posting.None, t, all, out)
		}
	}
}

func (a *presence) add(b presence) {
	a.posts, a.has, a.today = a.posts+b.posts, a.has+b.has, a.today+b.today
}

// count looks at the team of one unit in t.
func (k teamPresence) count(s *scene, c *policy.Clause, u, t int) presence {
	posts := s.team(c, u, t)
	pr := presence{posts: len(posts)}
	for _, cadre := range s.members(posts, t) {
		if k.counted(s, c, cadre, t) {
			pr.has++
		}
	}
	for _, cadre := range s.former(posts) {
		if !s.left(cadre, t) && k.counted(s, c, cadre, 1) {
			pr.today++
		}
	}
	return pr
}

// counted tells whether c belongs to the class, at his age of period t. A blank belongs to none.
func (teamPresence) counted(s *scene, c *policy.Clause, cadre, t int) bool {
	who := &s.x.Cadres[cadre]
	switch c.Text("who") {
	case "women":
		return who.Sex == "女"
	case "non_party":
		return who.Party != "" && who.Party != "中共党员" && who.Party != "中共预备党员"
	case "minority":
		return who.Ethnicity != "" && who.Ethnicity != "汉族"
	}
	age, known := s.x.Age(cadre, t)
	return known && age <= c.Int("age")
}

// finding holds a scope against the least number: a unit, or all matched teams where u is None.
func (k teamPresence) finding(s *scene, c *policy.Clause, u, t int, pr presence, out *findings) {
	limit := min(c.Int("least"), pr.today)
	if pr.has >= limit {
		out.keep(1)
		return
	}
	e := entry{subjects: []string{}, period: t, measured: pr.has, limit: limit, unit: "person", breach: limit - pr.has}
	whom := s.batch(t)
	if u != posting.None {
		unit := &s.x.Units[u]
		e.subjects, e.exception = []string{unit.ID}, s.waiver(c, t, unit.ID)
		whom = i18n.T(unit.Name, unit.Name)
	}
	e.text = of(c, whom, i18n.F("班子中%[1]s%[2]d人，应当不少于%[3]d人", "%[2]d %[1]s in the team, at least %[3]d asked", k.class(c), pr.has, limit))
	out.breach(e)
}

func (teamPresence) class(c *policy.Clause) i18n.Text {
	switch c.Text("who") {
	case "women":
		return i18n.T("女干部", "women")
	case "non_party":
		return i18n.T("党外干部", "non-party members")
	case "minority":
		return i18n.T("少数民族干部", "members of minorities")
	}
	return i18n.F("%d岁以下的年轻干部", "members aged up to %d", c.Int("age"))
}
