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
	present := func(i, t int) bool { return b.present(c, i, t) }
	for t := 1; t <= b.H; t++ {
		var all []int
		for u := range b.Units {
			team := b.team(c, u, t)
			all = append(all, team...)
			if unit := b.Units[u].ID; c.Text("apply_to") == "each" && !b.excepted(c, t, unit) {
				b.keepPresent(c, name("presence", c.ID, unit, t), subjectsOf(unit), seats{team, t}, b.where.inUnit[u], present)
			}
		}
		if c.Text("apply_to") == "together" {
			b.keepPresent(c, name("presence", c.ID, "", t), nil, seats{all, t}, everyone(len(b.Cadres)), present)
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

// seats are some posts in one period.
type seats struct {
	posts []int
	t     int
}

// keepPresent asks, of those whom `present` counts in a period, for the least number among the main holders of some seats, or
// for today's where that is smaller: today's are those of the plan date who do not leave in or before the period. `who` are
// all who may hold one of the seats.
func (b *builder) keepPresent(c *policy.Clause, label string, subjects []string, on seats, who []int, present func(i, t int) bool) {
	var terms []mip.Term
	today, among := int64(0), map[int]bool{}
	for _, p := range on.posts {
		among[p] = true
	}
	for _, i := range who {
		if present(i, 1) && among[b.Seat(i)] && b.Last(i) >= on.t {
			today++
		}
		if present(i, on.t) {
			terms = append(terms, b.hold(i, on.t, func(sp spell) bool { return among[sp.post] })...)
		}
	}
	b.atLeast(c, label, subjects, terms, min(int64(c.Int("least")), today))
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
