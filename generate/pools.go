package generate

import (
	"errors"
	"math"
	"path/filepath"
)

// Sizes of the parts of larger instances, in cadres.
const (
	cityShare      = 0.18 // of a city's cadres, those of its own pool; the rest is that of its counties
	provinceShare  = 0.03 // of a province's cadres, those of its own pool
	cityCadres     = 3200 // of a city with its counties, about
	provinceCadres = 30_000
	blockCadres    = 3000 // of the part of a service in one city
	leastOwn       = 150  // of a pool
	provinceReach  = 250  // km: cities lie in a circle of this radius around the capital of the province
	cityReach      = 100  // counties around their city
)

// drawnAreas is the number of counties of a city pool that stands alone.
func drawnAreas(cadres int) int { return min(12, max(2, cadres/250)) }

// pool starts a pool of about so many cadres, under an authority of its own unless one is named.
func (a *assembly) pool(name, authority string, levels ladder, cadres int) *pool {
	if authority == "" {
		authority = name + "管"
	}
	b := newBuilder(a.part(cadres), authority, name, a.next)
	p := &pool{builder: b, levels: levels, cadres: cadres, sections: fewSections, tier: 1}
	if cadres >= manyCadres {
		p.sections = manySections
	}
	b.ages, b.retires = p.agesAt, retiresAt
	return p
}

// authority notes a pool and writes its policy into policies/.
func (a *assembly) authority(b *builder, text string) error {
	a.sum.Authorities = append(a.sum.Authorities, b.authority)
	return a.write(filepath.Join("policies", b.authority+".yaml"), text)
}

// lead makes a pool the one of policy.yaml, and plants there what is to be planted.
func (a *assembly) lead(p *pool) {
	a.sum.Name, a.sum.Authority, a.policy = p.in.Name, p.authority, poolPolicy(p)
	p.o.Plant = a.o.Plant
	a.sum.Planted = p.plant()
}

// prefecture is one pool of a city.
func (a *assembly) prefecture() error {
	p := a.pool(a.name()+"市", "市管", cityLadder, a.o.Size)
	p.build(spot{rough: 1}, nil, drawnAreas(a.o.Size))
	a.lead(p)
	return a.add(p.builder)
}

// province is one authority over bureaus in many cities. Heads and deputies may be sent anywhere, the middle level stays in
// the system of its city.
func (a *assembly) province() error {
	a.wide = true
	blocks := max(1, int(math.Round(float64(a.o.Size)/blockCadres)))
	for k := range blocks {
		name := a.name()
		p := a.pool(name+"市", "省级统管", cityLadder, a.o.Size/blocks)
		p.system, p.sections = name, serviceSections
		p.tier, p.hardship = conditions(k, blocks)
		p.build(a.near(spot{}, provinceReach), nil, 0)
		if k == 0 {
			a.lead(p)
		}
		if err := a.add(p.builder); err != nil {
			return err
		}
	}
	return nil
}

// near draws a spot within so many km, evenly over the circle.
func (a *assembly) near(at spot, reach float64) spot {
	angle, radius := 2*math.Pi*a.r.Float64(), reach*math.Sqrt(a.r.Float64())
	return spot{at.x + radius*math.Cos(angle), at.y + radius*math.Sin(angle), 1}
}

// national is province after province until the size is reached.
func (a *assembly) national() error {
	for a.o.Size-a.sum.Cadres >= 2*leastOwn+LeastCounty { // room for a province of one city of one county
		if err := a.wholeProvince(min(a.o.Size-a.sum.Cadres, provinceCadres)); err != nil {
			return err
		}
	}
	return nil
}

// wholeProvince is its cities, then the province's own pool: departments, and the leading teams of the cities, whose posts
// are the few that reach across pools.
func (a *assembly) wholeProvince(cadres int) error {
	own := max(leastOwn, int(provinceShare*float64(cadres)))
	var cities []area
	for left := cadres - own; len(cities) == 0 || left >= LeastCounty+leastOwn; {
		city, wrote, err := a.wholeCity(min(left, cityCadres+a.r.IntN(401)-200))
		if err != nil {
			return err
		}
		cities, left = append(cities, city), left-wrote
	}
	p := a.pool(a.name()+"省", "", provinceLadder, own)
	p.build(a.near(spot{}, provinceReach), cities, 0)
	if a.policy == "" {
		a.lead(p)
	}
	return a.own(p)
}

// wholeCity is its counties, then the city's own pool: departments, and the leading teams of the counties.
func (a *assembly) wholeCity(cadres int) (area, int, error) {
	before, own := a.sum.Cadres, max(leastOwn, int(cityShare*float64(cadres)))
	at := a.near(spot{}, provinceReach)
	var counties []area
	for left := cadres - own; len(counties) == 0 || left >= LeastCounty; {
		size := max(LeastCounty, min(left, between(a.r, 2*LeastCounty, MostCounty)))
		county, err := a.wholeCounty(size, at)
		if err != nil {
			return area{}, 0, err
		}
		counties, left = append(counties, county), left-size
	}
	p := a.pool(a.name()+"市", "", cityLadder, own)
	p.build(at, counties, 0)
	if err := a.own(p); err != nil {
		return area{}, 0, err
	}
	seat := a.places[len(a.places)-1] // the city's own place is the one that its pool added
	return area{seat, at}, a.sum.Cadres - before, nil
}

func (a *assembly) wholeCounty(size int, city spot) (area, error) {
	name := a.name() + "县"
	b := newBuilder(a.part(size), name+"管", name, a.next)
	b.county()
	b.in.Places[seatPlace].Name = name
	seat := b.in.Places[seatPlace]
	if err := a.add(b); err != nil {
		return area{}, err
	}
	return area{seat, a.near(city, cityReach)}, a.authority(b, countyPolicyOf(b.o, b.authority, name, name))
}

// own writes the pool of a province or city itself, over areas that other parts have written.
func (a *assembly) own(p *pool) error {
	return errors.Join(a.add(p.builder), a.authority(p.builder, poolPolicy(p)))
}
