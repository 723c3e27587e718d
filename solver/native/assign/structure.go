package assign

import (
	"container/heap"
	"math"
)

// Structure is the assignment inside a problem: two families of rows, left and right, such that no column lies in two
// rows of one family. All columns of these rows are binary with coefficient one, and the sum of a row is at most one.
type Structure struct {
	P           *Problem
	Left, Right []int32 // rows
	LeftOf      []int32 // by column: index into Left, -1 none
	RightOf     []int32 // by column: index into Right, -1 none
	Side        []int32 // all other rows
	Pairs       int     // columns with both
}

const (
	unknown int8 = iota
	leftRow
	rightRow
	otherRow
)

// Detect finds the assignment in a problem. Rows are coloured greedily, equations before inequalities and long rows
// before short ones, each next to one that has its colour already, so that rows of one kind get one colour. It takes
// time linear in the matrix but for the heap.
func Detect(p *Problem) *Structure {
	d := &detector{p: p, colour: make([]int8, p.M), left: make([]int32, p.N), right: make([]int32, p.N), queued: make([]bool, p.M)}
	for j := range p.N {
		d.left[j], d.right[j] = -1, -1
	}
	var all []int32
	for i := range p.M {
		if !d.unitRow(i) {
			d.colour[i] = otherRow
			continue
		}
		all = append(all, int32(i))
	}
	d.pending = rowHeap{p: p, rows: append([]int32(nil), all...)}
	heap.Init(&d.pending)
	d.near = rowHeap{p: p}
	for d.pending.Len() > 0 {
		i := heap.Pop(&d.pending).(int32)
		if d.colour[i] != unknown {
			continue
		}
		d.paint(i)
		for d.near.Len() > 0 {
			if k := heap.Pop(&d.near).(int32); d.colour[k] == unknown {
				d.paint(k)
			}
		}
	}
	return d.structure()
}

type detector struct {
	p             *Problem
	colour        []int8
	left, right   []int32 // by column: the row of each colour
	queued        []bool
	pending, near rowHeap
}

// unitRow says whether a row is a partition or packing of binary columns.
func (d *detector) unitRow(i int) bool {
	p := d.p
	if p.RowUp[i] != 1 || p.RowLo[i] > 0 && p.RowLo[i] != 1 {
		return false
	}
	idx, val := p.Rows.Vec(i)
	if len(idx) < 2 {
		return false
	}
	for e, j := range idx {
		if val[e] != 1 || p.Lower[j] != 0 || p.Upper[j] < 1 {
			return false
		}
	}
	return true
}

// paint gives a row the colour that its columns leave open, left where both are open and nothing is known.
func (d *detector) paint(i int32) {
	idx, _ := d.p.Rows.Vec(int(i))
	canLeft, canRight := true, true
	for _, j := range idx {
		canLeft = canLeft && d.left[j] < 0
		canRight = canRight && d.right[j] < 0
	}
	by := d.left
	switch {
	case canLeft:
		d.colour[i] = leftRow
	case canRight:
		d.colour[i], by = rightRow, d.right
	default:
		d.colour[i] = otherRow
		return
	}
	for _, j := range idx {
		by[j] = i
		rows, _ := d.p.Cols.Vec(int(j))
		for _, k := range rows {
			if d.colour[k] == unknown && !d.queued[k] {
				d.queued[k] = true
				heap.Push(&d.near, k)
			}
		}
	}
}

func (d *detector) structure() *Structure {
	p := d.p
	s := &Structure{P: p, LeftOf: d.left, RightOf: d.right}
	number := make([]int32, p.M)
	for i := range p.M {
		switch d.colour[i] {
		case leftRow:
			number[i] = int32(len(s.Left))
			s.Left = append(s.Left, int32(i))
		case rightRow:
			number[i] = int32(len(s.Right))
			s.Right = append(s.Right, int32(i))
		default:
			s.Side = append(s.Side, int32(i))
		}
	}
	for j := range p.N {
		if s.LeftOf[j] >= 0 {
			s.LeftOf[j] = number[s.LeftOf[j]]
		}
		if s.RightOf[j] >= 0 {
			s.RightOf[j] = number[s.RightOf[j]]
		}
		if s.LeftOf[j] >= 0 && s.RightOf[j] >= 0 {
			s.Pairs++
		}
	}
	return s
}

// rowHeap gives equations first, then long rows, then the first ones.
type rowHeap struct {
	p    *Problem
	rows []int32
}

func (h *rowHeap) Len() int { return len(h.rows) }
func (h *rowHeap) Less(a, b int) bool {
	i, k := h.rows[a], h.rows[b]
	if ie, ke := h.p.RowLo[i] == 1, h.p.RowLo[k] == 1; ie != ke {
		return ie
	}
	if il, kl := h.size(i), h.size(k); il != kl {
		return il > kl
	}
	return i < k
}
func (h *rowHeap) size(i int32) int { return h.p.Rows.Start[i+1] - h.p.Rows.Start[i] }
func (h *rowHeap) Swap(a, b int)    { h.rows[a], h.rows[b] = h.rows[b], h.rows[a] }

// Push and Pop are for container/heap.
func (h *rowHeap) Push(v any) { h.rows = append(h.rows, v.(int32)) }
func (h *rowHeap) Pop() any {
	last := len(h.rows) - 1
	v := h.rows[last]
	h.rows = h.rows[:last]
	return v
}

var inf = math.Inf(1)
