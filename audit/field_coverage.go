package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// fieldCoverage: every leading team has somebody who knows each of the fields asked for. A team that is not made worse is no
// breach; findings name nobody.
type fieldCoverage struct{}

func (k fieldCoverage) judge(s *scene, c *policy.Clause, out *findings) {
	for u := range s.x.Units {
		for t := 1; t <= s.periods(); t++ {
			if posts := s.team(c, u, t); len(posts) > 0 {
				k.unit(s, c, u, t, posts, out)
			}
		}
	}
}

func (k fieldCoverage) unit(s *scene, c *policy.Clause, u, t int, posts []int, out *findings) {
	now := s.members(posts, t)
	today := slices.DeleteFunc(s.former(posts), func(cadre int) bool { return s.left(cadre, t) })
	unit := &s.x.Units[u]
	for _, field := range c.List("fields") {
		has, limit := k.knowing(s, now, field), min(c.Int("least"), k.knowing(s, today, field))
		if has >= limit {
			out.keep(1)
			continue
		}
		out.breach(entry{subjects: []string{unit.ID}, period: t, measured: has, limit: limit, unit: "person", breach: limit - has,
			exception: s.waiver(c, t, unit.ID),
			text:      of(c, unit.Name, i18n.F("班子中熟悉%[1]s的%[2]d人，应当不少于%[3]d人", "%[2]d in the team know %[1]s, at least %[3]d asked", field, has, limit))})
	}
}

// knowing is how many of the people list the field.
func (fieldCoverage) knowing(s *scene, people []int, field string) int {
	n := 0
	for _, c := range people {
		if slices.Contains(s.x.Cadres[c].Fields, field) {
			n++
		}
	}
	return n
}
