package certify

import (
	"math"
	"math/big"

	"cadre/mip"
)

// wide is the general arithmetic: as it is written, every number is an integer divided by a power of ten, so that all data of a stage
// are integers once multiplied by the largest of these.
type wide struct {
	places  int
	unit    *big.Int // 10^places
	cost    []*big.Int
	reduced []big.Int
	known   map[float64]*big.Int // numbers in units
}

func newWide(s *stage) *wide {
	w := &wide{cost: make([]*big.Int, len(s.model.Columns)), reduced: make([]big.Int, len(s.model.Columns)), known: map[float64]*big.Int{}}
	note := func(v float64) { w.places = max(w.places, fraction(v)) }
	terms := func(ts []mip.Term) {
		for _, t := range ts {
			note(t.Coef)
		}
	}
	for j := range s.lower {
		note(s.lower[j])
		note(s.upper[j])
	}
	for i := range s.model.Rows {
		note(s.model.Rows[i].Lower)
		note(s.model.Rows[i].Upper)
		terms(s.model.Rows[i].Terms)
	}
	terms(s.model.Levels[0].Terms)
	w.unit = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(w.places)), nil)
	for _, t := range s.model.Levels[0].Terms {
		w.cost[t.Col] = w.integer(t.Coef)
	}
	return w
}

// fraction is how many decimal places v has as it is written.
func fraction(v float64) int {
	if math.IsInf(v, 0) || v == math.Trunc(v) {
		return 0
	}
	n, _ := mip.Rat(v).FloatPrec()
	return n
}

// integer is v in units. Nobody may change it.
func (w *wide) integer(v float64) *big.Int {
	n, ok := w.known[v]
	if !ok {
		r := mip.Rat(v)
		n = r.Mul(r, new(big.Rat).SetInt(w.unit)).Num()
		w.known[v] = n
	}
	return n
}

// bound is stage.bound. Reduced costs are integers over the leaf's denominator times units, the sum over that times units squared.
func (w *wide) bound(s *stage, p place, l *Leaf) *big.Rat {
	sum, product := w.reduce(s, p, l), new(big.Int)
	for j := range w.reduced {
		r := &w.reduced[j]
		if r.Sign() == 0 {
			continue
		}
		at := p.lower[j]
		if r.Sign() < 0 {
			at = p.upper[j]
		}
		if math.IsInf(at, 0) {
			return nil
		}
		sum.Add(sum, product.Mul(r, w.integer(at)))
	}
	under := product.Mul(w.unit, w.unit)
	out := new(big.Rat).SetFrac(sum, under.Mul(under, l.denominator()))
	if !l.Ray {
		out.Add(out, s.constant)
	}
	return out
}

// reduce leaves the reduced costs, and returns what the rows' sides give.
func (w *wide) reduce(s *stage, p place, l *Leaf) *big.Int {
	over := l.denominator()
	for j := range w.reduced {
		w.reduced[j].SetInt64(0)
		if !l.Ray && w.cost[j] != nil {
			w.reduced[j].Mul(w.cost[j], over)
		}
	}
	sum, product := new(big.Int), new(big.Int)
	for e, i := range l.Rows {
		if l.sign(e) == 0 {
			continue
		}
		y := l.weight(e)
		product.Mul(y, w.integer(s.side(p, i, y.Sign() > 0)))
		sum.Add(sum, product.Mul(product, w.unit))
		w.subtract(s, p, i, y)
	}
	return sum
}

// subtract takes y times row i off the reduced costs.
func (w *wide) subtract(s *stage, p place, i int, y *big.Int) {
	product := new(big.Int)
	if k := i - len(s.model.Rows); k >= 0 {
		for e, j := range p.own[k].columns {
			w.reduced[j].Sub(&w.reduced[j], product.Mul(y, w.integer(float64(p.own[k].coef(e)))))
		}
		return
	}
	for _, t := range s.model.Rows[i].Terms {
		w.reduced[t.Col].Sub(&w.reduced[t.Col], product.Mul(y, w.integer(t.Coef)))
	}
}
