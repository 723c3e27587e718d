package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// teamPresence: leading teams keep a least number of women, non-party, minority or young members. One row for each team,
// or for all together, and period.
type teamPresence struct{}

func (teamPresence) encode(b *builder, c *policy.Clause) {
	for t := 1; t <= b.H; t++ {
		var all []int
		for u := range b.Units {
			team := b.team(c, u, t)
			all = append(all, team...)
			if unit := b.Units[u].ID; c.Text("apply_to") == "each" && !b.excepted(c, t, unit) {
				b.keepPresent(c, unit, team, b.where.inUnit[u], t)
			}
		}
		if c.Text("apply_to") == "together" {
			b.keepPresent(c, "", all, everyone(len(b.Cadres)), t)
		}
	}
}

// team lists the posts of unit u that count in its team.
func (s *scene) team(c *policy.Clause, u, t int) []int {
	var posts []int
	for _, p := range s.where.postsOf[u] {
		if s.Posts[p].Team && c.To.Match(s.Index, posting.None, p, t) == posting.Yes {
			posts = append(posts, p)
		}
	}
	return posts
}

// keepPresent asks for the least number, or for today's where that is smaller, of those who may hold a post of the team.
func (b *builder) keepPresent(c *policy.Clause, unit string, team, who []int, t int) {
	var terms []mip.Term
	today, inTeam := int64(0), map[int]bool{}
	for _, p := range team {
		inTeam[p] = true
	}
	for _, i := range who {
		if b.present(c, i, 1) && inTeam[b.Seat(i)] && b.Last(i) >= t {
			today++
		}
		if b.present(c, i, t) {
			terms = append(terms, b.hold(i, t, func(sp spell) bool { return inTeam[sp.post] })...)
		}
	}
	b.atLeast(c, name("presence", c.ID, unit, t), subjectsOf(unit), terms, min(int64(c.Int("least")), today))
}

// present tells whether cadre i is one of those whom the clause counts, in t.
func (s *scene) present(c *policy.Clause, i, t int) bool {
	p := &s.Cadres[i]
	switch c.Text("who") {
	case "women":
		return p.Sex == "女"
	case "non_party":
		return p.Party != "" && p.Party != "中共党员" && p.Party != "中共预备党员"
	case "minority":
		return p.Ethnicity != "" && p.Ethnicity != "汉族"
	}
	age, known := s.Age(i, t)
	return known && age <= c.Int("age")
}
