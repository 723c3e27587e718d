package planning

import (
	"cmp"
	"slices"

	"cadre/constraints"
	"cadre/policy"
	"cadre/posting"
)

// mostCandidates is how many candidates stand beside an open seat: enough to compare, few enough to read side by side.
const mostCandidates = 5

// Brief draws up the four lists and the open seats. It needs no solver.
func Brief(x *posting.Index, pol *policy.Policy) *Briefing {
	return brief(x, pol, constraints.Encode(x, pol))
}

func brief(x *posting.Index, pol *policy.Policy, enc *constraints.Encoding) *Briefing {
	b := &Briefing{}
	for c := range x.Cadres {
		if !x.Cadres[c].Arrival() {
			b.list(x, enc, c)
			b.coming(x, enc, c)
		}
	}
	for p := range x.Posts {
		if seat, ok := openSeat(x, pol, p); ok {
			seat.Candidates, seat.Eligible = candidates(x, enc, p)
			b.Seats = append(b.Seats, seat)
		}
	}
	return b
}

// list puts one cadre on the list where he belongs on the plan date.
func (b *Briefing) list(x *posting.Index, enc *constraints.Encoding, c int) {
	l := Listed{Cadre: c}
	l.Months, l.Known = x.Tenure(c, 1)
	due, share := enc.Due(c, 1), enc.EligibleUnder(c, 1)
	switch {
	case len(due) > 0:
		l.Clauses = shown(due)
		b.Due = append(b.Due, l)
	case enc.Held(c, 1) || enc.Deferred(c):
		l.Clauses = []string{policy.Hold}
		b.NotNow = append(b.NotNow, l)
	case len(share) > 0:
		l.Clauses = shown(share)
		b.May = append(b.May, l)
	default:
		b.Others = append(b.Others, l)
	}
}

// coming notes the first later period in which a cadre becomes due.
func (b *Briefing) coming(x *posting.Index, enc *constraints.Encoding, c int) {
	if len(enc.Due(c, 1)) > 0 {
		return
	}
	for t := 2; t <= x.Last(c); t++ {
		if due := enc.Due(c, t); len(due) > 0 {
			l := Listed{Cadre: c, Clauses: shown(due)}
			l.Months, l.Known = x.Tenure(c, t)
			b.Coming = append(b.Coming, Coming{l, t})
			return
		}
	}
}

func shown(clauses []*policy.Clause) []string {
	out := make([]string, len(clauses))
	for i, c := range clauses {
		out[i] = c.Shown()
	}
	return out
}

// openSeat tells whether post p is vacant on the plan date or opens by a departure, or by the end of a secondment or mission,
// within the first period.
func openSeat(x *posting.Index, pol *policy.Policy, p int) (Seat, bool) {
	s := Seat{Post: p, Opens: "vacant", Leaver: posting.None}
	if x.Posts[p].Authority != pol.Authority {
		return s, false
	}
	for _, h := range x.Holders(p) {
		if s.Opens, s.Leaver = opensBy(x, h, p), h; s.Opens == "" {
			return s, false
		}
	}
	return s, true
}

// opensBy says why holder h gives up post p in the first period, "" where nothing in the input says that he does.
func opensBy(x *posting.Index, h, p int) string {
	switch {
	case x.Leaves(h) == 1:
		return "departure:" + string(x.LeaveClass(h))
	case x.Seat(h) == p && x.Returns(h) == 1:
		return MissionEnds
	case x.Seat(h) != p && !x.Keeps(h, p, 1):
		return SecondmentEnds
	}
	return ""
}

// candidates are those with a lawful destination at post p. The ones shown are those whom the weighed considerations
// speak least against, the longer tenure first; they stand in official order.
func candidates(x *posting.Index, enc *constraints.Encoding, p int) (shown []int, eligible int) {
	type option struct {
		cadre, tenure int
		cost          int64
	}
	var all []option
	for _, c := range enc.Takers(p) {
		months, _ := x.Tenure(c, 1)
		all = append(all, option{c, months, enc.PairCost(c, p)})
	}
	slices.SortStableFunc(all, func(a, b option) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.tenure, a.tenure))
	})
	for _, o := range all[:min(len(all), mostCandidates)] {
		shown = append(shown, o.cadre)
	}
	slices.Sort(shown)
	return shown, len(all)
}
