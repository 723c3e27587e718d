package native

import "math"

// knapsacks is a problem of choices under limits whose bound is a knapsack for each limit: every column is binary and stands in one
// row of choice and in one limit at the most, and all data are integers. Its tree (worths.go) divides it until the knapsacks prove
// the incumbent, and states that for the certificate, so rows and columns are those of the given model.
type knapsacks struct {
	row    []int   // by choice: its row
	atMost []bool  // by choice: nothing may be chosen
	first  []int32 // by choice: its first option; one more at the end
	of     []int32 // by option: its choice
	col    []int   // by option: its column
	cost   []int64 // by option, in units of worths
	limit  []int32 // by option, -1 none
	weight []int   // by option
	limits []int   // by limit: its row
	room   []int   // by limit
	bits   int     // worths are multiples of 2^-bits
	offset float64
	step   float64 // of the objective, see problem.wholeStep

	rows, columns int // of the model
}

const (
	worthBits  = 8        // worths are multiples of 2^-8, so that bounds are exact: finer ones are longer in certificates and prove no more
	costMost   = 1 << 26  // of a cost in units of worths, and of the room of a limit: dearer ones have coarser worths
	worthMost  = 1 << 30  // of a worth
	tableCells = 16 << 20 // of the tables of all limits, at the most
	roomMost   = 1 << 21  // of a limit
)

// layKnapsacks reads a problem as knapsacks, nil where it is something else.
func layKnapsacks(p *problem) *knapsacks {
	k := &knapsacks{offset: p.offset, step: p.wholeStep(), rows: p.m, columns: p.n, first: []int32{0}}
	if !k.scale(p) {
		return nil
	}
	choice := p.choiceRows()
	limit, ok := k.layLimits(p, choice)
	if !ok {
		return nil
	}
	seen := 0
	for i := range p.m {
		if !choice[i] {
			continue
		}
		idx, _ := p.rows.vec(i)
		seen += len(idx)
		for _, j := range idx {
			k.add(p, j, limit[j])
		}
		k.row, k.atMost, k.first = append(k.row, i), append(k.atMost, p.rowLo[i] < 1), append(k.first, int32(len(k.of)))
	}
	if seen < p.n || k.cells() > tableCells {
		return nil
	}
	return k
}

// choiceRows finds rows of choice that share no column: first those that ask for one, then those that allow one.
func (p *problem) choiceRows() []bool {
	choice, taken := make([]bool, p.m), make([]bool, p.n)
	for _, asks := range []bool{true, false} {
		for i := range p.m {
			if asks == (p.rowLo[i] == 1) && !choice[i] && p.isChoice(i, taken) {
				choice[i] = true
				idx, _ := p.rows.vec(i)
				for _, j := range idx {
					taken[j] = true
				}
			}
		}
	}
	return choice
}

// isChoice says whether row i takes one, or at most one, of binary columns that are in no row of choice yet.
func (p *problem) isChoice(i int, taken []bool) bool {
	idx, val := p.rows.vec(i)
	if p.rowUp[i] != 1 || p.rowLo[i] != 1 && p.rowLo[i] > 0 {
		return false
	}
	for e, j := range idx {
		if val[e] != 1 || taken[j] || !p.integer[j] || p.lower[j] != 0 || p.upper[j] != 1 {
			return false
		}
	}
	return len(idx) > 0
}

// layLimits lays out the limits, and says by column in which it stands, -1 none; false where a row is something else, or a column
// stands in two limits.
func (k *knapsacks) layLimits(p *problem, choice []bool) (limit []int32, ok bool) {
	limit = make([]int32, p.n)
	for j := range limit {
		limit[j] = -1
	}
	for i := range p.m {
		if choice[i] {
			continue
		}
		idx, val := p.rows.vec(i)
		most := p.rowUp[i]
		if p.rowLo[i] > 0 || !(most >= 0) || most != math.Trunc(most) || most > roomMost {
			return nil, false
		}
		for e, j := range idx {
			if limit[j] >= 0 || val[e] < 0 || val[e] != math.Trunc(val[e]) || val[e] > costMost {
				return nil, false
			}
			limit[j] = int32(len(k.limits))
		}
		k.limits, k.room = append(k.limits, i), append(k.room, int(most))
	}
	return limit, true
}

// scale says how fine worths can be; false where a cost is no integer of moderate size, or all are zero.
func (k *knapsacks) scale(p *problem) bool {
	top := 0.0
	for _, c := range p.cost {
		top = math.Max(top, math.Abs(c))
	}
	for k.bits = worthBits; k.bits > 0 && math.Ldexp(top, k.bits) > costMost; k.bits-- {
	}
	return k.step > 0 && math.Ldexp(top, k.bits) <= costMost
}

// add is one more option, the column j that stands in a limit, -1 none.
func (k *knapsacks) add(p *problem, j, limit int32) {
	weight := 0
	rows, val := p.cols.vec(int(j))
	for e, r := range rows {
		if limit >= 0 && int(r) == k.limits[limit] {
			weight = int(val[e])
		}
	}
	k.of, k.col, k.cost = append(k.of, int32(len(k.row))), append(k.col, int(j)), append(k.cost, int64(math.Ldexp(p.cost[j], k.bits)))
	k.limit, k.weight = append(k.limit, limit), append(k.weight, weight)
}

// marks are bits by option, of those that are closed, and behind them by choice, of those that have to choose although they allow nothing.
type marks []uint64

func (m marks) set(i int)      { m[i/64] |= 1 << (i % 64) }
func (m marks) has(i int) bool { return m[i/64]>>(i%64)&1 == 1 }

// wide marks the options that do not fit into their limits.
func (k *knapsacks) wide() marks {
	closed := make(marks, (len(k.of)+len(k.row)+63)/64)
	for o, i := range k.limit {
		if i >= 0 && k.weight[o] > k.room[i] {
			closed.set(o)
		}
	}
	return closed
}

// except closes all options of a choice but one.
func (k *knapsacks) except(closed marks, o int32) {
	c := k.of[o]
	for a := k.first[c]; a < k.first[c+1]; a++ {
		if a != o {
			closed.set(int(a))
		}
	}
}

// units is a value of the objective in units of worths, rounded up; value is the opposite, lifted to what the objective can take.
func (k *knapsacks) units(value float64) int64 {
	return int64(math.Ceil(math.Ldexp(value-k.offset, k.bits)))
}

func (k *knapsacks) value(units int64) float64 {
	return k.offset + k.step*math.Ceil(math.Ldexp(float64(units), -k.bits)/k.step-stepSlack)
}

// cells is how large the tables of all limits can be.
func (k *knapsacks) cells() int {
	count, sum := make([]int, len(k.room)), 0
	for _, i := range k.limit {
		if i >= 0 {
			count[i]++
		}
	}
	for i, n := range count {
		sum += n * (k.room[i] + 1)
	}
	return sum
}
