package lexico

import (
	"context"
	"math"
	"slices"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// Warm is what an earlier solve of nearly the same model left behind: the same columns, rows and levels by index, with other
// costs, sides, bounds or coefficients. All of it is hints: it saves time, and changes no answer but among equals.
type Warm struct {
	Values  []float64         // a solution then; it may break rows now
	Counted bool              // Values hold now, with all that only counts counted in the best way, see Recount
	Proofs  [][]*solver.Proof // of the levels' bounds then, rows counted as in certificates
	Opening *solver.Warm      // what the backend left behind of the opening, nil where nothing
	Levels  []*solver.Warm    // and of each level
}

// Rename is w for model to, whose columns and rows are known by their names in model from, of which w is about: what has
// gone is left out, what is new counts as zero. Levels are known by their names, too.
func (w *Warm) Rename(from, to *mip.Model) *Warm {
	column, row := names(from, to)
	out := &Warm{Proofs: make([][]*solver.Proof, len(to.Levels)), Levels: make([]*solver.Warm, len(to.Levels))}
	if len(w.Values) == len(from.Columns) {
		out.Values = make([]float64, len(to.Columns))
		for j, v := range w.Values {
			if column[j] >= 0 {
				out.Values[column[j]] = v
			}
		}
	}
	out.Opening = renamedBasis(w.Opening, from, to, column, row)
	level := levelNames(from, to)
	for k, left := range w.Levels[:min(len(w.Levels), len(from.Levels))] {
		if level[k] >= 0 {
			out.Levels[level[k]] = renamedBasis(left, from, to, column, row)
		}
	}
	for k, proofs := range w.Proofs[:min(len(w.Proofs), len(from.Levels))] {
		if level[k] < 0 {
			continue
		}
		for _, p := range proofs {
			out.Proofs[level[k]] = append(out.Proofs[level[k]], renamed(p, from, to, k, level, column, row))
		}
	}
	return out
}

// renamedBasis is a basis by the columns and rows of another model: new columns rest at their lower bounds, new rows are basic, and
// so are the rows of levels.
func renamedBasis(w *solver.Warm, from, to *mip.Model, column, row []int) *solver.Warm {
	if w == nil || len(w.Basis) < len(from.Columns)+len(from.Rows) {
		return nil
	}
	out := make([]solver.BasisStatus, len(to.Columns)+len(to.Rows))
	for i := range to.Rows {
		out[len(to.Columns)+i] = solver.Basic
	}
	for j, at := range column {
		if at >= 0 {
			out[at] = w.Basis[j]
		}
	}
	for i, at := range row {
		if at >= 0 {
			out[len(to.Columns)+at] = w.Basis[len(from.Columns)+i]
		}
	}
	return &solver.Warm{Basis: out}
}

// names finds each column and row of from in to, -1 where it has gone.
func names(from, to *mip.Model) (column, row []int) {
	column = places(len(from.Columns), func(j int) string { return from.Columns[j].Name }, len(to.Columns), func(j int) string { return to.Columns[j].Name })
	row = places(len(from.Rows), func(i int) string { return from.Rows[i].Name }, len(to.Rows), func(i int) string { return to.Rows[i].Name })
	return column, row
}

// places finds n names among many others, as a rule more, -1 where one is not there.
func places(n int, name func(int) string, many int, other func(int) string) []int {
	at, out := make(map[string]int, n), make([]int, n)
	for i := range n {
		at[name(i)], out[i] = i, -1
	}
	for k := range many {
		if i, known := at[other(k)]; known {
			out[i] = k
		}
	}
	return out
}

func found(at map[string]int, name string) int {
	if i, ok := at[name]; ok {
		return i
	}
	return -1
}

func levelNames(from, to *mip.Model) []int {
	at := map[string]int{}
	for k := range to.Levels {
		at[to.Levels[k].Name] = k
	}
	out := make([]int, len(from.Levels))
	for k := range from.Levels {
		out[k] = found(at, from.Levels[k].Name)
	}
	return out
}

// renamed is a proof of level k of from as one of to: multipliers follow their rows, those of an earlier level its name where it
// still comes before. Branches on columns that have gone end in a leaf; cuts are left out, and proofs with ladders are but one leaf.
func renamed(p *solver.Proof, from, to *mip.Model, k int, level, column, row []int) *solver.Proof {
	n, now := len(from.Rows), level[k]
	p = p.Plain(n + k)
	move := func(y []float64) []float64 {
		out := make([]float64, len(to.Rows)+now)
		for i, v := range y[:min(len(y), n+k)] {
			switch {
			case i < n && row[i] >= 0:
				out[row[i]] = v
			case i >= n && level[i-n] >= 0 && level[i-n] < now:
				out[len(to.Rows)+level[i-n]] = v
			}
		}
		return append(out, y[min(len(y), n+k):]...)
	}
	out := mapped(p, move, move, func(i int) int {
		switch {
		case i < n:
			return row[i]
		case i < n+k && level[i-n] >= now:
			return -1
		case i < n+k && level[i-n] >= 0:
			return len(to.Rows) + level[i-n]
		case i < n+k:
			return -1
		}
		return i - n - k + len(to.Rows) + now
	})
	for i := range out.Cuts {
		referCut(&out.Cuts[i], column)
	}
	for i := range out.Nodes {
		if !refer(&out.Nodes[i], column, row) {
			out.Nodes[i] = solver.ProofNode{Multipliers: out.Nodes[i].Multipliers}
		}
	}
	return out
}

// refer has an inner node refer to the new columns and rows; false where what it divides by has gone. Of sets and sums what has
// gone is left out: nothing can use it.
func refer(n *solver.ProofNode, column, row []int) bool {
	switch n.Kind {
	case solver.KindLeaf:
		return true
	case solver.KindBranch:
		n.Column = column[n.Column]
		return n.Column >= 0
	case solver.KindDivide:
		if n.Row = row[n.Row]; n.Row < 0 {
			return false
		}
	}
	n.Columns, n.Coefs = renamedSet(n.Columns, n.Coefs, column)
	return true
}

// referCut puts the rows and columns of a cut in the order of another model; without one of its rows, which is -1, it is no cut.
func referCut(c *solver.Cut, column []int) {
	order := make([]int, len(c.Rows))
	for e := range order {
		order[e] = e
	}
	slices.SortFunc(order, func(a, b int) int { return c.Rows[a] - c.Rows[b] })
	moved := solver.Cut{Divisor: c.Divisor, Other: slices.Sorted(slices.Values(c.Other))}
	for _, e := range order {
		if c.Rows[e] < 0 {
			*c = solver.Cut{}
			return
		}
		moved.Rows, moved.Y = append(moved.Rows, c.Rows[e]), append(moved.Y, c.Y[e])
	}
	moved.Upper, _ = renamedSet(c.Upper, nil, column)
	*c = moved
}

func renamedSet(set []int, coefs []int64, column []int) ([]int, []int64) {
	type item struct {
		column int
		coef   int64
	}
	var items []item
	for e, j := range set {
		if column[j] >= 0 {
			it := item{column[j], 1}
			if coefs != nil {
				it.coef = coefs[e]
			}
			items = append(items, it)
		}
	}
	slices.SortFunc(items, func(a, b item) int { return a.column - b.column })
	columns, weights := make([]int, len(items)), make([]int64, len(items))
	for e, it := range items {
		columns[e], weights[e] = it.column, it.coef
	}
	if coefs == nil {
		weights = nil
	}
	return columns, weights
}

// handDown keeps the bases of an earlier run for what needed no solve this time.
func (w *Warm) handDown(from *Warm) {
	if from == nil {
		return
	}
	if w.Opening == nil {
		w.Opening = from.Opening
	}
	for k := range min(len(w.Levels), len(from.Levels)) {
		if w.Levels[k] == nil {
			w.Levels[k] = from.Levels[k]
		}
	}
}

// Recount counts anew, in the solution, all that only counts in m; where its choices break no row, it holds then.
func (w *Warm) Recount(ctx context.Context, m *mip.Model, backend solver.Solver, p solver.Params) {
	if m.Choices == 0 || len(w.Values) != len(m.Columns) {
		return
	}
	if x := Recount(ctx, m, clipped(m, w.Values), backend, p); x != nil {
		w.Values, w.Counted = x, true
	}
}

// Join adds what another solve left behind: its solution where it holds and is better, and its proofs.
func (w *Warm) Join(m *mip.Model, other *Warm) {
	if other.Counted && (!w.Counted || Better(m, other.Values, w.Values)) {
		w.Values, w.Counted = other.Values, true
	}
	for k := range w.Proofs {
		w.Proofs[k] = append(w.Proofs[k], other.Proofs[k]...)
	}
}

// recall takes up what an earlier solve left behind: its solution, mended where it breaks rows now.
func (r *run) recall(ctx context.Context, w *Warm) {
	r.warm = w
	if w == nil || r.values != nil || len(w.Values) != len(r.model.Columns) {
		return
	}
	if w.Counted {
		r.values, r.tidy = w.Values, w.Values
		return
	}
	x := clipped(r.model, w.Values)
	switch {
	case r.model.Violation(x, mip.FeasTol) == "":
		r.values = x
	case terms(r.model) >= mendTerms:
		r.values = r.mend(ctx, x)
	}
	r.broken = x
}

func terms(m *mip.Model) int {
	n := 0
	for i := range m.Rows {
		n += len(m.Rows[i].Terms)
	}
	return n
}

// clipped moves values into the bounds of their columns, integers for integer columns.
func clipped(m *mip.Model, x []float64) []float64 {
	out := slices.Clone(x)
	for j, c := range m.Columns {
		lower, upper := c.Lower, c.Upper
		if c.Integer {
			lower, upper, out[j] = math.Ceil(lower), math.Floor(upper), math.Round(out[j])
		}
		out[j] = math.Max(lower, math.Min(upper, out[j])) + 0
	}
	return out
}

// provedBefore tries whether an old proof of the level says of the model as it is now that the incumbent is good enough.
func (r *run) provedBefore(k int) bool {
	if r.warm == nil || r.values == nil || k >= len(r.warm.Proofs) {
		return false
	}
	for _, p := range r.warm.Proofs[k] {
		m := r.staged(k)
		bound := p.Bound(m)
		if m.Integral(&m.Levels[0]) {
			bound = math.Ceil(bound - impliedTol*math.Max(1, math.Abs(bound)))
		}
		if bound > r.levels[k].Bound && !math.IsInf(bound, 1) {
			r.levels[k].Bound = bound
			r.prove(k, p)
		}
		if r.met(k) {
			return true
		}
	}
	return false
}

// staged is the model of level k with one row for each earlier level, as certificates count them. It grows from level to level while
// the incumbent stays.
func (r *run) staged(k int) *mip.Model {
	if r.stage == nil || !same(r.values, r.stagedAt) {
		r.stage, r.stagedAt = r.model.WithLevel(0), r.values
		r.stage.Columns = slices.Clone(r.stage.Columns)
	}
	m := r.stage
	m.Levels = r.model.Levels[k : k+1]
	for i := len(m.Rows) - len(r.model.Rows); i < k; i++ {
		level := &r.model.Levels[i]
		keep(m, level, r.value(i))
		m.AddRow(mip.Constraint{Lower: math.Inf(-1), Upper: r.value(i) - level.Constant, Terms: level.Terms})
	}
	return m
}

// Numbers of mending.
const (
	// mendTerms: smaller models are opened in less time than a few neighbourhoods take.
	mendTerms = 200_000
	// mendShare is the part of the time that mending an old solution may take, as a quotient.
	mendShare = 10
	// mendRings is how far from the broken rows columns are let go.
	mendRings = 3
	// longRow: a row of more columns than this says too little about one of them to spread the damage.
	longRow = 2000
	// mendGap ends the search for a mended solution: it is a beginning, not an answer.
	mendGap = 0.01
)

// mend looks for a solution near x, which breaks rows: the columns of those rows are let go, then those of the rows in which
// they stand, and so on, while all others stay as they are. Nil where none is found.
func (r *run) mend(ctx context.Context, x []float64) []float64 {
	p := solver.Params{Gap: mendGap, Seed: r.params.Seed}
	if r.params.Time > 0 {
		p.Time = max(r.params.Time/mendShare, time.Millisecond)
	}
	deadline := time.Now().Add(p.Time)
	sum := summed(r.model, r.model.Levels, openingWeights(r.model))
	free := make([]bool, len(x))
	for ring := range mendRings {
		if spread(r.model, x, free, ring) == 0 || p.Time > 0 && !time.Now().Before(deadline) {
			return nil
		}
		near := *sum
		near.Columns = slices.Clone(sum.Columns)
		for j := range near.Columns {
			if !free[j] {
				near.Columns[j].Lower, near.Columns[j].Upper = x[j], x[j]
			}
		}
		found, err := r.backend.Solve(ctx, &near, p)
		if err == nil && found.Values != nil && r.model.Violation(found.Values, mip.FeasTol) == "" && integersExact(r.model, found.Values) {
			r.nodes += found.Nodes
			return found.Values
		}
	}
	return nil
}

// spread lets go the columns of the rows that x breaks, in later rings those of the rows that have a column that was let go and
// is not zero. It returns how many were added.
func spread(m *mip.Model, x []float64, free []bool, ring int) int {
	var rows []mip.Row
	for i := range m.Rows {
		r := &m.Rows[i]
		if hit := ring == 0 && breaks(r, x) || ring > 0 && len(r.Terms) <= longRow && touches(r, x, free); hit {
			rows = append(rows, mip.Row(i))
		}
	}
	added := 0
	for _, i := range rows {
		for _, t := range m.Rows[i].Terms {
			if !free[t.Col] {
				free[t.Col] = true
				added++
			}
		}
	}
	return added
}

func breaks(r *mip.Constraint, x []float64) bool {
	sum := mip.Dot(r.Terms, x)
	tol := mip.FeasTol * math.Max(1, math.Abs(sum))
	return sum < r.Lower-tol || sum > r.Upper+tol
}

func touches(r *mip.Constraint, x []float64, free []bool) bool {
	for _, t := range r.Terms {
		if free[t.Col] && x[t.Col] != 0 {
			return true
		}
	}
	return false
}
