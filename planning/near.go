package planning

import (
	"context"
	"math"
	"slices"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/lexico"
)

// NearPlan is the arrangement that gives up least where the requirements cannot all be kept. It is no plan: it breaks what
// Broken lists, as the auditor judges it under the policy as it stands.
type NearPlan struct {
	Broken []posting.Finding
	// Least: it is proven that no arrangement that keeps all other requirements breaks hard ones less often, and then
	// waivable ones.
	Least bool
}

// Levels of what is given up, before those of the policy.
const (
	givenHard     = "given_up_hard"
	givenWaivable = "given_up_waivable"
)

// Near finds the arrangement that keeps all but the clauses named (by id), breaks those as seldom as can be, hard ones
// first, and is best by the policy's own levels among such. Nil without an error: none was found, since other
// requirements clash too or a limit came first.
func Near(ctx context.Context, x *posting.Index, pol *policy.Policy, giving []string, o Options) (*NearPlan, error) {
	soft := softened(pol, giving)
	enc := constraints.Encode(x, soft)
	elastic := giveRows(enc.Model, soft, giving)
	elastic.Model.Levels = givenLevels(enc.Model.Levels, elastic)
	res, err := lexico.Solve(ctx, elastic.Model, o.Backend, o.Params)
	if err != nil || res.Values == nil {
		return nil, err
	}
	plan := &posting.Plan{Version: PlanVersion, Assignments: enc.Decode(elastic.Point(res.Values))}
	enrich(x, pol, plan, o.Lang)
	report, err := audit.Judge(x, pol, plan, o.Lang)
	if err != nil {
		return nil, i18n.E("审核最接近的安排：%s", "judging the nearest arrangement: %s", err)
	}
	least := res.Levels[0].Status == solver.Optimal && res.Levels[1].Status == solver.Optimal
	return &NearPlan{Broken: report.Violated, Least: least}, nil
}

// softened is the policy with the clauses named charged instead of binding.
func softened(pol *policy.Policy, giving []string) *policy.Policy {
	out := *pol
	out.Clauses = slices.Clone(pol.Clauses)
	for i := range out.Clauses {
		c := &out.Clauses[i]
		if !c.Binding() || !slices.Contains(giving, c.ID) {
			continue
		}
		if c.Level = givenHard; c.Modality == policy.Waivable {
			c.Level = givenWaivable
		}
		c.Modality = policy.Level
	}
	out.Levels = append([]policy.LevelSpec{{Name: givenHard}, {Name: givenWaivable}}, pol.Levels...)
	return &out
}

// giveRows lets the rows give that clauses state without a column of their own for what is missing, such as one holder to a
// seat.
func giveRows(m *mip.Model, soft *policy.Policy, giving []string) *solver.Elastic {
	named := map[string]bool{}
	for i := range soft.Clauses {
		if c := &soft.Clauses[i]; slices.Contains(giving, c.ID) {
			named[c.Shown()] = true
		}
	}
	return solver.NewElastic(m, func(r mip.Row) float64 {
		if row := &m.Rows[r]; !named[row.Stamp.Clause] || charged(m, row) {
			return 0
		}
		return rowPrice
	})
}

// rowPrice is the price of a unit of such a row, in breaches by a single spell: a second holder of one seat is a worse way out
// than a decision or a condition reconsidered.
const rowPrice = 10

// charged says whether a row has a column that the levels of what is given up charge.
func charged(m *mip.Model, row *mip.Constraint) bool {
	if len(row.Terms) == 0 {
		return false
	}
	last := row.Terms[len(row.Terms)-1].Col // where the builder puts it
	for k := range 2 {
		if slices.ContainsFunc(m.Levels[k].Terms, func(t mip.Term) bool { return t.Col == last }) {
			return true
		}
	}
	return false
}

// givenLevels counts breaches: each spell that breaks something once, whatever by, each missing or surplus person once. How
// far spells go beyond is the level after.
func givenLevels(levels []mip.Level, e *solver.Elastic) []mip.Level {
	size := mip.Level{Name: "given_up_by", Scale: 1}
	out := slices.Clone(levels)
	for k := range 2 {
		size.Terms = append(size.Terms, out[k].Terms...)
		out[k].Terms = slices.Clone(out[k].Terms)
		for i := range out[k].Terms {
			out[k].Terms[i].Coef = math.Min(out[k].Terms[i].Coef, 1)
		}
	}
	size.Terms = summed(size.Terms)
	out[0].Terms = append(out[0].Terms, e.Model.Levels[0].Terms...)
	return slices.Insert(out, 2, size)
}

// summed adds up terms of the same column.
func summed(terms []mip.Term) []mip.Term {
	slices.SortStableFunc(terms, func(a, b mip.Term) int { return int(a.Col - b.Col) })
	var out []mip.Term
	for _, t := range terms {
		if n := len(out); n > 0 && out[n-1].Col == t.Col {
			out[n-1].Coef += t.Coef
			continue
		}
		out = append(out, t)
	}
	return out
}
