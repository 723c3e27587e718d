package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// flowBalance: moves from harder to better places or units are no more than those back. One row for each period.
type flowBalance struct{}

func (flowBalance) encode(b *builder, c *policy.Clause) {
	for t := 1; t <= b.H; t++ {
		b.atMost(c, name("flow", c.ID, t), nil, b.flow(c, t), 0)
	}
}

// flow is the moves in t to a better tier less those to a harder one.
func (b *builder) flow(c *policy.Clause, t int) []mip.Term {
	var terms []mip.Term
	for i := range b.Cadres {
		p, d := b.Seat(i), b.Cadres[i].Disposition
		if p == posting.None || d == posting.Fixed || d == posting.MustMove || c.For.Match(b.Index, i, p, t) != posting.Yes {
			continue
		}
		terms = append(terms, b.moving(i, t, func(sp spell) bool { return b.climb(c, sp) > 0 })...)
		terms = append(terms, scaled(b.moving(i, t, func(sp spell) bool { return b.climb(c, sp) < 0 }), -1)...)
	}
	return terms
}

// climb is the tiers by which a move that counts betters the cadre's conditions, below 0 where it worsens them.
func (s *scene) climb(c *policy.Clause, sp spell) int {
	if m := s.moveType(sp.cadre, sp.post); m != posting.MoveTransfer && m != posting.MoveRotate || s.isReturn(sp) {
		return 0
	}
	from, to := s.tier(c, s.Seat(sp.cadre)), s.tier(c, sp.post)
	if from == posting.Unknown || to == posting.Unknown {
		return 0
	}
	return from - to
}

// tier is the tier of the place or the unit of post p, as the clause compares them; Unknown where blank.
func (s *scene) tier(c *policy.Clause, p int) int {
	if u := s.UnitOf(p); u != posting.None && c.Text("by") == "unit" {
		return s.Units[u].Tier
	}
	if z := s.PlaceOf(p); z != posting.None && c.Text("by") == "place" {
		return s.Places[z].Tier
	}
	return posting.Unknown
}
