package certify

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"cadre/mip"
	"cadre/solver"
)

// Limits say how hard Build tries. The zero value: no clock, DefaultWork, gap 0, MaxBytes.
type Limits struct {
	Time     time.Duration               // wall time, 0 none
	Work     int64                       // relaxations, 0 means DefaultWork
	Gap      float64                     // a level is done within this gap, relative to the larger of its scale and its value
	AbsGap   float64                     // or within this one
	Levels   map[string]solver.Tolerance // of single levels, in the place of both
	Bytes    int                         // of the certificate, 0 means MaxBytes
	Near     bool                        // whether the solution may be off as Near allows, where it is not exact
	Progress func(solver.Progress)
}

// DefaultWork is how many relaxations the trees of all levels may take together: what a county's model takes is a
// minute's work.
const DefaultWork = 5000

// Shares of the time that a solver leaves to the certificate.
const (
	usualShare  = 5  // a fifth: certify solves relaxations and branches on its own
	handedShare = 25 // of a solver that hands over proofs: certify prices the rows once for each leaf
)

// Share is the part of the time to keep for Build, after a solver of this support.
func Share(time time.Duration, s solver.Support) time.Duration {
	if s.Proofs {
		return time / handedShare
	}
	return time / usualShare
}

// Built is a certificate and what it proves.
type Built struct {
	Certificate *Certificate
	Levels      []Checked
	// Certified is false where some level has no finite bound: its columns are unbounded and no multipliers were
	// found that do without. Then Certificate is nil.
	Certified     bool
	Deterministic bool // false where a clock or a signal cut a tree
	// Spent is true where a limit of work or bytes cut a tree. Where a bound falls short of the target and neither this nor a clock is to blame,
	// the trees ended by themselves: more work would not have lifted it.
	Spent bool
}

// Build proves, in order, a lower bound on every level of m among the points that keep the values of x on the levels
// before. It begins each level without multipliers, then takes the best of what the solver handed over for it, then
// solves relaxations and branches, until the bound is within the gap of the value or a limit is reached; a cut tree
// is complete all the same. A level may use half of what is left, the last one all of it. proofs[k] are those of level k,
// their rows counted as in the certificate (m's, one for each earlier level, cuts, splits); a short or nil slice has
// none. Without a relaxer only these are used. The error is for an x that is not feasible in exact arithmetic (see Exact), nor Near
// where that is enough.
func Build(ctx context.Context, m *mip.Model, x []float64, proofs [][]*solver.Proof, relaxer solver.Relaxer, limits Limits) (Built, error) {
	within, err := limits.tolerance(m, x)
	if err != nil {
		return Built{}, fmt.Errorf("the solution breaks the model: %w", err)
	}
	b := builder{ctx: ctx, relaxer: relaxer, limits: limits.orDefault(), began: time.Now(), deterministic: true}
	out := Built{Certificate: &Certificate{Version: plain, Within: within}, Certified: true}
	if within > 0 {
		out.Certificate.Version = Version
	}
	values, matrix := Values(m, x), newMatrix(m)
	rooms := make([]*big.Rat, len(m.Levels))
	for k := range m.Levels {
		var handed []*solver.Proof
		if k < len(proofs) {
			handed = proofs[k]
		}
		proof, checked := b.level(newStage(m, matrix, k, rooms), values[k], handed, k == len(m.Levels)-1)
		rooms[k] = room(m, k, values[k], &proof.Bound.Rat, within) // 0 where there is none: then there is no certificate anyway
		out.Certificate.Levels = append(out.Certificate.Levels, proof)
		out.Certificate.Version = max(out.Certificate.Version, proof.version())
		out.Levels = append(out.Levels, checked)
		out.Certified = out.Certified && !math.IsInf(checked.Bound, -1)
	}
	out.Deterministic, out.Spent = b.deterministic, b.cut
	if !out.Certified {
		out.Certificate = nil
		return out, nil
	}
	out.Certificate.Seal()
	return out, nil
}

// tolerance is how far x is off in rows: 0, or what Near allows where that is enough. The error says what x breaks.
func (l Limits) tolerance(m *mip.Model, x []float64) (float64, error) {
	err := Feasible(m, x)
	if err != nil && l.Near && Near(m, x) == nil {
		return mip.FeasTol, nil
	}
	return 0, err
}

// version is the first one that has what the proof needs.
func (p *Proof) version() int {
	switch {
	case slices.ContainsFunc(p.Nodes, Node.exact):
		return Version
	case len(p.Ladders) > 0 || len(p.Shared) > 0:
		return climbed
	case slices.ContainsFunc(p.Nodes, Node.limited):
		return limited
	}
	return plain
}

func (l Limits) orDefault() Limits {
	if l.Work <= 0 {
		l.Work = DefaultWork
	}
	if l.Bytes <= 0 || l.Bytes > MaxBytes {
		l.Bytes = MaxBytes
	}
	return l
}

// builder is what the levels share.
type builder struct {
	ctx           context.Context
	relaxer       solver.Relaxer
	limits        Limits
	began         time.Time
	work          int64
	written       int // bytes of the trees of earlier levels
	deterministic bool
	cut           bool // whether work or bytes cut a tree
}

// level grows one level's tree within its share of the limits.
func (b *builder) level(s *stage, value *big.Rat, proofs []*solver.Proof, last bool) (Proof, Checked) {
	level := &s.model.Levels[0]
	g := newGrower(b, s, value, b.target(level, value))
	parts := int64(2)
	if last {
		parts = 1
	}
	g.maxWork = b.work + (b.limits.Work-b.work)/parts
	g.maxBytes = (b.limits.Bytes - b.written) / int(parts)
	if b.limits.Time > 0 {
		now := time.Now()
		g.deadline = now.Add(max(b.began.Add(b.limits.Time).Sub(now), 0) / time.Duration(parts))
	}
	g.grow(proofs)
	b.written += g.tree.bytes
	proof := Proof{Name: level.Name, Value: number(value), Ladders: g.ladders, Cuts: g.cuts, Shared: g.stage.shared, Nodes: g.nodes}
	checked := Checked{Name: proof.Name, Value: nearest(value), Bound: math.Inf(-1), Leaves: g.leaves()}
	if bound := g.tree.bound(g.stage); bound != nil {
		proof.Bound, checked.Bound = number(bound), floatDown(bound)
	}
	return proof, checked
}

// target is the least bound with which the level counts as done.
func (b *builder) target(l *mip.Level, value *big.Rat) *big.Rat {
	size := math.Max(float64(l.Scale), math.Abs(nearest(value)))
	t := solver.Tolerance{Gap: b.limits.Gap, AbsGap: b.limits.AbsGap}
	if own, named := b.limits.Levels[l.Name]; named {
		t = own
	}
	slack := math.Max(t.Gap*size, t.AbsGap)
	if math.IsInf(slack, 1) {
		slack = math.MaxFloat64
	}
	return new(big.Rat).Sub(value, mip.Rat(slack))
}
