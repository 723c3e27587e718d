package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// knowledgeKept: every unit keeps a share of people who know it. One row for each unit and period.
type knowledgeKept struct{}

func (knowledgeKept) encode(b *builder, c *policy.Clause) {
	for u := range b.Units {
		unit, knowing := b.Units[u].ID, b.knowing(c, u)
		asked := portion(c.Ratio("share"), b.count(u, func(*posting.Post) bool { return true }), "up")
		for t := 1; t <= b.H; t++ {
			if b.excepted(c, t, unit) {
				continue
			}
			terms, today := b.kept(u, knowing, t)
			b.atLeast(c, name("knowledge", c.ID, unit, t), []string{unit}, terms, min(asked, today))
		}
	}
}

// knowing lists the cadres seated in unit u who have been there long enough.
func (s *scene) knowing(c *policy.Clause, u int) []int {
	var out []int
	for _, i := range s.where.seated[u] {
		since := s.Cadres[i].UnitSince
		if !since.Known() {
			since = s.Cadres[i].PostSince
		}
		if since.Known() && s.since(since, 1) >= c.Int("months") {
			out = append(out, i)
		}
	}
	return out
}

// kept lists the spells by which they hold a post of the unit in t; today is how many would if nobody moved.
func (b *builder) kept(u int, knowing []int, t int) (terms []mip.Term, today int64) {
	for _, i := range knowing {
		today += count(b.Last(i) >= t)
		terms = append(terms, b.hold(i, t, func(sp spell) bool { return b.UnitOf(sp.post) == u })...)
	}
	return terms, today
}
