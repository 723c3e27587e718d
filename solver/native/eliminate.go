package native

import "math"

// elimination is one sparse Gaussian elimination of a basis, choosing pivots by Markowitz count (Management Science
// 3, 1957) under threshold stability (Suhl and Suhl, ORSA Journal on Computing 2, 1990). Singletons, which make up
// nearly all of an assignment basis, come first by themselves.
type elimination struct {
	f            *factor
	col          [][]entry // active entries of a basis position: row and value
	row          [][]int32 // basis positions with an active entry in the row
	upper        [][]entry // finished entries of a position, in rows pivoted earlier
	colBy, rowBy buckets
	mult         []float64 // multipliers of the current pivot by row
	seen         []int32   // seen[i] is stamp where row i was met in the current column
	stamp        int32
	rowOf        []int32 // rowOf[position] is its pivot row, -1 while active
}

// factorize computes LU of the basis whose position k holds column head[k] of [A I]. On return head is permuted so
// that position and pivot row agree. Columns that proved dependent are replaced by logicals; their old column
// numbers are returned.
func (f *factor) factorize(a *matrix, n int, head []int32) (evicted []int32) {
	k := f.begin(a, n, head)
	for {
		p, q := k.choose()
		if p < 0 {
			break
		}
		k.pivot(p, q)
	}
	evicted = k.repair(n, head)
	k.finish(head)
	return evicted
}

// begin loads the basis into the active lists, reusing the memory of the last factorization.
func (f *factor) begin(a *matrix, n int, head []int32) *elimination {
	m := f.m
	k := f.work
	if k == nil {
		k = &elimination{
			f: f, col: make([][]entry, m), row: make([][]int32, m), upper: make([][]entry, m),
			mult: make([]float64, m), seen: make([]int32, m), rowOf: make([]int32, m),
		}
		f.work = k
	}
	f.clear()
	k.colBy, k.rowBy = newBuckets(m), newBuckets(m)
	for i := range m {
		k.row[i], k.col[i], k.upper[i] = k.row[i][:0], k.col[i][:0], k.upper[i][:0]
		k.rowOf[i] = -1
	}
	for pos, j := range head {
		k.load(a, n, int32(pos), int(j))
	}
	for i := range m {
		k.colBy.put(int32(i), len(k.col[i]))
		k.rowBy.put(int32(i), len(k.row[i]))
	}
	return k
}

func (k *elimination) load(a *matrix, n int, pos int32, j int) {
	if j >= n {
		k.col[pos] = append(k.col[pos], entry{int32(j - n), 1})
		k.row[j-n] = append(k.row[j-n], pos)
		return
	}
	idx, val := a.vec(j)
	for e, i := range idx {
		k.col[pos] = append(k.col[pos], entry{i, val[e]})
		k.row[i] = append(k.row[i], pos)
	}
}

// choose searches the sparsest columns and rows for a stable pivot of small Markowitz cost; p is -1 at the end.
func (k *elimination) choose() (p, q int32) {
	p, q = -1, -1
	best, tried := math.MaxInt, 0
	for c := 1; c <= k.f.m && best > (c-1)*(c-1); c++ {
		for j := k.colBy.first[c]; j >= 0; {
			next := k.colBy.next[j]
			if i, cost := k.bestRow(j); i < 0 {
				k.colBy.remove(j) // nothing but noise left: dependent
			} else if tried++; cost < best {
				best, p, q = cost, i, j
			}
			if best <= (c-1)*(c-1) || tried >= markowitzTries && p >= 0 {
				return p, q
			}
			j = next
		}
		for i := k.rowBy.first[c]; i >= 0; i = k.rowBy.next[i] {
			if j, cost := k.bestColumn(i); j >= 0 && cost < best {
				best, p, q = cost, i, j
			}
			tried++
			if best <= c*(c-1) || tried >= markowitzTries && p >= 0 {
				return p, q
			}
		}
	}
	return p, q
}

// bestRow is the sparsest row that is a stable pivot for column j, -1 where the column is numerically zero.
func (k *elimination) bestRow(j int32) (row int32, cost int) {
	row, cost = -1, math.MaxInt
	floor := k.threshold(j)
	for _, e := range k.col[j] {
		if math.Abs(e.v) < floor {
			continue
		}
		if c := (len(k.row[e.at]) - 1) * (len(k.col[j]) - 1); c < cost {
			row, cost = e.at, c
		}
	}
	return row, cost
}

func (k *elimination) bestColumn(i int32) (col int32, cost int) {
	col, cost = -1, math.MaxInt
	for _, j := range k.row[i] {
		c := (len(k.row[i]) - 1) * (len(k.col[j]) - 1)
		if c >= cost || k.colBy.count[j] < 0 {
			continue
		}
		floor := k.threshold(j)
		for _, e := range k.col[j] {
			if e.at == i && math.Abs(e.v) >= floor {
				col, cost = j, c
			}
		}
	}
	return col, cost
}

// threshold is the least size of a stable pivot in column j.
func (k *elimination) threshold(j int32) float64 {
	largest := 0.0
	for _, e := range k.col[j] {
		largest = math.Max(largest, math.Abs(e.v))
	}
	return math.Max(markowitzThreshold*largest, singularTol)
}

// pivot eliminates row p and position q from the active part.
func (k *elimination) pivot(p, q int32) {
	f := k.f
	k.colBy.remove(q)
	k.rowBy.remove(p)
	k.rowOf[q] = p
	for _, e := range k.col[q] {
		if e.at == p {
			f.diag[p] = e.v
		}
	}
	for _, e := range k.col[q] {
		if e.at == p {
			continue
		}
		l := e.v / f.diag[p]
		k.mult[e.at] = l
		f.lcol[p] = append(f.lcol[p], entry{e.at, l})
		k.row[e.at] = dropIndex(k.row[e.at], q)
	}
	for _, j := range k.row[p] {
		if j != q {
			k.eliminate(p, j)
		}
	}
	for _, e := range f.lcol[p] {
		k.mult[e.at] = 0
		k.rowBy.move(e.at, len(k.row[e.at]))
	}
	f.order = append(f.order, p)
}

// eliminate moves the entry of row p in position j to U and subtracts the pivot column from the rest.
func (k *elimination) eliminate(p, j int32) {
	t := 0.0
	for _, e := range k.col[j] {
		if e.at == p {
			t = e.v
		}
	}
	k.col[j] = drop(k.col[j], p)
	k.upper[j] = append(k.upper[j], entry{p, t})
	if l := k.f.lcol[p]; len(l) > 0 {
		k.subtract(l, j, t)
	}
	k.colBy.move(j, len(k.col[j]))
}

func (k *elimination) subtract(l []entry, j int32, t float64) {
	k.stamp++
	list := k.col[j]
	for e := range list {
		i := list[e].at
		k.seen[i] = k.stamp
		if k.mult[i] != 0 {
			list[e].v -= k.mult[i] * t
		}
	}
	for _, e := range l {
		if k.seen[e.at] != k.stamp {
			list = append(list, entry{e.at, -e.v * t})
			k.row[e.at] = append(k.row[e.at], j)
		}
	}
	kept := list[:0]
	for _, e := range list {
		if math.Abs(e.v) < cancelTol {
			k.row[e.at] = dropIndex(k.row[e.at], j)
			k.rowBy.move(e.at, len(k.row[e.at]))
			continue
		}
		kept = append(kept, e)
	}
	k.col[j] = kept
}

// repair gives every row without a pivot its logical, in the places of the dependent columns.
func (k *elimination) repair(n int, head []int32) (evicted []int32) {
	pivoted := make([]bool, k.f.m)
	for _, p := range k.f.order {
		pivoted[p] = true
	}
	free := int32(0)
	for pos := range k.rowOf {
		if k.rowOf[pos] >= 0 {
			continue
		}
		for pivoted[free] {
			free++
		}
		evicted = append(evicted, head[pos])
		head[pos] = int32(n) + free
		k.rowOf[pos], k.f.diag[free] = free, 1
		k.upper[pos] = k.upper[pos][:0]
		k.f.order = append(k.f.order, free)
		pivoted[free] = true
	}
	return evicted
}

// finish renames positions to pivot rows and builds the row-wise copies.
func (k *elimination) finish(head []int32) {
	f := k.f
	old := append([]int32(nil), head...)
	for pos, p := range k.rowOf {
		head[p] = old[pos]
		f.ucol[p] = append(f.ucol[p][:0], k.upper[pos]...)
	}
	for at, p := range f.order {
		f.place[p] = int32(at)
		f.fill += len(f.lcol[p]) + len(f.ucol[p])
		for _, e := range f.ucol[p] {
			f.urow[e.at] = append(f.urow[e.at], entry{p, e.v})
		}
		for _, e := range f.lcol[p] {
			f.lrow[e.at] = append(f.lrow[e.at], entry{p, e.v})
		}
	}
	for _, p := range f.order {
		if len(f.lcol[p]) > 0 {
			f.lcols = append(f.lcols, p)
		}
		if len(f.lrow[p]) > 0 {
			f.lrows = append(f.lrows, p)
		}
	}
	f.seq = append(f.seq[:0], f.order...)
	f.fresh = f.fill
}
