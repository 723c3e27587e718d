package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// Bounds of Options.Size: below, the special cases do not find room; above, the vocabulary of departments ends.
const (
	LeastCounty = 100
	MostCounty  = 400
)

// Options are the dials of the generator. All shares lie between 0 and 1.
type Options struct {
	Size     int     // cadres, LeastCounty to MostCounty; townships and departments scale with it
	Seed     uint64  // same options, same bytes
	Overdue  float64 // share of leaders ten years or more in one post: more of them, and duties collide (R01, R09, R10)
	Eligible float64 // share of leaders five to ten years in one post: with Overdue the set that the shares are taken of
	Middle   float64 // share of middle-level cadres five years or more in one post
	Couples  float64 // couples among the cadres, per cadre
	Kin      float64 // other ties of kin, per cadre
	Housing  float64 // free dormitory places of a township, mean; 0 makes every move to a far place an exchange
	Quota    float64 // how tight the yearly shares are: the policy asks for this multiple of what it asks otherwise
	Scarcity float64 // share of deputies' and sections' posts that ask for a licence which few but their holders have
	Tiers    int     // number of tiers of places and units (条件层次), 1 to 5
	Periods  int     // years of the horizon
	Plant    string  // what is planted so that no plan exists, one of Plants; "" nothing
	Blank    float64 // share of blanks among facts that rosters often lack; 成长地 is blank three times out of four
}

// DefaultOptions are those of examples/county: about 300 cadres, shares that bind and can nearly all be reached.
func DefaultOptions() Options {
	return Options{Size: 300, Seed: 1, Overdue: 0.11, Eligible: 0.29, Middle: 0.45,
		Couples: 0.05, Kin: 0.04, Housing: 0.5, Blank: 0.12, Quota: 1, Tiers: mostTiers, Periods: 1}
}

// scaled is a number of special cases that the default county has n of.
func (o Options) scaled(n int) int { return max(1, (n*o.Size+defaultSize/2)/defaultSize) }

const defaultSize = 300

// planYear and horizonLen, in months, are the plan period.
const (
	planYear   = 2026
	horizonLen = 12
)

// PlanDate is the plan date of generated counties.
func PlanDate() posting.Month { return posting.NewMonth(planYear, 1) }

// stage numbers the independent random streams: a change in one stage leaves the draws of the others alone.
type stage uint64

const (
	stageNames stage = iota + 1
	stagePlaces
	stageStructure
	stageSeats
	stageCast
	stagePeople
	stageFamilies
	stageDecisions
	stageHousing
	stageHistory
	stageScarcity
	stageParts
	stagePlant
	stageRecords
)

func (o Options) rand(s stage) *rand.Rand { return rand.New(rand.NewPCG(o.Seed, uint64(s))) }

// pick draws one of a non-empty list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chance is true with probability p.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// between draws a whole number from least to most, both included.
func between(r *rand.Rand, least, most int) int { return least + r.IntN(most-least+1) }
