package generate

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Kind is what is generated.
type Kind string

const (
	KindCounty     Kind = "county"     // one county at section level, with every special case of the example
	KindFiveYear   Kind = "five-year"  // the same, for a horizon of five years
	KindPrefecture Kind = "prefecture" // the pool of a city: departments with their sections, and the teams of its counties
	KindProvince   Kind = "province"   // one pool of a service that reaches through a province: bureaus of cities with a system each
	KindNational   Kind = "national"   // many authorities: provinces, cities and counties, each with a pool of its own
)

// Kinds lists all kinds, the smallest first.
func Kinds() []Kind {
	return []Kind{KindCounty, KindFiveYear, KindPrefecture, KindProvince, KindNational}
}

// Defaults are the dials of a kind unless others are asked for. Those of a county are the ones of examples/county.
func Defaults(k Kind) Options {
	o := DefaultOptions()
	if k == KindFiveYear {
		o.Periods = 5
	}
	if least, _ := k.sizes(); least < leastPool {
		return o
	}
	o.Size, o.Overdue, o.Eligible, o.Scarcity = map[Kind]int{KindPrefecture: 3000, KindProvince: 30_000, KindNational: 100_000}[k], 0.04, 0.3, 0.04
	return o
}

const leastPool = 400

// sizes are the least and the largest number of cadres of a kind. The upper ends are those of the tables that are read.
func (k Kind) sizes() (least, most int) {
	switch k {
	case KindPrefecture:
		return leastPool, 10_000
	case KindProvince:
		return 1000, 100_000
	case KindNational:
		return 1000, 300_000
	}
	return LeastCounty, MostCounty
}

// Check tells what is wrong with the options for a kind, nil where nothing is.
func (k Kind) Check(o Options) error {
	if !slices.Contains(Kinds(), k) {
		return i18n.E("没有 %s 这个种类，应为 %v 之一", "%s is no kind of instance; want one of %v", k, Kinds())
	}
	if least, most := k.sizes(); o.Size < least || o.Size > most {
		return i18n.E("--size %d：%s 应有 %d 到 %d 人", "size %d: a %s has %d to %d cadres", o.Size, k, least, most)
	}
	if o.Plant != "" && !slices.Contains(Plants(), o.Plant) {
		return i18n.E("--plant %q：应为 %v 之一", "plant %q: want one of %v", o.Plant, Plants())
	}
	return o.checkDials()
}

// checkDials looks at everything but the size.
func (o Options) checkDials() error {
	shares := []struct {
		name  string
		value float64
	}{{"overdue", o.Overdue}, {"eligible", o.Eligible}, {"middle", o.Middle}, {"couples", o.Couples}, {"kin", o.Kin},
		{"blank", o.Blank}, {"scarcity", o.Scarcity}, {"overdue and eligible together", o.Overdue + o.Eligible}}
	for _, s := range shares {
		if !(s.value >= 0 && s.value <= 1) {
			return i18n.E("--%s %g：应为 0 到 1 的比例", "%s %g: want a share from 0 to 1", s.name, s.value)
		}
	}
	switch {
	case !(o.Housing >= 0 && o.Housing <= mostHousing):
		return i18n.E("--housing %g：应为 0 到 %d", "housing %g: want 0 to %d places", o.Housing, mostHousing)
	case !(o.Quota > 0 && o.Quota <= mostQuota):
		return i18n.E("--quota %g：应大于 0，不超过 %d", "quota %g: want a multiple above 0 and up to %d", o.Quota, mostQuota)
	case o.Tiers < 1 || o.Tiers > mostTiers:
		return i18n.E("--tiers %d：应为 1 到 %d", "tiers %d: want 1 to %d", o.Tiers, mostTiers)
	case o.Periods < 1 || o.Periods > mostPeriods:
		return i18n.E("--years %d：应为 1 到 %d", "years %d: want 1 to %d", o.Periods, mostPeriods)
	}
	return nil
}

const (
	mostHousing = 100
	mostQuota   = 4
	mostPeriods = 5
)

// horizon is the first month after the plan period of all its years.
func (o Options) horizon() posting.Month { return PlanDate() + posting.Month(horizonLen*o.Periods) }
