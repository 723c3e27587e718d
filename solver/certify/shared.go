package certify

import (
	"math"
	"slices"

	"cadre/internal/i18n"
	"cadre/solver"
)

// Where many leaves combine a few sets of multipliers, such as those of one ladder's assignment at one height, each set is written once.

// mostOf is how many shared multipliers a leaf may add up, and largestShared bounds each, so that no sum leaves 62 bits.
const (
	mostOf        = 1 << 10
	largestShared = 1 << 52
)

// withShared is the stage with shared multipliers, once they are found to be sound.
func (s *stage) withShared(list []Shared) (*stage, error) {
	for k := range list {
		v, last := &list[k], -1
		if len(v.Rows) != len(v.Y) || v.Shift < 0 || v.Shift > maxShift {
			return nil, i18n.E("shared %d：%d 个约束，%d 个乘子，shift %d", "shared %d: %d rows, %d multipliers, shift %d", k, len(v.Rows), len(v.Y), v.Shift)
		}
		for e, i := range v.Rows {
			if i <= last || i >= len(s.model.Rows) || abs(v.Y[e]) >= largestShared {
				return nil, i18n.E("shared %d：约束 %d 不存在或次序不对，或乘子过大", "shared %d: row %d does not exist or is out of order, or its multiplier is too large", k, i)
			}
			last = i
		}
	}
	if len(list) == 0 {
		return s, nil
	}
	out := *s
	out.shared = list
	return &out, nil
}

// adds says what is wrong with the shared multipliers of a leaf.
func (s *stage) adds(l *Leaf) error {
	last := -1
	for _, k := range l.Of {
		if k <= last || k >= len(s.shared) || s.shared[k].Shift != l.Shift || len(l.Of) > mostOf {
			return i18n.E("共用乘子 %d 不存在、次序不对、过多或 shift 不同", "shared multipliers %d do not exist, are out of order, too many or of another shift", k)
		}
		last = k
	}
	for _, y := range l.Y {
		if len(l.Of) > 0 && abs(y) >= largestShared {
			return i18n.E("与共用乘子相加的乘子过大", "a multiplier beside shared ones is too large")
		}
	}
	return nil
}

// spread is the leaf with shared multipliers added to its own.
func spread(shared []Shared, l *Leaf) *Leaf {
	if len(l.Of) == 0 {
		return l
	}
	sum := map[int]int64{}
	for e, i := range l.Rows {
		sum[i] += l.Y[e]
	}
	for _, k := range l.Of {
		for e, i := range shared[k].Rows {
			sum[i] += shared[k].Y[e]
		}
	}
	out := *l
	out.Of, out.Rows, out.Y = nil, make([]int, 0, len(sum)), make(Ints, 0, len(sum))
	for i, y := range sum {
		if y != 0 {
			out.Rows = append(out.Rows, i)
		}
	}
	slices.Sort(out.Rows)
	for _, i := range out.Rows {
		out.Y = append(out.Y, sum[i])
	}
	return &out
}

// combined is the leaf of a node that adds up shared multipliers of the proof, which are taken over as they are met; nil where they are none,
// or too large.
func (t *translator) combined(of []int) *Leaf {
	l := &Leaf{Shift: usualShift, Rows: []int{}, Y: Ints{}}
	for _, k := range of {
		if k < 0 || k >= len(t.proof.Shared) {
			return nil
		}
		at, known := t.at[k]
		if !known {
			v := t.rounded(t.counted(t.proof.Shared[k]))
			if v == nil {
				return nil
			}
			at = len(t.stage.shared)
			t.at[k] = at
			t.stage.shared = append(t.stage.shared, *v)
			t.tree.bytes += len(quote(v)) + nodeBytes
		}
		l.Of = append(l.Of, at)
	}
	slices.Sort(l.Of)
	if t.stage.adds(l) != nil {
		return nil
	}
	return t.stage.finish(t.place, l)
}

// rounded are multipliers as shared ones, nil where one is too large.
func (t *translator) rounded(y []float64) *Shared {
	v := &Shared{Shift: usualShift, Rows: []int{}, Y: Ints{}}
	for i, f := range y[:min(len(y), len(t.stage.model.Rows))] {
		w := math.Round(math.Ldexp(f, usualShift))
		if !(math.Abs(w) < largestShared) {
			return nil
		}
		if w != 0 && !math.IsInf(t.stage.side(t.place, i, w > 0), 0) {
			v.Rows, v.Y = append(v.Rows, i), append(v.Y, int64(w))
		}
	}
	return v
}

// sharing makes the stage the translator's own, where leaves of the proof share multipliers.
func (t *translator) sharing(p *solver.Proof) {
	if len(p.Shared) > 0 {
		own := *t.stage
		t.stage, t.at = &own, map[int]int{}
	}
}
