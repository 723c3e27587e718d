package assign

import "math"

// rowUse says who stands in the side rows, so that a chain that a row forbids finds another to make room for it.
type rowUse struct {
	users [][]int32 // by side row: lefts whose choice adds to it, in no order
	place []int32   // by left and entry of its choice: where it is in users
	deg   int32     // most entries of a choice
	takes [][]take  // by side row with a lower side: candidates that add to it
}

type take struct {
	left int32
	arc  arc
}

func newRowUse(a *Anneal) *rowUse {
	l, u := a.l, &rowUse{users: make([][]int32, len(a.l.rows)), takes: make([][]take, len(a.l.rows))}
	for c := range l.cost {
		u.deg = max(u.deg, l.ent.start[c+1]-l.ent.start[c])
	}
	u.place = make([]int32, int(u.deg)*len(l.Choice))
	for i, list := range a.arcs {
		for _, e := range list {
			rows, val := l.ent.at(e.choice)
			for k, q := range rows {
				if val[k] > 0 && !math.IsInf(l.rows[q].lo, -1) {
					u.takes[q] = append(u.takes[q], take{int32(i), e})
				}
			}
		}
	}
	return u
}

// fill begins with the assignment as it is. A nil rowUse keeps nothing.
func (u *rowUse) fill(l *Local) {
	if u == nil {
		return
	}
	for q := range u.users {
		u.users[q] = u.users[q][:0]
	}
	for i, c := range l.Choice {
		u.add(l, int32(i), c)
	}
}

func (u *rowUse) add(l *Local, i, c int32) {
	if u == nil || c < 0 {
		return
	}
	rows, val := l.ent.at(c)
	for k, q := range rows {
		if val[k] > 0 {
			u.place[i*u.deg+int32(k)] = int32(len(u.users[q]))
			u.users[q] = append(u.users[q], i)
		}
	}
}

func (u *rowUse) drop(l *Local, i, c int32) {
	if u == nil || c < 0 {
		return
	}
	rows, val := l.ent.at(c)
	for k, q := range rows {
		if val[k] <= 0 {
			continue
		}
		list := u.users[q]
		at, end := u.place[i*u.deg+int32(k)], len(list)-1
		o := list[end]
		list[at], u.users[q] = o, list[:end]
		if o != i {
			u.place[o*u.deg+u.entry(l, l.Choice[o], q)] = at
		}
	}
}

// entry is which entry of choice c stands in row q.
func (u *rowUse) entry(l *Local, c, q int32) int32 {
	rows, _ := l.ent.at(c)
	for k, r := range rows {
		if r == q {
			return int32(k)
		}
	}
	return -1
}

// balance looks for a second chain, which makes room in the row that the first one costs most, and says whether to make both.
func (a *Anneal) balance(n *trial, h *hand) bool {
	q, rise, more := h.draft.dearest(a.l)
	if q < 0 {
		return false
	}
	i, e, ok := a.partner(n, q, more)
	if !ok {
		return false
	}
	n.used = 2
	if !a.follow(n, h, i, e, rise) || n.collide() {
		return false
	}
	h.draft.forget()
	return n.accepts(a.static(n, &h.draft)+h.draft.cost(a.l), a.heat)
}

// dearest is the row whose price a draft raises most, -1 none, and whether that is because more is put into it.
func (d *draft) dearest(l *Local) (row int32, most float64, more bool) {
	row = -1
	for _, q := range d.touched {
		if r := &l.rows[q]; r.plain && d.delta[q] != 0 {
			if rise := r.price(l.act[q]+d.delta[q]) - r.price(l.act[q]); rise > most {
				row, most, more = q, rise, d.delta[q] > 0
			}
		}
	}
	return row, most, more
}

// partner draws a left and what it shall take: one in the row that takes something else, where there is too much in it, or one that could
// add to it.
func (a *Anneal) partner(n *trial, q int32, more bool) (left int32, e arc, ok bool) {
	if !more {
		list := a.rows.takes[q]
		if len(list) == 0 {
			return 0, arc{}, false
		}
		t := list[n.rng.IntN(len(list))]
		return t.left, t.arc, t.arc.cost < a.distance
	}
	list := a.rows.users[q]
	if len(list) == 0 {
		return 0, arc{}, false
	}
	left = list[n.rng.IntN(len(list))]
	e = a.candidate(n, left)
	return left, e, e.choice >= 0 && a.rows.entry(a.l, e.choice, q) < 0
}

// look finds the rows that are broken, and who could help.
func (a *Anneal) look() {
	l := a.l
	a.urgent = a.urgent[:0]
	if a.rows == nil || l.Broken == 0 {
		return
	}
	for q := range l.rows {
		r := &l.rows[q]
		if _, left := r.soft(l.act[q]); left == 0 || !r.plain {
			continue
		}
		if l.act[q] < r.lo {
			a.urgent = append(a.urgent, a.rows.takes[q]...)
			continue
		}
		for _, i := range a.rows.users[q] {
			a.urgent = append(a.urgent, take{i, arc{choice: -1}})
		}
	}
}

const (
	urgentLooks = 2 // in as many trials as there are lefts
	urgentShare = 8 // of the trials concern broken rows where there are any
)

// relief is what rows give back at once when left i takes choice c: those that are broken and get nearer to their sides.
func (a *Anneal) relief(i, c int32) float64 {
	l := a.l
	return l.relief(l.Choice[i], -1) + l.relief(c, 1)
}

func (l *Local) relief(c int32, sign float64) float64 {
	sum := 0.0
	if c < 0 {
		return 0
	}
	rows, val := l.ent.at(c)
	for e, q := range rows {
		if r := &l.rows[q]; r.plain {
			sum += max(0, r.price(l.act[q])-r.price(l.act[q]+sign*val[e]))
		}
	}
	return sum
}

func (c *chain) has(i int32) bool {
	for _, m := range c.moves {
		if m.left == i {
			return true
		}
	}
	return false
}

// collide says whether both chains move the same left or fill the same right.
func (n *trial) collide() bool {
	for _, m := range n.chains[1].moves {
		if n.chains[0].has(m.left) {
			return true
		}
	}
	return n.chains[0].filled >= 0 && n.chains[0].filled == n.chains[1].filled
}
