package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// teamOutflow: ceiling on those who leave a leading team in one batch. One row for each team and period.
type teamOutflow struct{}

func (teamOutflow) encode(b *builder, c *policy.Clause) {
	if b.pol.Regime == policy.Election {
		return
	}
	for u := range b.Units {
		limit := ceiling(c, b.count(u, func(p *posting.Post) bool { return p.Team }), c.Text("rounding"))
		for t := 1; t <= b.H; t++ {
			if b.excepted(c, t, b.Units[u].ID) {
				continue
			}
			terms := b.outOfTeam(c, u, t)
			b.atMost(c, name("out", c.ID, b.Units[u].ID, t), []string{b.Units[u].ID}, terms, limit)
		}
	}
}

// outOfTeam lists the moves in t out of the team of unit u that count.
func (b *builder) outOfTeam(c *policy.Clause, u, t int) []mip.Term {
	var terms []mip.Term
	for _, i := range b.where.seated[u] {
		p := b.Seat(i)
		if !b.Posts[p].Team || b.returning(i, t) ||
			c.For.Match(b.Index, i, p, t) != posting.Yes || b.leftOut(c, i) ||
			b.excepted(c, t, b.Cadres[i].ID) {
			continue
		}
		terms = append(terms, b.moving(i, t, func(sp spell) bool {
			q := &b.Posts[sp.post]
			return q.Unit != b.Units[u].ID || !q.Team
		})...)
	}
	return terms
}

// leftOut: moved by a recorded decision, which only a hard clause counts.
func (b *builder) leftOut(c *policy.Clause, i int) bool {
	d := b.Cadres[i].Disposition
	return c.Modality != policy.Hard && (d == posting.Fixed || d == posting.MustMove)
}

// count is the number of posts of unit u that `is` accepts.
func (b *builder) count(u int, is func(p *posting.Post) bool) int64 {
	n := int64(0)
	for _, p := range b.where.postsOf[u] {
		if is(&b.Posts[p]) {
			n++
		}
	}
	return n
}

// ceiling is max(least, share x size), rounded down where no rounding is given.
func ceiling(c *policy.Clause, size int64, rounding string) int64 {
	if rounding == "" {
		rounding = "down"
	}
	return max(int64(c.Int("least")), portion(c.Ratio("share"), size, rounding))
}

// portion is share x n, rounded up, down, or to the nearest, halves up.
func portion(share policy.Ratio, n int64, rounding string) int64 {
	switch rounding {
	case "down":
		return share.Num * n / share.Den
	case "nearest":
		return (2*share.Num*n + share.Den) / (2 * share.Den)
	}
	return (share.Num*n + share.Den - 1) / share.Den
}
