package certify

import (
	"context"
	"math/big"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Refute proves that m has no feasible point: a tree whose leaves are rays, of what the solver handed over (rows counted as
// m's, then cuts and splits; may be nil), of bounds that cross or integers that do not divide, and of relaxations of its own. The certificate has no level, only the refutation;
// nil where a limit ended the search or m may have a point.
func Refute(ctx context.Context, m *mip.Model, proof *solver.Proof, relaxer solver.Relaxer, limits Limits) *Certificate {
	bare := *m
	bare.Levels = []mip.Level{{Name: refutation, Scale: 1}}
	b := builder{ctx: ctx, relaxer: relaxer, limits: limits.orDefault(), began: time.Now(), deterministic: true}
	// The objective is nothing, and no value of it reaches the target: only rays close a leaf.
	s, beyond := newStage(&bare, newMatrix(&bare), 0, nil), big.NewRat(1, 1)
	g := newGrower(&b, s, beyond, beyond)
	g.refutes, g.maxWork, g.maxBytes = true, b.limits.Work, b.limits.Bytes
	if b.limits.Time > 0 {
		g.deadline = b.began.Add(b.limits.Time)
	}
	if g.grow([]*solver.Proof{proof}); !g.closed() {
		return nil
	}
	proven := Proof{Ladders: g.ladders, Shared: g.stage.shared, Nodes: g.nodes}
	c := &Certificate{Version: max(limited, proven.version()), Levels: []Proof{}, Infeasible: &Refutation{Ladders: g.ladders, Cuts: g.cuts, Shared: g.stage.shared, Nodes: g.nodes}}
	c.Seal()
	return c
}

// refutation names the objective that is nothing.
const refutation = "infeasible"

// VerifyRefutation checks in exact arithmetic that the certificate's tree leaves no room for a feasible point of m.
func VerifyRefutation(m *mip.Model, c *Certificate) error {
	if err := m.Check(); err != nil {
		return err
	}
	if c.Infeasible == nil || len(c.Levels) > 0 {
		return i18n.E("证书没有说模型无解", "the certificate does not say that there is no solution")
	}
	bare := *m
	bare.Levels = []mip.Level{{Name: refutation, Scale: 1}}
	s, err := newStage(&bare, newMatrix(&bare), 0, nil).with(c.Infeasible.Ladders, c.Infeasible.Cuts, c.Infeasible.Shared)
	if err != nil {
		return err
	}
	w := newWalker(s, c.Infeasible.Nodes)
	if err := w.walk(); err != nil {
		return err
	}
	if w.least != nil {
		return i18n.E("有一个叶不是射线：这棵树给解留有余地", "some leaf is no ray: the tree leaves room for a solution")
	}
	if c.Digest != c.sum() {
		return errDigest
	}
	return nil
}
