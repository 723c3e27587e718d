package native

import "math"

// factor holds B = L R^-1 U of the current basis. Rows, basis positions and pivots carry the same labels 0..m-1
// (factorize permutes the basis so). U is kept by columns and by rows and updated as Forrest and Tomlin do
// (Mathematical Programming 2, 1972); the row transformations stand in the eta file R.
type factor struct {
	m          int
	lcol, lrow [][]entry // L without its unit diagonal, by pivot column and by row
	lcols      []int32   // pivots with a nonempty lcol, in pivot order
	lrows      []int32   // pivots with a nonempty lrow, in pivot order
	ucol, urow [][]entry // U without its diagonal
	diag       []float64
	order      []int32 // pivots in the order of the factorization
	seq        []int32 // pivots in the present order of U; -1 where one moved to the end
	place      []int32 // place[p] is the position of p in seq
	etaRow     []int32
	etaStart   []int
	eta        []entry
	updates    int
	fill       int // nonzeros of L, R and U
	fresh      int // fill after the factorization
	work       *elimination
}

func newFactor(m int) *factor {
	return &factor{
		m: m, lcol: make([][]entry, m), lrow: make([][]entry, m), ucol: make([][]entry, m),
		urow: make([][]entry, m), diag: make([]float64, m), place: make([]int32, m),
	}
}

func (f *factor) clear() {
	for i := range f.m {
		f.lcol[i], f.lrow[i] = f.lcol[i][:0], f.lrow[i][:0]
		f.ucol[i], f.urow[i] = f.ucol[i][:0], f.urow[i][:0]
	}
	f.lcols, f.lrows, f.order, f.seq = f.lcols[:0], f.lrows[:0], f.order[:0], f.seq[:0]
	f.etaRow, f.etaStart, f.eta = f.etaRow[:0], append(f.etaStart[:0], 0), f.eta[:0]
	f.updates, f.fill = 0, 0
}

// stale says that solving with the updates costs more than factorizing again.
func (f *factor) stale() bool {
	return f.updates >= maxUpdates || f.updates > 8 && f.fill > 3*f.fresh+2*f.m
}

// ftran solves B x = v in place. Where spike is not nil it receives v after L and R, as update wants it.
func (f *factor) ftran(v, spike []float64) {
	for _, p := range f.lcols {
		if t := v[p]; t != 0 {
			for _, e := range f.lcol[p] {
				v[e.at] -= e.v * t
			}
		}
	}
	for k, p := range f.etaRow {
		s := 0.0
		for _, e := range f.eta[f.etaStart[k]:f.etaStart[k+1]] {
			s += e.v * v[e.at]
		}
		v[p] -= s
	}
	if spike != nil {
		copy(spike, v)
	}
	for k := len(f.seq) - 1; k >= 0; k-- {
		p := f.seq[k]
		if p < 0 || v[p] == 0 {
			continue
		}
		t := v[p] / f.diag[p]
		if math.Abs(t) < zeroTol {
			v[p] = 0
			continue
		}
		v[p] = t
		for _, e := range f.ucol[p] {
			v[e.at] -= e.v * t
		}
	}
}

// btran solves B' x = v in place. Where part is not nil it receives v after U', as update wants it.
func (f *factor) btran(v, part []float64) {
	for _, p := range f.seq {
		if p < 0 || v[p] == 0 {
			continue
		}
		t := v[p] / f.diag[p]
		if math.Abs(t) < zeroTol {
			v[p] = 0
			continue
		}
		v[p] = t
		for _, e := range f.urow[p] {
			v[e.at] -= e.v * t
		}
	}
	if part != nil {
		copy(part, v)
	}
	for k := len(f.etaRow) - 1; k >= 0; k-- {
		if t := v[f.etaRow[k]]; t != 0 {
			for _, e := range f.eta[f.etaStart[k]:f.etaStart[k+1]] {
				v[e.at] -= e.v * t
			}
		}
	}
	for k := len(f.lrows) - 1; k >= 0; k-- {
		p := f.lrows[k]
		if t := v[p]; t != 0 {
			for _, e := range f.lrow[p] {
				v[e.at] -= e.v * t
			}
		}
	}
}

// update exchanges the column of label p: spike is the new column after L and R (from ftran), part is U'^-1 e_p
// (from btran), alpha the pivot element. False means that the result is not to be trusted: factorize again.
func (f *factor) update(p int32, spike, part []float64, alpha float64) bool {
	pivot := f.diag[p]
	sum, size := spike[p], math.Abs(spike[p])
	for j, z := range part {
		if z == 0 || int32(j) == p {
			continue
		}
		r := -z * pivot
		f.eta = append(f.eta, entry{int32(j), r})
		sum -= r * spike[j]
		size += math.Abs(r * spike[j])
	}
	f.etaRow = append(f.etaRow, p)
	f.etaStart = append(f.etaStart, len(f.eta))
	f.exchange(p, spike)
	f.diag[p] = pivot * alpha
	f.seq[f.place[p]] = -1
	f.place[p] = int32(len(f.seq))
	f.seq = append(f.seq, p)
	f.updates++
	f.fill += f.etaStart[len(f.etaStart)-1] - f.etaStart[len(f.etaStart)-2]
	return math.Abs(sum-f.diag[p]) <= updateTol*math.Max(math.Abs(sum), size*1e-3) && f.diag[p] != 0
}

// exchange replaces column p of U by the spike and empties row p.
func (f *factor) exchange(p int32, spike []float64) {
	for _, e := range f.ucol[p] {
		f.urow[e.at] = drop(f.urow[e.at], p)
	}
	for _, e := range f.urow[p] {
		f.ucol[e.at] = drop(f.ucol[e.at], p)
	}
	f.fill -= len(f.ucol[p]) + len(f.urow[p])
	f.ucol[p], f.urow[p] = f.ucol[p][:0], f.urow[p][:0]
	for i, v := range spike {
		if v == 0 || int32(i) == p || math.Abs(v) < zeroTol {
			continue
		}
		f.ucol[p] = append(f.ucol[p], entry{int32(i), v})
		f.urow[i] = append(f.urow[i], entry{p, v})
	}
	f.fill += len(f.ucol[p])
}
