package certify

import (
	"math"
	"math/big"

	"cadre/mip"
)

// wide is the general arithmetic: every float64 is an integer times a power of two, so that all data of a stage are
// integers once multiplied by 2^bits.
type wide struct {
	bits    uint
	cost    []*big.Int
	reduced []big.Int
}

func newWide(s *stage) *wide {
	w := &wide{cost: make([]*big.Int, len(s.model.Columns)), reduced: make([]big.Int, len(s.model.Columns))}
	note := func(v float64) { w.bits = max(w.bits, fraction(v)) }
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
	for _, t := range s.model.Levels[0].Terms {
		w.cost[t.Col] = w.integer(t.Coef)
	}
	return w
}

// fraction is how many binary digits v has behind the point.
func fraction(v float64) uint {
	if v == 0 || math.IsInf(v, 0) || v == math.Trunc(v) {
		return 0
	}
	part, exp := math.Frexp(v)
	digits := new(big.Int).SetInt64(int64(math.Ldexp(part, 53)))
	return uint(53 - exp - int(digits.TrailingZeroBits()))
}

// integer is v times 2^bits.
func (w *wide) integer(v float64) *big.Int {
	part, exp := math.Frexp(v)
	n := big.NewInt(int64(math.Ldexp(part, 53)))
	if shift := exp - 53 + int(w.bits); shift < 0 {
		return n.Rsh(n, uint(-shift)) // the digits that go are zeros
	} else {
		return n.Lsh(n, uint(shift))
	}
}

// bound is stage.bound. Reduced costs are integers over 2^(shift+bits), the sum over 2^(shift+2 bits).
func (w *wide) bound(s *stage, p place, l *Leaf) *big.Rat {
	for j := range w.reduced {
		w.reduced[j].SetInt64(0)
		if !l.Ray && w.cost[j] != nil {
			w.reduced[j].Lsh(w.cost[j], uint(l.Shift))
		}
	}
	sum, product := new(big.Int), new(big.Int)
	for e, i := range l.Rows {
		if l.Y[e] == 0 {
			continue
		}
		y := big.NewInt(l.Y[e])
		product.Mul(y, w.integer(s.side(p, i, l.Y[e] > 0)))
		sum.Add(sum, product.Lsh(product, w.bits))
		w.subtract(s, p, i, y)
	}
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
	out := new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), uint(l.Shift)+2*w.bits))
	if !l.Ray {
		out.Add(out, s.constant)
	}
	return out
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
