package native

import (
	"math"

	"cadre/mip"
	"cadre/solver"
)

// rootState is what the root relaxation of the first search leaves behind: for the next solve of nearly the same model,
// and for the certificate.
type rootState struct {
	state []int8    // of columns, then rows, of the presolved problem
	y     []float64 // multipliers of its rows
	ray   bool      // y is a Farkas ray: the relaxation is infeasible
}

// still answers at once where the start is a point of the model and the proof of an earlier solve shows that it is good enough.
func (r *run) still(m *mip.Model) (solver.Result, bool) {
	x, w := r.par.Start, r.par.Warm
	if w == nil || w.Proof == nil || len(x) != r.p.n || len(m.Levels) == 0 || !r.p.feasible(x) {
		return solver.Result{}, false
	}
	value, bound := r.p.objective(x), w.Proof.Bound(m)
	if t := (solver.Tolerance{Gap: math.Max(r.par.Gap, tinyGap), AbsGap: r.par.AbsGap}); !t.Met(value, bound) {
		return solver.Result{}, false
	}
	r.best, r.value = append([]float64(nil), x...), value
	res := r.finish(bound, false)
	res.Multipliers, res.Proof, res.Warm = w.Multipliers, w.Proof, w
	return res, true
}

// noteRoot keeps the state of the root relaxation, before cuts.
func (s *search) noteRoot(infeasible bool) {
	if s.depth > 0 {
		return
	}
	if infeasible {
		s.rootState = &rootState{y: append([]float64(nil), s.lp.ray...), ray: true}
		return
	}
	s.rootState = &rootState{state: append([]int8(nil), s.lp.state...), y: s.lp.multipliers(nil)}
}

// hand states what the root left behind in terms of the model: presolve keeps the scale of rows, and an ascent makes up for
// the bounds that it tightened.
func (r *run) hand(res *solver.Result, m *mip.Model, pre *presolved, root *rootState, mt *meter) {
	if r.proof != nil && len(m.Levels) > 0 && !r.par.Bare || res.Status == solver.Infeasible {
		defer func() {
			if res.Proof = r.worths.handed(); res.Proof == nil {
				res.Proof = r.state(m, *res, mt)
			}
		}()
	}
	var y []float64
	if root != nil {
		y = make([]float64, r.p.m)
		for k, i := range pre.rowKeep {
			if k < len(root.y) {
				y[i] = root.y[k]
			}
		}
	}
	switch {
	case root != nil && root.ray:
		if res.Status == solver.Infeasible {
			res.Proof = solver.NewProof(nil)
			res.Proof.Exclude(0, y)
		}
		return
	case res.Status == solver.Infeasible || res.Status == solver.Unbounded || len(m.Levels) == 0:
		return
	}
	res.Multipliers, _ = solver.AscendFrom(m, r.grounded(y))
	res.Warm = &solver.Warm{Multipliers: res.Multipliers}
	if root != nil && root.state != nil {
		res.Warm.Basis = r.basisOut(pre, root.state)
	}
}

// grounded are multipliers of the given problem in which rows have taken over what presolve knew.
func (r *run) grounded(y []float64) []float64 {
	p := r.p.clone()
	if y == nil || !(&presolver{p: p}).roundBounds() {
		return y
	}
	return p.grounded(y)
}

// grounded are multipliers in which rows have taken over what presolve knew from them: without its bounds they may prove next to nothing.
func (p *problem) grounded(y []float64) []float64 {
	h := newHandover(p)
	base, x := weights{}.sparse(y), h.propagated()
	if x.over != nil || x.empty {
		return y
	}
	w := x.substituted(base, false, len(x.after))
	if h.price(w, false) <= h.price(base, false) {
		return y
	}
	out := make([]float64, p.m)
	for e, i := range w.row {
		out[i] = w.value[e]
	}
	return out
}

// basisOut is the basis of the presolved root as one of the model: columns that are gone rest at a bound, rows that are gone
// are basic.
func (r *run) basisOut(pre *presolved, state []int8) []solver.BasisStatus {
	out := make([]solver.BasisStatus, r.p.n+r.p.m)
	for j := range r.p.n {
		if pre.fixed[j] != r.p.lower[j] && pre.fixed[j] == r.p.upper[j] {
			out[j] = solver.AtUpper
		}
	}
	for i := range r.p.m {
		out[r.p.n+i] = solver.Basic
	}
	for k, j := range pre.keep {
		out[j] = basisStatus[state[k]]
	}
	for k, i := range pre.rowKeep {
		out[r.p.n+int(i)] = mirrored(basisStatus[state[pre.n+k]])
	}
	return out
}

// mirrored turns the side of a row's activity into that of its logical, which is minus the activity, and back.
func mirrored(s solver.BasisStatus) solver.BasisStatus {
	switch s {
	case solver.AtLower:
		return solver.AtUpper
	case solver.AtUpper:
		return solver.AtLower
	}
	return s
}

// basisStatus names the places of the simplex method.
var basisStatus = [...]solver.BasisStatus{basic: solver.Basic, atLower: solver.AtLower, atUpper: solver.AtUpper, atZero: solver.Free}

// basisIn is a basis of an earlier model as one of the presolved problem, nil where it does not fit. Rows that the earlier
// model lacked are basic; the factorization replaces what depends on others.
func (r *run) basisIn(pre *presolved, given []solver.BasisStatus) *basis {
	n := r.p.n
	if len(given) < n || len(given) > n+r.p.m {
		return nil
	}
	b := &basis{}
	put := func(j int32, st solver.BasisStatus) {
		switch st {
		case solver.Basic:
			b.head = append(b.head, j)
		case solver.AtUpper:
			b.upper = append(b.upper, j)
		}
	}
	for k, j := range pre.keep {
		put(int32(k), given[j])
	}
	var rest []int32
	for k, i := range pre.rowKeep {
		st := solver.Basic
		if at := n + int(i); at < len(given) {
			st = mirrored(given[at])
		}
		if put(int32(pre.n+k), st); st != solver.Basic {
			rest = append(rest, int32(pre.n+k))
		}
	}
	for len(b.head) < pre.m {
		b.head, rest = append(b.head, rest[0]), rest[1:]
	}
	b.head = b.head[:pre.m]
	return b
}
