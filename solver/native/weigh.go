package native

import (
	"math"

	"cadre/solver"
)

// worthProof proves a bound on a problem of knapsacks, by trees of one goal after another: with a goal that is low nearly all
// options are closed at once, so that all the trees before the last one take less than it.
type worthProof struct {
	k      *knapsacks
	b      *pricer
	tree   *worthTree // of the present goal, nil before the first
	worth  []int32    // to begin from
	bound  float64    // what is proven
	part   *worthPart // by this,
	stated float64    // or as far as that was kept
	nodes  int64      // of trees that are done
	aim    float64    // the present goal as a value
	pace   float64    // from one goal to the next
	offer  func(x []float64) (cutoff float64)
}

const (
	worthGoals   = 16         // goals on the way from the bound at the root to the incumbent, at the most
	worthQuantum = 20_000_000 // cells between two looks at other things
)

// newWorthProof is nil where the problem is something else than knapsacks. Points that are found are offered.
func newWorthProof(p *problem, offer func(x []float64) (cutoff float64)) *worthProof {
	k := layKnapsacks(p)
	if k == nil {
		return nil
	}
	return &worthProof{k: k, offer: offer, bound: math.Inf(-1), stated: math.Inf(-1)}
}

// begin ascends from multipliers of the rows.
func (w *worthProof) begin(y []float64, cutoff float64) {
	w.b = newPricer(w.k)
	start := make([]int64, len(w.k.row))
	for c, i := range w.k.row {
		start[c] = w.k.worthy(c, int64(math.Ldexp(math.Max(-costMost, math.Min(costMost, y[i])), w.k.bits)))
	}
	t := newWorthTree(w.b, w.k.units(cutoff), nil)
	w.watch(t)
	w.b.enter(w.k.wide(), w.b.kept(start))
	bound := t.ascend(worthRoot)
	w.worth = w.b.kept(w.b.worth)
	w.part = &worthPart{worth: t.stated()}
	w.bound = w.k.value(bound)
	w.stated = w.bound
	w.pace = w.k.step * math.Max(1, math.Ceil((cutoff-w.bound)/w.k.step/worthGoals))
	w.aim = w.bound
}

// watch has a tree offer its points, and lower its goal by them.
func (w *worthProof) watch(t *worthTree) {
	t.found = func(x []float64) { t.goal = min(t.goal, w.k.units(w.offer(x))) }
}

// grow goes on towards a cutoff for a while; false where that leads nowhere, because a point that was found is refused.
func (w *worthProof) grow(cutoff float64) bool {
	if w.tree == nil {
		w.aim = math.Min(w.aim+w.pace, w.k.value(w.k.units(cutoff)))
		w.tree = newWorthTree(w.b, w.k.units(math.Min(cutoff, w.aim-w.k.step*(1-stepSlack))), w.worth)
		w.watch(w.tree)
	}
	w.tree.goal = min(w.tree.goal, w.k.units(cutoff))
	if !w.tree.grow(worthQuantum) {
		return true
	}
	before := w.bound
	w.nodes += w.tree.nodes
	w.bound = math.Max(w.bound, w.k.value(min(w.tree.goal, w.tree.floor)))
	if w.tree.room >= 0 {
		w.stated, w.part = w.bound, w.tree.root
	}
	w.tree = nil
	return w.bound > before
}

// count is how many nodes a tree has, if there is one.
func (t *worthTree) count() int64 {
	if t == nil {
		return 0
	}
	return t.nodes
}

// weigh proves the root by worths, and searches neighbourhoods of its choices beside that, until the incumbent is proven or the run
// has to stop. False, and others go on, where the problem is no such one, or there is no incumbent yet.
func (s *search) weigh(nd *node) bool {
	w := s.worths
	if w == nil || s.best == nil || w.b != nil || s.mt.spent() {
		return false
	}
	known := nd.bound
	w.begin(s.rootRows(), s.cutoff())
	for counted := int64(0); ; {
		s.mt.work += w.b.work/cellsWork - counted
		counted = w.b.work / cellsWork
		if nd.bound = math.Max(nd.bound, w.bound); nd.bound >= s.cutoff() || s.mt.spent() {
			break
		}
		s.publish("worths")
		if s.near != nil && s.near.choices != nil {
			s.chooseAnew(s)
		}
		if !w.grow(s.cutoff()) && w.bound < s.cutoff() {
			w.part = nil
			return false
		}
	}
	s.nodes += w.nodes + w.tree.count()
	if w.stated < known {
		w.part = nil
	}
	if nd.bound >= s.cutoff() {
		s.prune(nd.bound)
	} else {
		s.stop(nd)
	}
	return true
}

// rootRows are the multipliers of the present relaxation, by rows of the given model.
func (s *search) rootRows() []float64 {
	out := make([]float64, s.worths.k.rows)
	for k, v := range s.lp.multipliers(nil) {
		if k < len(s.given.rowKeep) {
			out[s.given.rowKeep[k]] = v
		}
	}
	return out
}

// handed is the proof by worths, nil where there is none.
func (w *worthProof) handed() *solver.Proof {
	if w == nil || w.part == nil {
		return nil
	}
	out, queue := &solver.Proof{}, []*worthPart{w.part}
	for at := 0; at < len(queue); at++ {
		p := queue[at]
		n := solver.ProofNode{Kind: p.kind, Column: p.column, Row: p.row, Columns: p.columns, Some: p.some}
		switch {
		case p.kind != solver.KindLeaf:
			n.Low, n.High = len(queue), len(queue)+1
			queue = append(queue, p.low, p.high)
		case p.worth != nil:
			n.Multipliers, n.Limits = w.multipliers(p.worth), w.k.limits
		}
		out.Nodes = append(out.Nodes, n)
	}
	if n := &out.Nodes[0]; n.Multipliers == nil { // for what a tree that is cut off lacks
		n.Multipliers, n.Limits = w.multipliers(w.worth), w.k.limits
	}
	return out
}

// multipliers are worths by row.
func (w *worthProof) multipliers(worth []int32) []float64 {
	y := make([]float64, w.k.rows)
	for c, i := range w.k.row {
		y[i] = math.Ldexp(float64(worth[c]), -w.k.bits)
	}
	return y
}
