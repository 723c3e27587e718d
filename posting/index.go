package posting

// Index answers the questions that every rule asks of an Instance. It is read-only after NewIndex, so goroutines may
// share it. Cadres, posts, units and places are named by their position in the Instance's slices; None is nobody.
type Index struct {
	*Instance
	Calendar Calendar

	cadre, post, unit, place map[string]int
	mainHolders              [][]int // by post: cadres whose main post it is on the plan date
	holders                  [][]int // by post: main and concurrent holders on the plan date
	seat                     []int   // by cadre: main post on the plan date
	leaves                   []int   // by cadre: period of leaving, 0 none
	class                    []LeaveClass
	unitOf, placeOf          []int // by post
	trips                    map[[2]int]int
}

// None is the position of nobody and of nothing.
const None = -1

// NewIndex builds the index in time linear in the instance. References that do not resolve are left out: the reader
// has reported them.
func NewIndex(in *Instance, cal Calendar) *Index {
	x := &Index{Instance: in, Calendar: cal,
		cadre: positions(len(in.Cadres), func(i int) string { return in.Cadres[i].ID }),
		post:  positions(len(in.Posts), func(i int) string { return in.Posts[i].ID }),
		unit:  positions(len(in.Units), func(i int) string { return in.Units[i].ID }),
		place: positions(len(in.Places), func(i int) string { return in.Places[i].ID }),
		trips: map[[2]int]int{},
	}
	x.mainHolders, x.holders = make([][]int, len(in.Posts)), make([][]int, len(in.Posts))
	x.seat = make([]int, len(in.Cadres))
	x.leaves, x.class = make([]int, len(in.Cadres)), make([]LeaveClass, len(in.Cadres))
	x.findUnits()
	for c := range in.Cadres {
		x.seat[c] = x.PostAt(in.Cadres[c].Post)
		if p := x.seat[c]; p != None {
			x.mainHolders[p] = append(x.mainHolders[p], c)
			x.holders[p] = append(x.holders[p], c)
		}
		for _, id := range in.Cadres[c].Also {
			if p := x.PostAt(id); p != None && p != x.seat[c] {
				x.holders[p] = append(x.holders[p], c)
			}
		}
	}
	for _, d := range in.Departures {
		if c := x.CadreAt(d.Cadre); c != None {
			x.leaves[c], x.class[c] = cal.PeriodOf(d.Month), d.Class
		}
	}
	for _, t := range in.Trips {
		a, b := x.PlaceAt(t.From), x.PlaceAt(t.To)
		if a != None && b != None {
			x.trips[[2]int{a, b}], x.trips[[2]int{b, a}] = t.Minutes, t.Minutes
		}
	}
	return x
}

// findUnits finds the unit and place of every post.
func (x *Index) findUnits() {
	x.unitOf, x.placeOf = make([]int, len(x.Posts)), make([]int, len(x.Posts))
	for p := range x.Posts {
		u, z := x.UnitAt(x.Posts[p].Unit), None
		if u != None {
			z = x.PlaceAt(x.Units[u].Place)
		}
		x.unitOf[p], x.placeOf[p] = u, z
	}
}

func positions(n int, id func(int) string) map[string]int {
	m := make(map[string]int, n)
	for i := range n {
		m[id(i)] = i
	}
	return m
}

func at(m map[string]int, id string) int {
	if i, ok := m[id]; ok {
		return i
	}
	return None
}

// CadreAt, PostAt, UnitAt and PlaceAt find an id; None where it is not in the table.
func (x *Index) CadreAt(id string) int { return at(x.cadre, id) }
func (x *Index) PostAt(id string) int  { return at(x.post, id) }
func (x *Index) UnitAt(id string) int  { return at(x.unit, id) }
func (x *Index) PlaceAt(id string) int { return at(x.place, id) }

// Seat is the main post of cadre c on the plan date, None for an arrival.
func (x *Index) Seat(c int) int { return x.seat[c] }

// Holders are the cadres who hold post p on the plan date, as main or concurrent post, in official order.
func (x *Index) Holders(p int) []int { return x.holders[p] }

// MainHolders are those of them whose main post it is.
func (x *Index) MainHolders(p int) []int { return x.mainHolders[p] }

// Leaves is the period in which cadre c leaves (from its start on he holds no post), 0 where he does not leave
// within the horizon.
func (x *Index) Leaves(c int) int {
	if x.leaves[c] > x.Calendar.Periods {
		return 0
	}
	return x.leaves[c]
}

// LeaveClass is the class of the departure recorded for c, "" none.
func (x *Index) LeaveClass(c int) LeaveClass { return x.class[c] }

// First is the first period in which cadre c can hold a post of the plan, 1 but for later arrivals; beyond Periods
// where he arrives after the horizon.
func (x *Index) First(c int) int {
	if m := x.Cadres[c].Arrives; m.Known() {
		return x.Calendar.PeriodOf(m)
	}
	return 1
}

// Last is the last period in which cadre c holds a post: the one before he leaves, else the last of the horizon.
func (x *Index) Last(c int) int {
	if t := x.Leaves(c); t > 0 {
		return t - 1
	}
	return x.Calendar.Periods
}

// Ends is the period in which the duty of cadre c ends: the one that holds the month after its last. 0 where he has no
// duty, its end is not known, or it ends after the horizon.
func (x *Index) Ends(c int) int {
	p := &x.Cadres[c]
	if p.Duty == NoDuty || !p.DutyUntil.Known() {
		return 0
	}
	if t := x.Calendar.PeriodOf(p.DutyUntil + 1); t <= x.Calendar.Periods {
		return t
	}
	return 0
}

// OnMission tells whether the main post of cadre c on the plan date is a mission seat.
func (x *Index) OnMission(c int) bool { return x.term(x.seat[c]) == TermMission }

// Returns is the period from which on cadre c, who is on a mission, returns; 0 where he is on none or it does not end
// within the horizon.
func (x *Index) Returns(c int) int {
	if !x.OnMission(c) {
		return 0
	}
	return x.Ends(c)
}

// Seconded tells whether post p is a secondment seat.
func (x *Index) Seconded(p int) bool { return x.term(p) == TermSecondment }

func (x *Index) term(p int) Term {
	if p == None {
		return TermOrdinary
	}
	return x.Posts[p].Term
}

// Keeps tells whether cadre c, as long as he has p0 and has not left, holds the concurrent post p in period t: a
// secondment seat only until the duty ends.
func (x *Index) Keeps(c, p, t int) bool {
	end := x.Ends(c)
	return !x.Seconded(p) || end == 0 || t < end
}

// UnitOf is the unit of post p, PlaceOf the place of that unit; None where not given, and for no post.
func (x *Index) UnitOf(p int) int {
	if p == None {
		return None
	}
	return x.unitOf[p]
}

// PlaceOf: see UnitOf.
func (x *Index) PlaceOf(p int) int {
	if p == None {
		return None
	}
	return x.placeOf[p]
}

// Tenure is the months that cadre c has held the main post of the plan date at the start of period t, less the
// deduction, at least 0. Known is false where the date is blank, and for arrivals.
func (x *Index) Tenure(c, t int) (months int, known bool) {
	p := &x.Cadres[c]
	if !p.PostSince.Known() || x.seat[c] == None {
		return 0, false
	}
	return max(0, int(x.Calendar.Start(t)-p.PostSince)-p.Deduct), true
}

// Age is the whole years of cadre c at the start of period t.
func (x *Index) Age(c, t int) (years int, known bool) {
	b := x.Cadres[c].Birth
	if !b.Known() {
		return 0, false
	}
	return int(x.Calendar.Start(t)-b) / 12, true
}

// Minutes is the travel time between two places (0 for a place and itself). Known is false where either is None or
// the table has no such trip.
func (x *Index) Minutes(a, b int) (minutes int, known bool) {
	if a == None || b == None {
		return 0, false
	}
	if a == b {
		return 0, true
	}
	minutes, known = x.trips[[2]int{a, b}]
	return minutes, known
}

// FarMinutes stands for the travel time from a home that lies Elsewhere: farther than any limit in use.
const FarMinutes = 240

// HomeMinutes is the travel time from the home of cadre c to the place of post p. Known is false where the home is
// blank or the table of trips lacks the pair; a home Elsewhere is FarMinutes away.
func (x *Index) HomeMinutes(c, p int) (minutes int, known bool) {
	if x.Cadres[c].Home == Elsewhere {
		return FarMinutes, true
	}
	return x.Minutes(x.PlaceAt(x.Cadres[c].Home), x.PlaceOf(p))
}
