package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// Beyond commuteMinutes a cadre lives at the place of work; a family of familyOf takes two places (R33).
const (
	commuteMinutes = 60
	familyOf       = 4
)

// housing lodges those who serve far from home and builds as many dormitory places as they, people outside the table
// and the dial of free places ask for.
func (b *builder) housing() {
	r := b.o.rand(stageHousing)
	used := make([]int, len(b.in.Places))
	for i := range b.in.Cadres {
		c := &b.in.Cadres[i]
		if c.Arrival() || c.Authority != b.authority {
			continue
		}
		p := b.postAt(c.Post)
		place := b.placeOf(p)
		if b.far(c, place) && chance(r, 0.95) || b.in.Posts[p].LiveIn {
			c.Lodging = b.in.Places[place].ID
			used[place] += need(c)
		}
	}
	for i := range b.in.Places {
		p := &b.in.Places[i]
		p.Outside = between(r, 1, 5)
		p.Lodging = p.Outside + used[i] + b.free(r, i)
	}
}

// far tells whether the home of c is known and out of daily reach of the place.
func (b *builder) far(c *posting.Cadre, place int) bool {
	switch c.Home {
	case "":
		return false
	case posting.Elsewhere:
		return true
	}
	for i := range b.in.Places {
		if b.in.Places[i].ID == c.Home {
			return b.minutes(i, place) > commuteMinutes
		}
	}
	return false
}

func need(c *posting.Cadre) int {
	if c.FamilySize >= familyOf {
		return 2
	}
	return 1
}

// free draws the free places: about the dial in a township, more in the county seat.
func (b *builder) free(r *rand.Rand, place int) int {
	n := int(b.o.Housing*2*r.Float64() + 0.5)
	if place == seatPlace {
		return n + int(3*b.o.Housing)
	}
	return n
}
