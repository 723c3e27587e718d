package assign

import "math"

// takers are, by side row with a lower side, the candidates that add to it.
func (a *Anneal) takers() [][]take {
	l := a.l
	list := make([][]take, len(l.rows))
	for i := range l.Choice {
		for k, e := range a.arcs.of(int32(i)) {
			rows, val := l.ent.at(e.choice)
			for v, q := range rows {
				if val[v] > 0 && !math.IsInf(l.rows[q].lo, -1) {
					list[q] = append(list[q], take{int32(i), int32(k)})
				}
			}
		}
	}
	return list
}

// look finds the rows that are broken, and who could help: those who could add to one in which too little stands, and those who stand in
// one with too much.
func (a *Anneal) look() {
	l := a.l
	a.urgent = a.urgent[:0]
	if l.Broken == 0 {
		return
	}
	over := false
	for q := range l.rows {
		r := &l.rows[q]
		_, left := r.soft(l.act[q])
		a.over[q] = left > 0 && r.plain && l.act[q] > r.up
		if over = over || a.over[q]; left > 0 && r.plain && l.act[q] < r.lo {
			a.urgent = append(a.urgent, a.takes[q]...)
		}
	}
	for i, c := range l.Choice {
		if over && a.eases(c) {
			a.urgent = append(a.urgent, take{int32(i), -1})
		}
	}
}

// eases says whether choice c, -1 none, stands in a row with too much.
func (a *Anneal) eases(c int32) bool {
	if c < 0 {
		return false
	}
	rows, val := a.l.ent.at(c)
	for k, q := range rows {
		if val[k] > 0 && a.over[q] {
			return true
		}
	}
	return false
}

const (
	urgentLooks = 2 // in as many trials as there are lefts
	urgentShare = 8 // of the trials concern broken rows where there are any
)

// relief is what rows give back at once by a take: those that are broken and get nearer to their sides.
func (a *Anneal) relief(u take) float64 {
	sum := a.l.relief(a.l.Choice[u.left], -1)
	if u.arc >= 0 {
		sum += a.l.relief(a.arcs.of(u.left)[u.arc].choice, 1)
	}
	return sum
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
