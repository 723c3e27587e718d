package generate

import (
	"fmt"
	"math/rand/v2"

	"cadre/posting"
)

// departures records those who leave in the plan period.
func (b *builder) departures() {
	var retiring, others []string
	for p := range b.seats {
		s := &b.seats[p]
		if s.leaves == "" {
			continue
		}
		c := &b.in.Cadres[s.holder]
		if s.leaves == posting.LeaveRetirement {
			s.month = b.retires(c.Level, c.Sex, c.Birth) // the reform leaves out some months
			retiring = append(retiring, c.ID)
		} else {
			others = append(others, c.ID)
		}
		b.in.Departures = append(b.in.Departures, posting.Departure{Cadre: c.ID, Month: s.month, Class: s.leaves})
	}
	if b.o.Periods > 1 {
		retiring = append(retiring, b.laterRetirements()...)
	}
	b.note("本期内退休", "retiring in the plan period", retiring...)
	b.note("其他拟离任", "leaving otherwise", others...)
}

// laterRetirements records those who retire in the later years of a horizon of several.
func (b *builder) laterRetirements() []string {
	var ids []string
	for p := range b.seats {
		if s := &b.seats[p]; s.held() && s.leaves == "" {
			c := b.cadreAt(p)
			if month := b.retires(c.Level, c.Sex, c.Birth); month < b.o.horizon() {
				b.in.Departures = append(b.in.Departures, posting.Departure{Cadre: c.ID, Month: month, Class: posting.LeaveRetirement})
				ids = append(ids, c.ID)
			}
		}
	}
	return ids
}

// arrivals are one head from the superior authority, one engineer who closes the chain of four, and one deputy from
// the army, whose post is decided.
func (b *builder) arrivals(r, names *rand.Rand) {
	head := b.arrival(r, names, posting.TownshipHead, 1)
	head.Fields = []string{"党务", "农业", "经济"}
	engineer := b.arrival(r, names, posting.TownshipDeputy, 2)
	engineer.Licences = []string{engineerLicence}
	engineer.Fields = []string{b.lastEngineerField(), "工业"}
	soldier := b.arrival(r, names, posting.TownshipDeputy, 3)
	soldier.Fields = []string{"武装", "应急"}
	b.in.Cadres = append(b.in.Cadres, head, engineer, soldier)
}

func (b *builder) arrival(r, names *rand.Rand, level posting.Level, n int) posting.Cadre {
	c := posting.Cadre{ID: fmt.Sprintf("A%02d", b.from.arrivals+n), Order: b.from.cadres + len(b.in.Cadres) + n, Sex: "男", Level: level, Staff: posting.Administrative,
		Authority: b.authority, Disposition: posting.Normal, Arrives: PlanDate() + posting.Month(n), Home: b.in.Places[seatPlace].ID,
		FamilySize: 1, Grassroots: between(r, 30, 80), Ethnicity: "汉族", Degree: 3, NativePlace: "外县", GrewUp: posting.Elsewhere}
	c.Name = personName(names, c.Sex)
	c.Birth = b.birth(r, &c, &seat{})
	c.WorkSince = c.Birth + 12*(workAge+1)
	c.LevelSince = PlanDate() - posting.Month(between(r, 20, 60))
	b.party(r, &c, &seat{})
	c.PartySince = min(c.PartySince, c.LevelSince)
	c.Appraisals = appraisals(r)
	return c
}

// lastEngineerField is the field of the seat at which the chain of four ends.
func (b *builder) lastEngineerField() string {
	for i := range b.cast {
		if ids := b.cast[i].IDs; b.cast[i].Title.En == chainTitle && len(ids) > 0 {
			for p := range b.in.Posts {
				if b.in.Posts[p].ID == ids[len(ids)-1] {
					return b.in.Posts[p].Fields[0]
				}
			}
		}
	}
	return "建设工程"
}
