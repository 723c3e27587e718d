package audit

import (
	"errors"
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// scene is a plan laid over the instance: who holds what in every period. Cadres, posts, units and places are
// positions in the instance. It is built once and then only read, but for its memory of avoidance grounds.
type scene struct {
	x   *posting.Index
	pol *policy.Policy

	dest     []int   // by cadre: the post that he moves to or is placed on, None
	begins   []int   // by cadre: the period in which that begins, 0 none
	seconded []spell // by cadre: the secondment that the plan gives him; its post is None where there is none
	dropped  []int   // by cadre: the period from which the plan leaves him without a post on its own account, 0 none
	given    [][]posting.Assignment
	row      []int // by cadre: the place in given of the change above, or of his leaving, None
	faults   []fault

	concurrent [][]int   // by cadre: concurrent posts on the plan date
	holders    [][][]int // by period (0: the plan date) and post: who holds it, main, concurrent or seconded, in official order
	ties       [][]int   // by cadre: positions of his ties
	avoidance  map[[2]int][]string
	tables     tables
	records    records
}

func newScene(x *posting.Index, pol *policy.Policy, plan *posting.Plan) (*scene, error) {
	n := len(x.Cadres)
	s := &scene{x: x, pol: pol, dest: make([]int, n), begins: make([]int, n), seconded: make([]spell, n), dropped: make([]int, n),
		given: make([][]posting.Assignment, n), row: make([]int, n), concurrent: make([][]int, n), ties: make([][]int, n),
		avoidance: map[[2]int][]string{}, records: readRecords(x)}
	for c := range x.Cadres {
		s.dest[c], s.row[c], s.seconded[c].post = posting.None, posting.None, posting.None
		s.concurrent[c] = concurrent(x, c)
	}
	for i, tie := range x.Ties {
		for _, id := range []string{tie.A, tie.B} {
			if c := x.CadreAt(id); c != posting.None {
				s.ties[c] = append(s.ties[c], i)
			}
		}
	}
	var err error
	s.tables, err = readTables(pol)
	if err = errors.Join(s.read(plan), err); err != nil {
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

// seat fills the table of holders.
func (s *scene) seat() {
	s.holders = make([][][]int, s.x.Calendar.Periods+1)
	s.holders[0] = make([][]int, len(s.x.Posts))
	for p := range s.x.Posts {
		s.holders[0][p] = s.x.Holders(p)
	}
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

// beside is the secondment seat that the plan gives c in t, None.
func (s *scene) beside(c, t int) int {
	if sp := s.seconded[c]; sp.post != posting.None && sp.from <= t && t <= sp.until {
		return sp.post
	}
	return posting.None
}

// holdings are all posts of c in t: the main post and, as long as that is p0, the concurrent ones and the seat to which
// he is seconded. A seat that he holds in two ways is one.
func (s *scene) holdings(c, t int) []int {
	p := s.post(c, t)
	if p == posting.None {
		return nil
	}
	out := []int{p}
	if p != s.x.Seat(c) {
		return out
	}
	for _, q := range s.concurrent[c] {
		if s.x.Keeps(c, q, t) {
			out = append(out, q)
		}
	}
	if q := s.beside(c, t); q != posting.None && !slices.Contains(out, q) {
		out = append(out, q)
	}
	return out
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
