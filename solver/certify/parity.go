package certify

import (
	"maps"
	"math"
	"math/big"
	"slices"

	"cadre/mip"
)

// Proofs by divisibility, that models of integers have no solution. Of 2x + 2y = 7 multipliers say nothing and branches, where x and y are wide,
// no end; but x + y is at most 3 or at least 4, and either excludes the row. In general: multipliers of rows under which
// all integer columns that are not fixed have integers as coefficients, all others none, and the sides no integer between them. Then the
// sum with these coefficients divides the model into two sides that a ray excludes each.

// Limits of what is tried on systems of equations, a fraction of a second.
const (
	// mostSteps bounds rows times rows times columns.
	mostSteps = 1 << 18
	// mostDigits is how many bits the numbers may have.
	mostDigits = 1024
)

// crossed says whether the bounds of some column cross: nothing is left there.
func crossed(p place) bool {
	for j := range p.lower {
		if p.lower[j] > p.upper[j] {
			return true
		}
	}
	return false
}

// void is the leaf of a place where bounds cross.
func void() *Leaf { return &Leaf{Rows: []int{}, Y: Ints{}, Ray: true, Empty: true} }

// outright closes the tree where it is clear that the model has no point: column bounds cross, or a row or a few do not divide. It says whether it has.
func (g *grower) outright() bool {
	if crossed(g.bare.root()) {
		t := tree{}
		t.put(origin{parent: -1}, Node{Leaf: void()})
		g.restart(t)
		return true
	}
	for i := range g.bare.model.Rows {
		if y := g.bare.undivided(i); y != nil && g.divides(y) {
			return true
		}
	}
	y := g.bare.diophantine()
	return y != nil && g.divides(y)
}

// restart makes t the tree, of the level as it stands.
func (g *grower) restart(t tree) { g.tree, g.stage, g.ladders, g.cuts = t, g.bare, nil, nil }

// fixed says whether a column has one value at the root.
func (s *stage) fixed(j int) bool { return s.lower[j] == s.upper[j] }

// undivided is the multiplier of a row under which its coefficients are integers without a common divisor, nil where it has columns that are no
// integers, or nothing to divide by.
func (s *stage) undivided(i int) map[int]*big.Rat {
	r := &s.model.Rows[i]
	digits := rowPlaces(r)
	if digits > mostPlaces || math.IsInf(r.Lower, 0) || math.IsInf(r.Upper, 0) {
		return nil
	}
	unit, divisor := tens[digits], int64(0)
	for _, t := range r.Terms {
		j := int(t.Col)
		switch {
		case t.Coef == 0 || s.fixed(j):
			continue
		case !s.model.Columns[j].Integer || !moderately(t.Coef, unit):
			return nil
		}
		v := abs(whole(t.Coef, unit))
		if divisor == 0 {
			divisor = v
		}
		if divisor = gcd(divisor, v); divisor == 1 {
			return nil
		}
	}
	if divisor == 0 {
		return nil
	}
	return map[int]*big.Rat{i: big.NewRat(unit, divisor)}
}

// divides makes the tree the sum of the rows times y, which are positive, where that proves that there is no point.
func (g *grower) divides(y map[int]*big.Rat) bool {
	sum := g.bare.sum(y)
	if sum == nil {
		return false
	}
	t := tree{}
	i := t.put(origin{parent: -1}, Node{Sum: sum})
	low, high := sum.sides()
	sum.Low = t.put(origin{i, false}, Node{Leaf: g.excluded(y, low, 1)})
	sum.High = t.put(origin{i, true}, Node{Leaf: g.excluded(y, high, -1)})
	for _, k := range []int{sum.Low, sum.High} {
		if l := t.nodes[k].Leaf; l == nil || !l.known() || l.Bound.Sign() <= 0 {
			return false
		}
	}
	g.restart(t)
	return true
}

// excluded is the ray that weighs rows by sign times y, and a sum against them.
func (g *grower) excluded(y map[int]*big.Rat, row ownRow, sign int64) *Leaf {
	all := map[int]*big.Rat{len(g.bare.model.Rows): big.NewRat(-sign, 1)}
	for i, v := range y {
		all[i] = new(big.Rat).Mul(v, big.NewRat(sign, 1))
	}
	l := exactly(all)
	if l == nil {
		return nil
	}
	l.Ray = true
	p := g.bare.root()
	p.own = []ownRow{row}
	return g.bare.finish(p, l)
}

// sum are the rows times y over the columns that are not fixed, at most the integer below what their upper sides leave; nil where it is no sum, or
// lies above what their lower sides ask for.
func (s *stage) sum(y map[int]*big.Rat) *Sum {
	coefs, lower, upper := map[int]*big.Rat{}, new(big.Rat), new(big.Rat)
	for i, v := range y {
		r := &s.model.Rows[i]
		lower.Add(lower, new(big.Rat).Mul(v, mip.Rat(r.Lower)))
		upper.Add(upper, new(big.Rat).Mul(v, mip.Rat(r.Upper)))
		for _, t := range r.Terms {
			w, j := new(big.Rat).Mul(v, mip.Rat(t.Coef)), int(t.Col)
			if s.fixed(j) {
				w.Mul(w, mip.Rat(s.lower[j]))
				lower.Sub(lower, w)
				upper.Sub(upper, w)
				continue
			}
			if coefs[j] == nil {
				coefs[j] = new(big.Rat)
			}
			coefs[j].Add(coefs[j], w)
		}
	}
	at := new(big.Int).Div(upper.Num(), upper.Denom()) // rounds down, since the denominator is positive
	if lower.Cmp(new(big.Rat).SetInt(at)) <= 0 || !at.IsInt64() {
		return nil
	}
	out := &Sum{Columns: []int{}, Coefs: Ints{}, At: at.Int64()}
	for _, j := range slices.Sorted(maps.Keys(coefs)) {
		v := coefs[j]
		switch {
		case v.Sign() == 0:
			continue
		case !s.model.Columns[j].Integer || !v.IsInt() || !v.Num().IsInt64():
			return nil
		}
		out.Columns, out.Coefs = append(out.Columns, j), append(out.Coefs, v.Num().Int64())
	}
	if out.check() != nil {
		return nil
	}
	return out
}

// diophantine are multipliers of equations that have a solution, but none in integers; nil where there are none, or too many rows. By Hermite's normal
// form: columns are added to each other until the rows are a lower triangle, which is solved from above; where a division leaves
// a rest the multipliers of the rows so far that isolate it are what is asked for.
func (s *stage) diophantine() map[int]*big.Rat {
	h := newHermite(s)
	if h == nil {
		return nil
	}
	for i := range h.rows {
		switch h.pivot(i) {
		case dependent:
			continue
		case excessive:
			return nil
		}
		z, rest := new(big.Int).QuoRem(h.rest(i), h.columns[h.rank][i], new(big.Int))
		if rest.Sign() != 0 {
			return h.isolate(i)
		}
		h.z, h.at = append(h.z, z), append(h.at, i)
		h.rank++
	}
	return nil
}

// hermite is the work on equations of integer columns, in units of each.
type hermite struct {
	rows    []int        // of the stage
	units   []int64      // by equation
	columns [][]*big.Int // by column, its coefficients
	side    []*big.Int
	rank    int
	at      []int      // by column up to the rank: the equation of its pivot
	z       []*big.Int // and its value
}

// newHermite takes up the equations whose columns are integers or fixed; nil where there are none or too many.
func newHermite(s *stage) *hermite {
	h, at := &hermite{}, map[int]int{}
	for i := range s.model.Rows {
		r := &s.model.Rows[i]
		digits := rowPlaces(r)
		whole := func(t mip.Term) bool { return s.fixed(int(t.Col)) || s.model.Columns[t.Col].Integer }
		if r.Lower != r.Upper || digits > mostPlaces || slices.ContainsFunc(r.Terms, func(t mip.Term) bool { return !whole(t) }) {
			continue
		}
		h.rows, h.units = append(h.rows, i), append(h.units, tens[digits])
		for _, t := range r.Terms {
			if _, known := at[int(t.Col)]; !known && !s.fixed(int(t.Col)) {
				at[int(t.Col)] = len(at)
			}
		}
		if len(h.rows)*len(h.rows)*len(at) > mostSteps {
			return nil
		}
	}
	if len(h.rows) == 0 || !h.fill(s, at) {
		return nil
	}
	return h
}

// fill states coefficients and sides in integers; false where fixed columns leave sides that are none.
func (h *hermite) fill(s *stage, at map[int]int) bool {
	h.columns = make([][]*big.Int, len(at))
	for k := range h.columns {
		h.columns[k] = make([]*big.Int, len(h.rows))
		for e := range h.rows {
			h.columns[k][e] = new(big.Int)
		}
	}
	for e, i := range h.rows {
		r, unit := &s.model.Rows[i], big.NewRat(h.units[e], 1)
		side := mip.Rat(r.Lower)
		for _, t := range r.Terms {
			v := mip.Rat(t.Coef)
			if s.fixed(int(t.Col)) {
				side.Sub(side, v.Mul(v, mip.Rat(s.lower[t.Col])))
			} else {
				h.columns[at[int(t.Col)]][e].Set(v.Mul(v, unit).Num())
			}
		}
		if side.Mul(side, unit); !side.IsInt() {
			return false
		}
		h.side = append(h.side, side.Num())
	}
	return true
}

// outcome is what the search for a pivot came to.
type outcome int

const (
	pivotal   outcome = iota
	dependent         // no column from the rank on has a coefficient
	excessive         // numbers are too long
)

// pivot leaves one column from the rank on, at the rank, with a coefficient in equation i; that equation is dependent where there is none.
func (h *hermite) pivot(i int) outcome {
	for {
		least := -1
		for k := h.rank; k < len(h.columns); k++ {
			if v := h.columns[k][i]; v.Sign() != 0 && (least < 0 || v.CmpAbs(h.columns[least][i]) < 0) {
				least = k
			}
		}
		if least < 0 {
			return dependent
		}
		h.columns[h.rank], h.columns[least] = h.columns[least], h.columns[h.rank]
		again := false
		for k := h.rank + 1; k < len(h.columns); k++ {
			if h.columns[k][i].Sign() == 0 {
				continue
			}
			if !h.reduce(k, i) {
				return excessive
			}
			again = again || h.columns[k][i].Sign() != 0
		}
		if !again {
			return pivotal
		}
	}
}

// reduce takes the column at the rank off column k, so often that its coefficient in equation i is less than that one's; false where numbers become
// too long.
func (h *hermite) reduce(k, i int) bool {
	by, product := new(big.Int).Quo(h.columns[k][i], h.columns[h.rank][i]), new(big.Int)
	for e := i; e < len(h.rows); e++ { // both have nothing in the equations before
		v := h.columns[k][e]
		if v.Sub(v, product.Mul(by, h.columns[h.rank][e])); v.BitLen() > mostDigits {
			return false
		}
	}
	return true
}

// rest is what the columns before leave of the side of equation i.
func (h *hermite) rest(i int) *big.Int {
	rest := new(big.Int).Set(h.side[i])
	for k, z := range h.z {
		rest.Sub(rest, new(big.Int).Mul(h.columns[k][i], z))
	}
	return rest
}

// isolate are the multipliers, between 0 and 1 in units, under which of the triangle only the column at the rank is left, with coefficient one.
func (h *hermite) isolate(i int) map[int]*big.Rat {
	y, at := map[int]*big.Rat{}, append(slices.Clone(h.at), i)
	for k := h.rank; k >= 0; k-- {
		v := new(big.Rat)
		if k == h.rank {
			v.SetInt64(1)
		}
		for _, e := range at[k+1:] {
			v.Sub(v, new(big.Rat).Mul(y[e], new(big.Rat).SetInt(h.columns[k][e])))
		}
		y[at[k]] = v.Quo(v, new(big.Rat).SetInt(h.columns[k][at[k]]))
	}
	out := map[int]*big.Rat{}
	for e, v := range y {
		below := new(big.Int).Div(v.Num(), v.Denom())
		if v.Sub(v, new(big.Rat).SetInt(below)); v.Sign() != 0 {
			out[h.rows[e]] = v.Mul(v, big.NewRat(h.units[e], 1))
		}
	}
	return out
}
