package native

import "math"

// scaling holds powers of two, so that scaling and unscaling are exact: a'_ij = a_ij row_i col_j, x'_j = x_j/col_j,
// c'_j = c_j col_j cost. Integer columns keep col_j = 1.
type scaling struct {
	row, col []float64
	cost     float64
}

// scaleProblem brings rows and then continuous columns near one by the geometric mean of their extreme entries
// (Curtis and Reid's aim, in one cheap pass), and the largest cost to about a thousand.
func scaleProblem(p *problem) (scaling, matrix) {
	s := scaling{row: make([]float64, p.m), col: make([]float64, p.n), cost: 1}
	for i := range p.m {
		_, val := p.rows.vec(i)
		s.row[i] = meanScale(val, nil, nil)
	}
	a := matrix{start: p.cols.start, index: p.cols.index, value: append([]float64(nil), p.cols.value...)}
	top := 0.0
	for j := range p.n {
		idx, val := a.vec(j)
		s.col[j] = 1
		if !p.integer[j] {
			s.col[j] = meanScale(val, idx, s.row)
		}
		for e, i := range idx {
			val[e] *= s.row[i] * s.col[j]
		}
		top = math.Max(top, math.Abs(p.cost[j]*s.col[j]))
	}
	if top > costTop || top > 0 && top < 1/costTop {
		s.cost = powerOfTwo(costTop / top)
	}
	return s, a
}

// costTop is the largest scaled cost: with it dualTol is a relative tolerance of about 1e-10.
const costTop = 1024.0

func meanScale(val []float64, idx []int32, by []float64) float64 {
	least, most := math.Inf(1), 0.0
	for e, v := range val {
		v = math.Abs(v)
		if idx != nil {
			v *= by[idx[e]]
		}
		least, most = math.Min(least, v), math.Max(most, v)
	}
	if most == 0 {
		return 1
	}
	return powerOfTwo(1 / math.Sqrt(least*most))
}

func powerOfTwo(v float64) float64 {
	return math.Exp2(math.Round(math.Max(-60, math.Min(60, math.Log2(v)))))
}
