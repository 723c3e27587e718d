package lexico

import (
	"math"
	"slices"

	"cadre/mip"
	"cadre/solver/certify"
)

// restricted is the model of level k alone, among the points that are no worse than the incumbent on the levels
// before it. Right-hand sides are what the incumbent's terms add up to on paper, without slack, rounded up: where levels have
// integer data they are exact integers, and elsewhere a difference of floats may lie below what the incumbent has. kept are the earlier levels that have a row, in order.
func (r *run) restricted(k int) (m *mip.Model, kept []int) {
	m = r.model.WithLevel(k)
	m.Columns = slices.Clone(m.Columns)
	for i := range k {
		level := &r.model.Levels[i]
		if keep(m, level, r.value(i)) {
			kept = append(kept, i)
			m.AddRow(mip.Constraint{
				Name: "level:" + level.Name, Lower: math.Inf(-1), Upper: certify.Side(level, r.values), Terms: level.Terms,
			})
		}
	}
	return m, kept
}

// keep tightens columns so far as "level <= value" alone forces them: a column may leave the side that the level likes
// best by at most the slack over the level's trivial bound. It reports whether a row must keep the value, too; without
// slack the columns are fixed and it need not. The quotient of integers below 2^53 is never rounded below
// an integer that it reaches, so that no point is lost.
func keep(m *mip.Model, level *mip.Level, value float64) (row bool) {
	slack := value - m.TrivialBound(level)
	if math.IsInf(slack, 1) || !(slack >= 0) || !m.Integral(level) {
		return true
	}
	for _, t := range level.Terms {
		if t.Coef == 0 {
			continue
		}
		c := &m.Columns[t.Col]
		room := math.Floor(slack / math.Abs(t.Coef))
		if t.Coef > 0 {
			c.Upper = math.Min(c.Upper, math.Ceil(c.Lower)+room)
		} else {
			c.Lower = math.Max(c.Lower, math.Floor(c.Upper)-room)
		}
	}
	return slack > 0
}
