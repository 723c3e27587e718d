package native

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// knapItem is a 0-1 column of a knapsack row, complemented where its coefficient was negative.
type knapItem struct {
	col    int32
	weight float64
	x      float64 // value in the relaxation, of the complement where flipped
	flip   bool
}

// knapsack reads side sign of row i as sum weight*item <= room over 0-1 items; other columns are set to the bound
// that leaves the most room. False where that is impossible or the items are too few.
func (m *mixer) knapsack(i int, sign float64) (items []knapItem, room float64, ok bool) {
	room = m.p.rowUp[i]
	if sign < 0 {
		room = -m.p.rowLo[i]
	}
	idx, val := m.p.rows.vec(i)
	if math.IsInf(room, 1) || len(idx) < 3 {
		return nil, 0, false
	}
	items = m.items[:0]
	for e, j := range idx {
		v, lo, hi := sign*val[e], m.lo[j], m.hi[j]
		switch {
		case m.p.integer[j] && hi-lo == 1 && v > 0:
			room -= v * lo
			items = append(items, knapItem{j, v, m.x[j] - lo, false})
		case m.p.integer[j] && hi-lo == 1:
			room -= v * hi
			items = append(items, knapItem{j, -v, hi - m.x[j], true})
		default:
			room -= math.Min(v*lo, v*hi)
		}
	}
	m.items = items
	return items, room, len(items) > 2 && !math.IsInf(room, 0) && !math.IsNaN(room) && room > 0
}

// cover separates a lifted cover inequality (Balas, Mathematical Programming 8, 1975): of a minimal set C that does
// not fit together, at most |C|-1 items, items as heavy as the h heaviest of C counting h times.
func (m *mixer) cover(i int, sign float64) *cut {
	items, room, ok := m.knapsack(i, sign)
	if !ok {
		return nil
	}
	slices.SortStableFunc(items, func(a, b knapItem) int { return cmp.Compare((1-a.x)*b.weight, (1-b.x)*a.weight) })
	eps := exactTol * math.Max(1, room)
	sum, k := 0.0, 0
	for ; k < len(items) && sum <= room+eps; k++ {
		sum += items[k].weight
	}
	if sum <= room+eps {
		return nil
	}
	in, rest := items[:k], items[k:]
	size, dropped := shrinkCover(in, sum, room+eps)
	rest = append(append([]knapItem(nil), dropped...), rest...)
	c := m.liftCover(in[:size], rest)
	if c == nil {
		return nil
	}
	return c.from(m.coverOrigin(i, sign, in[:size]))
}

// shrinkCover makes a cover minimal, dropping the items that the relaxation uses least; they move to the end.
func shrinkCover(in []knapItem, sum, room float64) (int, []knapItem) {
	slices.SortStableFunc(in, func(a, b knapItem) int { return cmp.Compare(b.x, a.x) })
	size := len(in)
	for k := len(in) - 1; k >= 0; k-- {
		if sum-in[k].weight > room {
			sum -= in[k].weight
			it := in[k]
			copy(in[k:size-1], in[k+1:size])
			in[size-1] = it
			size--
		}
	}
	return size, in[size:]
}

func (m *mixer) liftCover(in, rest []knapItem) *cut {
	weights := make([]float64, len(in))
	for k, it := range in {
		weights[k] = it.weight
	}
	slices.SortFunc(weights, func(a, b float64) int { return cmp.Compare(b, a) })
	for k := 1; k < len(weights); k++ {
		weights[k] += weights[k-1]
	}
	side := float64(len(in) - 1)
	put := func(it knapItem, c float64) {
		if it.flip { // c*(hi - x)
			m.put(it.col, -c)
			side -= c * m.hi[it.col]
		} else {
			m.put(it.col, c)
			side += c * m.lo[it.col]
		}
	}
	for _, it := range in {
		put(it, 1)
	}
	for _, it := range rest {
		h := sort.SearchFloat64s(weights, it.weight)
		if h < len(weights) && weights[h] == it.weight {
			h++
		}
		if h > 0 {
			put(it, float64(h))
		}
	}
	return m.clean(side)
}
