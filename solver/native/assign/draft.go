package assign

// draft is a change of an assignment's rows that is being weighed. Several drafts of one assignment may be written side by side, as long
// as nobody changes the assignment itself.
type draft struct {
	delta   []float64 // by side row
	mark    []bool
	touched []int32
	hit     []int32 // gates
	hitMark []bool
}

func (l *Local) draft() draft {
	return draft{delta: make([]float64, len(l.rows)), mark: make([]bool, len(l.rows)), hitMark: make([]bool, len(l.gates))}
}

// change adds the entries of choice c, sign times.
func (d *draft) change(l *Local, c int32, sign float64) {
	if c < 0 {
		return
	}
	rows, val := l.ent.at(c)
	for e, q := range rows {
		if !d.mark[q] {
			d.mark[q] = true
			d.touched = append(d.touched, q)
			if b := l.block[q]; b >= 0 && !d.hitMark[b] {
				d.hitMark[b] = true
				d.hit = append(d.hit, b)
			}
		}
		d.delta[q] += sign * val[e]
	}
}

// moves adds the moves of a chain and returns what they cost outside the side rows.
func (d *draft) moves(l *Local, chain []move) float64 {
	sum := 0.0
	for _, m := range chain {
		d.change(l, m.from, -1)
		d.change(l, m.to, 1)
		sum += l.price(m.left, m.to) - l.price(m.left, m.from)
	}
	return sum
}

// cost is what the changes cost in side rows, penalties included.
func (d *draft) cost(l *Local) float64 {
	sum := 0.0
	for _, q := range d.touched {
		if t := d.delta[q]; t != 0 {
			if r := &l.rows[q]; r.plain {
				sum += r.price(l.act[q]+t) - r.price(l.act[q])
			}
		}
	}
	for _, b := range d.hit {
		sum += l.gateCost(b, d) - l.gateCost(b, nil)
	}
	return sum
}

// forget drops the changes.
func (d *draft) forget() {
	for _, q := range d.touched {
		d.delta[q], d.mark[q] = 0, false
	}
	for _, b := range d.hit {
		d.hitMark[b] = false
	}
	d.touched, d.hit = d.touched[:0], d.hit[:0]
}

// commit makes the changes of the rows and returns the change of the objective in them.
func (l *Local) commit(d *draft) float64 {
	sum := 0.0
	for _, b := range d.hit {
		from, to := l.gateCost(b, nil), l.gateCost(b, d)
		sum += to - from
		if from >= l.big {
			l.Broken--
		}
		if to >= l.big {
			l.Broken++
		}
	}
	for _, q := range d.touched {
		t := d.delta[q]
		if t == 0 {
			continue
		}
		r := &l.rows[q]
		if r.plain {
			from, was := r.soft(l.act[q])
			to, is := r.soft(l.act[q] + t)
			sum += to - from
			if was > 0 {
				l.Broken--
			}
			if is > 0 {
				l.Broken++
			}
		}
		l.act[q] += t
	}
	return sum
}

// gateCost is the price of the cheapest column that a gate lets through, after the changes of a draft, nil none.
func (l *Local) gateCost(b int32, d *draft) float64 {
	g := &l.gates[b]
	best := min(l.big, g.least)
	for c, rows := range g.rows {
		if g.price[c] >= best || rows == nil {
			continue
		}
		open := true
		for _, q := range rows {
			a := l.act[q]
			if d != nil {
				a += d.delta[q]
			}
			if l.rows[q].up-a < 1-rowTol {
				open = false
				break
			}
		}
		if open {
			best = g.price[c]
		}
	}
	return best
}
