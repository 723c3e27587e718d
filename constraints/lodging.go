package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// lodging: places in dormitories are enough for those who serve away from home. One row for each place and period.
type lodging struct{}

func (lodging) encode(b *builder, c *policy.Clause) {
	for z := range b.Places {
		if b.Places[z].Lodging == posting.Unknown && !c.Forbid {
			continue
		}
		for t := 1; t <= b.H; t++ {
			b.lodge(c, z, t)
		}
	}
}

func (b *builder) lodge(c *policy.Clause, z, t int) {
	var terms []mip.Term
	today := int64(0)
	for _, i := range b.where.atPlace[z] {
		if b.Cadres[i].Lodging == b.Places[z].ID && t <= b.Last(i) {
			today += b.need(c, i)
			terms = append(terms, scaled(b.staying(i, t), b.need(c, i))...) // arrivals hold no seat to stay on
		}
		terms = append(terms, b.lodgers(c, i, z, t)...)
	}
	available := int64(max(0, b.Places[z].Lodging) - b.Places[z].Outside)
	b.atMost(c, name("lodging", c.ID, b.Places[z].ID, t), []string{b.Places[z].ID}, terms, max(available, today))
}

// lodgers lists the spells by which cadre i needs lodging at z in t, times the places he needs. Whoever is seconded keeps the
// places that he has, and needs none more at the same place.
func (b *builder) lodgers(c *policy.Clause, i, z, t int) []mip.Term {
	needs := func(sp spell) bool {
		return !b.isStay(sp) && b.PlaceOf(sp.post) == z && b.needsLodging(c, sp) && !b.lodgerLeftOut(c, sp)
	}
	terms := b.hold(i, t, needs)
	if b.Cadres[i].Lodging != b.Places[z].ID {
		terms = append(terms, b.seconded(i, t, needs)...)
	}
	return scaled(terms, b.need(c, i))
}

func (b *builder) lodgerLeftOut(c *policy.Clause, sp spell) bool {
	if c.Modality == policy.Hard {
		return false
	}
	return b.fixedOn(sp.cadre, sp.post) || b.excepted(c, sp.from, b.Cadres[sp.cadre].ID, b.Posts[sp.post].ID, b.Posts[sp.post].Unit)
}

func (b *builder) needsLodging(c *policy.Clause, sp spell) bool {
	minutes, known := b.HomeMinutes(sp.cadre, sp.post)
	return b.Posts[sp.post].LiveIn || known && minutes > c.Int("commute_minutes") || !known && c.Forbid
}

// need is the places that a cadre's household takes.
func (b *builder) need(c *policy.Clause, i int) int64 {
	if b.Cadres[i].FamilySize >= c.Int("family_of") {
		return 2
	}
	return 1
}
