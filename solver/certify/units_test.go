package certify

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"cadre/mip"
)

// TestUnits: arithmetic in units of decimal places and in general give the same bound, which is that of fractions.
func TestUnits(t *testing.T) {
	used := map[int64]int{}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 91))
		decimals := r.IntN(4)
		number := func(most int) float64 { return float64(r.IntN(2*most)-most) / float64(tens[decimals]) }
		m := &mip.Model{}
		for j := range 5 {
			m.AddColumn(mip.Column{Name: fmt.Sprint(j), Lower: float64(-r.IntN(3)), Upper: float64(r.IntN(3)), Integer: true})
		}
		for range 4 {
			row := mip.Constraint{Lower: number(5000), Upper: math.Inf(1)}
			for j := range 5 {
				row.Terms = append(row.Terms, mip.Term{Col: mip.Col(j), Coef: number(3000)})
			}
			m.AddRow(row)
		}
		level := mip.Level{Name: "cost", Scale: 1, Constant: number(100)}
		for j := range 5 {
			level.Terms = append(level.Terms, mip.Term{Col: mip.Col(j), Coef: number(3000)})
		}
		m.AddLevel(level)
		s := newStage(m, newMatrix(m), 0, nil)
		p := s.root()
		p.own = []ownRow{{columns: []int{1, 3}, lower: 1, upper: math.Inf(1)}}
		l := &Leaf{Shift: 7, Ray: r.IntN(4) == 0, Rows: []int{0, 2, 4}, Y: Ints{int64(r.IntN(900)), int64(r.IntN(900)), int64(r.IntN(900))}}
		if s.ints == nil || !s.ints.fit(p, l) {
			t.Fatalf("seed %d: the data do not fit", seed)
		}
		used[s.ints.unit]++
		fast, fits := s.ints.bound(s, p, l)
		slow, want := newWide(s).bound(s, p, l), byFractions(s, p, l)
		if !fits || fast.Cmp(want) != 0 || slow.Cmp(want) != 0 {
			t.Fatalf("seed %d: %s in units, %s in general, by fractions %s", seed, fast.RatString(), slow.RatString(), want.RatString())
		}
	}
	if len(used) < 4 {
		t.Errorf("units %v", used)
	}
}

// byFractions is stage.bound from its formula, of leaves without limits and shared multipliers.
func byFractions(s *stage, p place, l *Leaf) *big.Rat {
	d := make([]*big.Rat, len(p.lower))
	for j := range d {
		d[j] = new(big.Rat)
	}
	sum := new(big.Rat)
	if !l.Ray {
		sum.Set(s.constant)
		for _, t := range s.model.Levels[0].Terms {
			d[t.Col].Add(d[t.Col], mip.Rat(t.Coef))
		}
	}
	for e, i := range l.Rows {
		side := s.side(p, i, l.sign(e) > 0)
		if l.sign(e) == 0 {
			continue
		} else if math.IsInf(side, 0) {
			return nil
		}
		y := new(big.Rat).SetFrac(l.weight(e), l.denominator())
		sum.Add(sum, new(big.Rat).Mul(y, mip.Rat(side)))
		var terms []mip.Term
		if k := i - len(s.model.Rows); k >= 0 {
			for e, j := range p.own[k].columns {
				terms = append(terms, mip.Term{Col: mip.Col(j), Coef: float64(p.own[k].coef(e))})
			}
		} else {
			terms = s.model.Rows[i].Terms
		}
		for _, t := range terms {
			d[t.Col].Sub(d[t.Col], new(big.Rat).Mul(y, mip.Rat(t.Coef)))
		}
	}
	for j, v := range d {
		at := p.lower[j]
		if v.Sign() < 0 {
			at = p.upper[j]
		}
		if v.Sign() == 0 {
			continue
		} else if math.IsInf(at, 0) {
			return nil
		}
		sum.Add(sum, new(big.Rat).Mul(v, mip.Rat(at)))
	}
	return sum
}

// TestPlaces: numbers are read as they are written.
func TestPlaces(t *testing.T) {
	for v, want := range map[float64]int{3: 0, 0.5: 1, 0.2: 1, -0.8: 1, 1234.56: 2, 17774.673: 3, 1e-6: 6, 1e-7: mostPlaces + 1, 1.0 / 3: mostPlaces + 1} {
		if got := places(v); got != want {
			t.Errorf("%g: %d places, want %d", v, got, want)
		}
	}
	if mip.Rat(0.2).RatString() != "1/5" || whole(17774.673, 1000) != 17774673 {
		t.Errorf("0.2 is %s, 17774.673 is %d thousandths", mip.Rat(0.2).RatString(), whole(17774.673, 1000))
	}
}
