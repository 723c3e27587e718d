package audit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// scene is a plan laid over the instance: who holds what in every period. Cadres, posts, units and places are
// positions in the instance. It is built once and then only read, but for its memory of avoidance grounds.
type scene struct {
	x   *posting.Index
	pol *policy.Policy

	dest    []int // by cadre: the post that he moves to or is placed on, None
	begins  []int // by cadre: the period in which that begins, 0 none
	dropped []int // by cadre: the period from which the plan leaves him without a post on its own account, 0 none
	given   [][]posting.Assignment
	faults  []fault

	concurrent [][]int   // by cadre: concurrent posts on the plan date
	holders    [][][]int // by period (0 is unused) and post: who holds it, main or concurrent, in official order
	ties       [][]int   // by cadre: positions of his ties
	avoidance  map[[2]int][]string
	pensions   map[*policy.Clause][]pensionRow
}

// fault is an impossible sequence of assignments, printed as P02.
type fault struct {
	cadre, period   int
	measured, limit int
	what            faultText
}

func newScene(x *posting.Index, pol *policy.Policy, plan *posting.Plan) (*scene, error) {
	n := len(x.Cadres)
	s := &scene{x: x, pol: pol, dest: make([]int, n), begins: make([]int, n), dropped: make([]int, n),
		given: make([][]posting.Assignment, n), concurrent: make([][]int, n), ties: make([][]int, n),
		avoidance: map[[2]int][]string{}, pensions: map[*policy.Clause][]pensionRow{}}
	for c := range x.Cadres {
		s.dest[c] = posting.None
		s.concurrent[c] = concurrent(x, c)
	}
	for i, tie := range x.Ties {
		for _, id := range []string{tie.A, tie.B} {
			if c := x.CadreAt(id); c != posting.None {
				s.ties[c] = append(s.ties[c], i)
			}
		}
	}
	if err := errors.Join(s.read(plan), s.readPensions()); err != nil {
		return nil, err
	}
	s.seat()
	return s, nil
}

func concurrent(x *posting.Index, c int) []int {
	var out []int
	for _, id := range x.Cadres[c].Also {
		if p := x.PostAt(id); p != posting.None && p != x.Seat(c) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// read takes the assignments, sorted for each cadre by period and post, so that the order of the lines plays no part.
func (s *scene) read(plan *posting.Plan) error {
	var errs []error
	for _, a := range plan.Assignments {
		c := s.x.CadreAt(a.Cadre)
		if c == posting.None {
			errs = append(errs, fmt.Errorf("the plan names cadre %q, who is not in the table of cadres", a.Cadre))
			continue
		}
		if a.To != "" && s.x.PostAt(a.To) == posting.None {
			errs = append(errs, fmt.Errorf("the plan sends cadre %q to post %q, which is not in the table of posts", a.Cadre, a.To))
			continue
		}
		if a.Period == 0 {
			a.Period = s.usualPeriod(c, a.To)
		}
		s.given[c] = append(s.given[c], a)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for c := range s.given {
		slices.SortStableFunc(s.given[c], func(a, b posting.Assignment) int {
			return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(s.x.PostAt(a.To), s.x.PostAt(b.To)))
		})
		s.follow(c)
	}
	return nil
}

// usualPeriod is the period of an assignment that gives none.
func (s *scene) usualPeriod(c int, to string) int {
	switch {
	case s.x.Seat(c) == posting.None:
		return s.x.First(c)
	case to == "" && s.x.Leaves(c) > 0:
		return s.x.Leaves(c)
	}
	return 1
}

// follow walks through the assignments of one cadre and keeps the first change of post; whatever cannot follow from
// the one before is a fault.
func (s *scene) follow(c int) {
	now, last, same := s.x.Seat(c), 0, 1
	for _, a := range s.given[c] {
		to := s.x.PostAt(a.To)
		switch {
		case to == posting.None && s.x.Seat(c) == posting.None: // an arrival left unplaced
		case a.Period < 1 || a.Period > s.x.Calendar.Periods:
			s.fault(c, a.Period, a.Period, s.x.Calendar.Periods, faultPeriod)
		case a.Period == last:
			same++
			s.fault(c, a.Period, same, 1, faultTwice)
		case to == now:
			last = a.Period
		default:
			if s.change(c, to, a.Period, now) {
				now = to
			}
			last = a.Period
		}
	}
}

// change records that c goes to post `to` (None: leaves) in t, and tells whether it can.
func (s *scene) change(c, to, t, now int) bool {
	leaves := s.x.Leaves(c)
	switch {
	case leaves > 0 && t >= leaves:
		if to != posting.None {
			s.fault(c, t, 1, 0, faultLeaver)
		}
		return to == posting.None
	case s.begins[c] > 0 || s.dropped[c] > 0:
		s.fault(c, t, 2, 1, faultSecond)
		return false
	case to == posting.None:
		s.dropped[c] = t
		return true
	case leaves > 0:
		s.fault(c, t, 1, 0, faultLeaver)
	case t < s.x.First(c):
		s.fault(c, t, t, s.x.First(c), faultEarly)
	}
	s.dest[c], s.begins[c] = to, t
	return true
}

func (s *scene) fault(c, t, measured, limit int, what faultText) {
	s.faults = append(s.faults, fault{c, t, measured, limit, what})
}

// seat fills the table of holders.
func (s *scene) seat() {
	s.holders = make([][][]int, s.x.Calendar.Periods+1)
	for t := 1; t <= s.x.Calendar.Periods; t++ {
		s.holders[t] = make([][]int, len(s.x.Posts))
		for c := range s.x.Cadres {
			for _, p := range s.holdings(c, t) {
				s.holders[t][p] = append(s.holders[t][p], c)
			}
		}
	}
}

// post is the main post of c in period t, None where he holds none.
func (s *scene) post(c, t int) int {
	switch {
	case s.left(c, t):
		return posting.None
	case s.begins[c] > 0 && t >= s.begins[c]:
		return s.dest[c]
	case s.dropped[c] > 0 && t >= s.dropped[c]:
		return posting.None
	}
	return s.x.Seat(c)
}

// holdings are all posts of c in t: the main post and, as long as that is p0, the concurrent ones.
func (s *scene) holdings(c, t int) []int {
	p := s.post(c, t)
	if p == posting.None {
		return nil
	}
	if p != s.x.Seat(c) {
		return []int{p}
	}
	return append([]int{p}, s.concurrent[c]...)
}

// left tells whether c leaves in or before t.
func (s *scene) left(c, t int) bool { l := s.x.Leaves(c); return l > 0 && l <= t }

// moves tells whether c, who is seated, moves in t.
func (s *scene) moves(c, t int) bool { return s.x.Seat(c) != posting.None && s.begins[c] == t }

// movedBy tells whether c has moved or been placed in or before t.
func (s *scene) movedBy(c, t int) bool { return s.begins[c] > 0 && s.begins[c] <= t }

func (s *scene) start(t int) posting.Month { return s.x.Calendar.Start(t) }

// periods are 1 to H.
func (s *scene) periods() int { return s.x.Calendar.Periods }

// unit is the id of the unit of a post.
func (s *scene) unit(p int) string { return s.x.Posts[p].Unit }

// openedBy tells whether post q had no holder on the plan date, or all its holders leave in or before t.
func (s *scene) openedBy(q, t int) bool { return s.remains(q, t) == posting.None }

// remains is the first holder of q on the plan date, in official order, who does not leave in or before t.
func (s *scene) remains(q, t int) int {
	first := posting.None
	for _, c := range s.x.Holders(q) {
		if !s.left(c, t) && (first == posting.None || c < first) {
			first = c
		}
	}
	return first
}
