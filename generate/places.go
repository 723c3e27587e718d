package generate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"cadre/internal/i18n"
	"cadre/posting"
)

// spot is where a place lies, in km from the county seat, and how slow its roads are (1 plain, 2 mountain).
type spot struct{ x, y, rough float64 }

// county seat: the first place.
const seatPlace = 0

// Travel: minutes to get under way, minutes a km on a plain road, the longest trip inside a county.
const (
	startMinutes = 6
	kmMinutes    = 1.4
	mostMinutes  = 210
)

// land draws the places, the seat first, then the townships from near to far, then the minor places, and the minutes
// between each two.
func (b *builder) land() {
	r := b.o.rand(stagePlaces)
	b.place("县城", 1, 0, spot{0, 0, 1})
	names := placeNames(b.o.rand(stageNames), b.townships())
	for i, at := range townshipSpots(r, b.townships()) {
		of5, hardship := conditions(i, b.townships())
		b.place(names[i], b.o.tier(of5), hardship, at)
	}
	for i, name := range minorPlaces() {
		b.minor(r, i, name)
	}
	b.trips()
}

// county is the name of the county that the seed draws.
func (o Options) county() i18n.Text { return pick(o.rand(stageNames), countyNames()) }

// townships is the number of townships of the county's size: 14 of 300 cadres.
func (b *builder) townships() int { return max(4, (14*b.o.Size+defaultSize/2)/defaultSize) }

func (b *builder) place(name string, tier, hardship int, at spot) *posting.Place {
	n := b.from.places + len(b.in.Places) + 1
	b.in.Places = append(b.in.Places, posting.Place{ID: fmt.Sprintf("L%02d", n), Order: n, Name: name, Tier: tier, Hardship: hardship})
	b.spots = append(b.spots, at)
	return &b.in.Places[len(b.in.Places)-1]
}

// townshipSpots draws positions on rings from 3 km to about 75 km, near ones first; beyond 35 km lie the mountains.
func townshipSpots(r *rand.Rand, n int) []spot {
	out := make([]spot, n)
	turn := r.Float64() * 2 * math.Pi
	const golden = 2.399963 // radians: the angle that spreads points on a disc evenly
	for i := range out {
		far := float64(i) / float64(n-1)
		radius := 3 + 66*math.Pow(far, 1.3) + 3*r.Float64()
		angle := turn + golden*float64(i) + 0.4*r.Float64()
		out[i] = spot{radius * math.Cos(angle), radius * math.Sin(angle), 1 + math.Max(0, (radius-20)/60)}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].minutes(spot{rough: 1}) < out[j].minutes(spot{rough: 1}) })
	return out
}

// conditions are tier and hardship class of the i-th of n townships, counted from the nearest.
func conditions(i, n int) (tier, hardship int) {
	far := float64(i) / float64(n)
	switch {
	case far < 0.2:
		return 2, 0
	case far < 0.5:
		return 3, 0
	case far < 0.7:
		return 4, 1
	case far < 0.85:
		return 4, 2
	}
	return 5, 3
}

// minor draws a place that belongs to the seat or to a township.
func (b *builder) minor(r *rand.Rand, i int, name string) {
	parent := seatPlace
	if i >= 2 { // the forest farm, the reservoir and the mine lie out in the townships
		parent = between(r, b.townships()/2, b.townships())
	}
	at := b.spots[parent]
	at.x, at.y = at.x+3+2*r.Float64(), at.y+3*r.Float64()
	up := b.in.Places[parent]
	p := b.place(name, min(b.o.Tiers, up.Tier+i/2), up.Hardship, at)
	p.Parent = up.ID
}

// trips writes the minutes between every two places, over the county seat where that is shorter.
func (b *builder) trips() { b.in.Trips = b.allTrips() }

func (b *builder) allTrips() (out []posting.Trip) {
	home := b.spots[seatPlace]
	for i, from := range b.spots {
		for j := i + 1; j < len(b.spots); j++ {
			to := b.spots[j]
			direct := from.minutes(to) * (from.rough + to.rough) / 2 // roads across are worse than roads to the seat
			minutes := math.Min(direct, from.minutes(home)+home.minutes(to))
			out = append(out, posting.Trip{From: b.in.Places[i].ID, To: b.in.Places[j].ID, Minutes: rounded(minutes)})
		}
	}
	return out
}

func (s spot) minutes(t spot) float64 {
	return startMinutes + math.Hypot(s.x-t.x, s.y-t.y)*kmMinutes*(s.rough+t.rough)/2
}

// rounded brings minutes to fives, as tables of distances have them.
func rounded(minutes float64) int { return min(mostMinutes, max(5, int(math.Round(minutes/5))*5)) }

// minutes between two places of the table.
func (b *builder) minutes(i, j int) int {
	if i == j {
		return 0
	}
	if i > j {
		i, j = j, i
	}
	n := len(b.in.Places)
	return b.in.Trips[i*n-i*(i+1)/2+j-i-1].Minutes
}

// placeNames combines heads and tails, each head once.
func placeNames(r *rand.Rand, n int) []string {
	heads, tails := []rune(placeHeads), []rune(placeTails)
	r.Shuffle(len(heads), func(i, j int) { heads[i], heads[j] = heads[j], heads[i] })
	r.Shuffle(len(tails), func(i, j int) { tails[i], tails[j] = tails[j], tails[i] })
	out := make([]string, n)
	for i := range out {
		out[i] = string([]rune{heads[i%len(heads)], tails[i%len(tails)]})
	}
	return out
}
