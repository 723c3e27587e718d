package native

import (
	"math"
	"slices"

	"cadre/solver"
)

// part is a node of a search's proof as it grows, in terms of the problem that was given to the run. A part without sides is a leaf,
// and one without multipliers takes those of the nearest part above: the proof is complete at every moment. Heuristics may let
// a nested search grow a part of its own, which takes the place of another once it has proven something.
type part struct {
	kind      solver.ProofKind // leaf, branch or split
	column    int
	at        int64
	columns   []int
	low, high *part
	y         weights
	bound     float64 // what the search claims that y proves, where claimed
	claimed   bool
	of        []*weights // a leaf's, in the place of y: their sum
	ray       bool       // y excludes any point
	shut      []int      // columns that may be taken as zero below: y proves enough where one of them is not
}

// weights are multipliers of the given problem's rows, none where row is nil.
type weights struct {
	row   []int32 // ascending
	value []float64
}

// recorder tells the rows and columns of a search from those of the given problem. A nil recorder, as heuristics have whose
// bounds nobody uses, records nothing; nor does any on a nil part.
type recorder struct {
	book  *book
	cols  []int32    // of the given problem, by column of the search's
	rows  []int32    // of the given problem, by row of the search's; cuts follow them in the order of the book; -1 for what it lacks
	pre   *presolved // made the search's problem
	above *recorder  // of the problem that pre was made of, nil: the given one
	gone  []float64  // see value
	paid  weights    // see paying
	at    []int32    // see columns
}

// book is what all recorders of a run share.
type book struct {
	given   *problem
	room    int // numbers that may still be kept
	cuts    []stated
	deriver *solver.Deriver
}

// recordRoom is how many multipliers a proof may keep, at twelve bytes each: beyond them it goes on as structure only. A tree of 12,000 nodes over
// 900 rows takes seven million.
const recordRoom = 16 << 20

// newRecorder is that of the first search of a run, over the presolved problem.
func newRecorder(b *book, pre *presolved) *recorder {
	return &recorder{book: b, cols: pre.keep, rows: pre.rowKeep, pre: pre}
}

// within is the recorder of a search nested in that of r, over a presolved part of its problem.
func (r *recorder) within(pre *presolved) *recorder {
	if r == nil {
		return nil
	}
	t := &recorder{book: r.book, cols: make([]int32, len(pre.keep)), rows: make([]int32, len(pre.rowKeep)), pre: pre, above: r, paid: r.paid}
	for k, j := range pre.keep {
		t.cols[k] = r.cols[j]
	}
	for k, i := range pre.rowKeep {
		t.rows[k] = r.row(int(i))
	}
	return t
}

// paying is the recorder for a part in which multipliers that bound it come with others, of rows that its problem lacks.
func (r *recorder) paying(w weights) *recorder {
	t := *r
	t.paid = w
	return &t
}

// apart is the recorder with a room of its own.
func (r *recorder) apart() *recorder {
	if r == nil {
		return nil
	}
	t, b := *r, *r.book
	t.book = &b
	return &t
}

// row is the given row of row i of the search, -1 where there is none.
func (r *recorder) row(i int) int32 {
	if i < len(r.rows) {
		return r.rows[i]
	}
	return -1
}

// weights are multipliers of the search's rows as those of the given ones, as long as there is room.
func (r *recorder) weights(y []float64) (w weights) {
	if r == nil || r.book.room < len(y) {
		return w
	}
	w.row = []int32{}
	for k, v := range y {
		if i := r.row(k); v != 0 && i >= 0 {
			if int(i) >= r.book.given.m { // "at most" here, and stated as "at least"
				v = -v
			}
			w.row, w.value = append(w.row, i), append(w.value, v)
		}
	}
	r.book.room -= len(w.row)
	return w
}

// bounding are weights of multipliers that bound a part.
func (r *recorder) bounding(y []float64) weights {
	w := r.weights(y)
	if r == nil || w.row == nil || len(r.paid.row) == 0 {
		return w
	}
	return w.and(r.paid)
}

// and are the weights with those of further rows.
func (w weights) and(more weights) (out weights) {
	for e, k := 0, 0; e < len(w.row) || k < len(more.row); {
		switch {
		case k == len(more.row) || e < len(w.row) && w.row[e] <= more.row[k]:
			if k < len(more.row) && w.row[e] == more.row[k] {
				k++ // the search has this row, and knows better
			}
			out.row, out.value = append(out.row, w.row[e]), append(out.value, w.value[e])
			e++
		default:
			out.row, out.value = append(out.row, more.row[k]), append(out.value, more.value[k])
			k++
		}
	}
	return out
}

// weigh gives a part multipliers that bound it, by so much as the search says.
func (r *recorder) weigh(p *part, y []float64, bound float64) {
	if r != nil && p != nil {
		p.y, p.ray, p.bound = r.bounding(y), false, bound
		p.claimed = p.y.row != nil
	}
}

// exclude gives a leaf a ray.
func (r *recorder) exclude(p *part, ray []float64) {
	if r != nil && p != nil {
		p.y = r.weights(ray)
		p.ray = p.y.row != nil
	}
}

// branch divides a leaf on an integer column of the search: at most at, and more. Columns that only presolve knows to be integer
// divide nothing, and the leaf stays one.
func (r *recorder) branch(p *part, col int32, at float64) (low, high *part) {
	if r == nil || p == nil || !r.book.given.integer[r.cols[col]] {
		return nil, nil
	}
	return p.branch(int(r.cols[col]), int64(at))
}

func (p *part) branch(column int, at int64) (low, high *part) {
	p.kind, p.column, p.at, p.low, p.high = solver.KindBranch, column, at, &part{}, &part{}
	return p.low, p.high
}

// restrict divides a leaf by what reduced costs exclude: the columns whose bounds lo, hi are tighter than from, to. The multipliers y
// bound what has a column elsewhere; the rest is the part that is returned.
func (r *recorder) restrict(p *part, y weights, from, to, lo, hi []float64) *part {
	if r == nil || p == nil {
		return nil
	}
	p.y = y
	split := part{kind: solver.KindSplit, low: &part{}, high: &part{}}
	for j := range lo {
		if r.absent(j, to[j], hi[j]) {
			split.columns = append(split.columns, int(r.cols[j]))
		}
	}
	if len(split.columns) > 0 {
		p.kind, p.columns, p.low, p.high = split.kind, split.columns, split.low, split.high
		p = p.low
	}
	for j := range lo {
		if hi[j] < to[j] && !r.absent(j, to[j], hi[j]) {
			p, _ = r.cut(p, int32(j), hi[j])
		}
		if lo[j] > from[j] {
			_, p = r.cut(p, int32(j), lo[j]-1)
		}
	}
	return p
}

// absent says whether a column that could be up to the bound to can only be zero now, and may be part of a split.
func (r *recorder) absent(j int, to, hi float64) bool {
	at := r.cols[j]
	return hi == 0 && to > 0 && r.book.given.integer[at] && r.book.given.lower[at] > -1
}

// cut is branch where both sides inherit multipliers; a leaf that cannot be divided is both.
func (r *recorder) cut(p *part, col int32, at float64) (low, high *part) {
	if low, high = r.branch(p, col, at); low == nil {
		return p, p
	}
	return low, high
}

// record makes the search grow a proof of its problem from the given part; nil for either: none.
func (s *search) record(r *recorder, proof *part) {
	if r != nil && proof != nil {
		s.rec, s.proof = r, proof
	}
}

// note is what a trial has just proved of one side of a column.
func (s *search) note(infeasible bool) *part {
	p := &part{}
	if infeasible {
		s.rec.exclude(p, s.lp.ray)
	} else {
		s.rec.weigh(p, s.y, s.cutoff())
	}
	return p
}

// become takes over what another part proves.
func (p *part) become(q *part) {
	if p != nil && q != nil {
		*p = *q
	}
}

// keepDomain remembers the bounds of a node before reduced costs tighten them.
func (s *search) keepDomain(lo, hi []float64) {
	s.domLo, s.domHi = append(s.domLo[:0], lo...), append(s.domHi[:0], hi...)
}

// stateFixings states the bounds of a node that reduced costs have tightened, but for the columns that are noted as shut, before
// others rely on them.
func (s *search) stateFixings(nd *node, lo, hi []float64) {
	if nd.part == nil {
		return
	}
	to := slices.Clone(s.domHi)
	for _, j := range nd.shut {
		to[j] = 0
	}
	nd.part = s.rec.restrict(nd.part, nd.part.y, s.domLo, to, lo, hi)
}

// concluded is where the search of a node whose caps are fixed, within lo and hi, grows its part of the proof.
func (s *search) concluded(nd *node, lo, hi []float64) *part {
	if s.rec == nil || nd.part == nil {
		return nil
	}
	*nd.part = part{y: nd.part.y, bound: nd.part.bound, claimed: nd.part.claimed}
	return s.rec.restrict(nd.part, nd.part.y, s.domLo, s.domHi, lo, hi)
}

// seal states, at the end of a search, the bounds that reduced costs have tightened since the root.
func (s *search) seal() {
	if s.proof == nil {
		return
	}
	if s.proof.kind == solver.KindLeaf && s.inner != nil && s.inner.kind != solver.KindLeaf {
		s.proof.become(s.inner)
		return
	}
	if c := s.rootCost; c != nil && !math.IsInf(c.value, 1) {
		whole := &part{}
		s.rec.restrict(whole, c.y, c.lo, c.hi, s.lo, s.hi).become(s.proof)
		s.proof.become(whole)
	}
}

// recordAll makes a search of the whole grow the run's proof.
func (s *structured) recordAll() {
	s.r.book, s.r.proof = newBook(s.r.p), &part{}
	s.rec, s.proof = newRecorder(s.r.book, s.pre), s.r.proof
}

// excluding is a proof of s.p by its multipliers where a column leaves the bounds that it has in q, and the part of it in which
// a search of q is to grow; nil where nobody asks.
func (s *structured) excluding(q *problem) (whole, in *part) {
	if s.proof == nil {
		return nil, nil
	}
	whole = &part{}
	return whole, s.rec.restrict(whole, s.rec.bounding(s.y), s.p.lower, s.p.upper, q.lower, q.upper)
}

// establish raises the bound, and keeps the proof where that is new.
func (s *structured) establish(bound float64, proof *part) {
	before := s.bound
	if s.raise(bound); s.bound > before {
		s.proof.become(proof)
	}
}

// refutes makes a ray of multipliers that prove more than any point can cost: without the costs they exclude all points.
func (p *part) refutes() {
	if p != nil {
		p.ray = true
	}
}
