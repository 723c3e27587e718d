package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// ladder is the levels of a pool: heads and deputies of its organs, heads and deputies of their sections.
type ladder struct {
	head, deputy, sectionHead, sectionDeputy posting.Level
	section                                  string // 科 or 处
}

var (
	cityLadder     = ladder{posting.CountyHead, posting.CountyDeputy, posting.TownshipHead, posting.TownshipDeputy, "科"}
	provinceLadder = ladder{posting.BureauHead, posting.BureauDeputy, posting.CountyHead, posting.CountyDeputy, "处"}
)

// area is a place out in the pool with a leading team of its own: a county of a city, a city of a province.
type area struct {
	place posting.Place
	at    spot
}

// pool is the people and posts of one authority above the county: departments at its seat, and leading teams out in its areas.
type pool struct {
	*builder
	levels ladder
	areas  []area
	cadres int    // about
	system string // before the systems of its units: middle-level cadres move inside a system

	sections       int // of a department
	tier, hardship int // of the seat
}

// Layout of a pool: seats of a team out in an area, seats of a department's team, sections of a department.
const (
	teamSeats       = 19
	departmentSeats = 4
	fewSections     = 8
	manySections    = 15
	serviceSections = 30   // of a bureau of a service: few lead, many work in sections
	manyCadres      = 2000 // from so many on a pool has the larger departments
)

// build takes the steps of a pool, one after another. The places of given areas stay behind the seat in the instance; whoever
// wrote them before leaves them out again.
func (p *pool) build(at spot, given []area, drawn int) {
	p.place(p.in.Name, p.o.tier(p.tier), p.hardship, at)
	p.drawAreas(drawn)
	for _, a := range given {
		p.areas = append(p.areas, a)
		p.in.Places, p.spots = append(p.in.Places, a.place), append(p.spots, a.at)
	}
	p.childhoods = len(p.in.Places)
	p.trips()
	r := p.o.rand(stageStructure)
	for i := range p.areas {
		p.areaTeam(r, i)
	}
	p.offices(r)
	p.standing()
	p.people()
	p.families()
	p.decisions()
	p.housing()
	p.history()
}

// tier brings a tier of 1 to 5 into the tiers that the options ask for.
func (o Options) tier(of5 int) int { return 1 + (of5-1)*(o.Tiers-1)/(mostTiers-1) }

const mostTiers = 5

// drawAreas draws the areas of a pool that stands alone, from near to far.
func (p *pool) drawAreas(n int) {
	names := placeNames(p.o.rand(stageNames), n)
	for i, at := range areaSpots(p.o.rand(stagePlaces), n) {
		at.x, at.y = at.x+p.spots[seatPlace].x, at.y+p.spots[seatPlace].y
		of5, hardship := conditions(i, n)
		q := p.place(names[i]+"县", p.o.tier(of5), hardship, at)
		p.areas = append(p.areas, area{*q, at})
	}
}

// areaSpots are like townshipSpots, four times as far apart.
func areaSpots(r *rand.Rand, n int) []spot {
	const spread = 4
	out := townshipSpots(r, max(2, n))[:n]
	for i := range out {
		out[i].x, out[i].y, out[i].rough = out[i].x*spread, out[i].y*spread, 1
	}
	return out
}
