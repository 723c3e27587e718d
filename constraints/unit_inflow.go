package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// unitInflow: ceiling on newcomers to a unit in one batch. One row for each unit and period.
type unitInflow struct{}

func (unitInflow) encode(b *builder, c *policy.Clause) {
	posts := make([][]int, len(b.Units))
	for p := range b.Posts {
		if u := b.UnitOf(p); u != posting.None {
			posts[u] = append(posts[u], p)
		}
	}
	for u := range b.Units {
		limit := ceiling(c, int64(len(posts[u])), "down")
		for t := 1; t <= b.H; t++ {
			if b.excepted(c, t, b.Units[u].ID) {
				continue
			}
			b.atMost(c, name("in", c.ID, b.Units[u].ID, t), []string{b.Units[u].ID}, b.newcomers(c, posts[u], t), limit)
		}
	}
}

// newcomers lists the moves and placements in t to posts of one unit, from elsewhere, that count.
func (b *builder) newcomers(c *policy.Clause, posts []int, t int) []mip.Term {
	var terms []mip.Term
	for _, q := range posts {
		for _, i := range b.enc.onPost[q] {
			sp := b.enc.spells[i]
			p := b.Seat(sp.cadre)
			if sp.from != t || b.isSecondment(sp) || p != posting.None && b.Posts[p].Unit == b.Posts[q].Unit ||
				c.To.Match(b.Index, sp.cadre, q, t) != posting.Yes ||
				c.Modality != policy.Hard && b.fixedOn(sp.cadre, q) ||
				b.excepted(c, t, b.Cadres[sp.cadre].ID) {
				continue
			}
			terms = append(terms, mip.Term{Col: mip.Col(i), Coef: 1})
		}
	}
	return terms
}
