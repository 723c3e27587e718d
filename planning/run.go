package planning

import (
	"context"
	"math"
	"time"

	"cadre/audit"
	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/lexico"
)

// Version of the engine and of plan.json.
const (
	Engine      = "cadre 0.1"
	PlanVersion = 1
)

// Options says with what and how hard a plan is sought.
type Options struct {
	Backend solver.Solver
	Params  solver.Params
	Lang    i18n.Lang       // of the texts in the plan
	Final   bool            // the plan is to be marked final; it is not while a difference awaits an answer
	Process posting.Process // how the plan comes about; the zero value: afresh
	// Memories are of earlier runs of nearly the same instance, the nearest first; none are needed.
	Memories []*Memory
	Encoder  *constraints.Encoder // shared by runs that vary the policy; nil: all is encoded anew
	Files    *ModelFiles          // makes the model's file, for runs that keep one; nil: none is made
}

// ErrAudit is returned, with the outcome, where the plan fails its own audit: a fault of ours. The plan must not be
// handed out.
var ErrAudit = i18n.E("方案没有通过自己的审核", "the plan fails its own audit")

// Run encodes, solves, certifies, decodes and audits. The time limit of Params covers all but the last two.
// Infeasibility and limits are outcomes, not errors.
func Run(ctx context.Context, x *posting.Index, pol *policy.Policy, o Options) (*Outcome, error) {
	began := time.Now()
	out := &Outcome{Index: x, Policy: pol}
	clock := stopwatch(out)
	enc := o.Encoder.Encode(x, pol)
	out.Model, out.Briefing = enc.Model, brief(x, pol, enc)
	if err := enc.Model.Check(); err != nil {
		return nil, i18n.E("编出的模型有误：%s", "the encoded model is faulty: %s", err)
	}
	if o.Backend.Support().Varies {
		o.Params.Threads = 1 // a plan is the same for any number of threads
	}
	o.Params.Levels, o.Params.Progress = tolerances(pol, enc.Model), inUnits(enc.Model, o.Params.Progress)
	clock("encode")
	b := newBatches(enc, o, batchColumns)
	if b != nil {
		o.Params.Start = b.start(ctx)
	}
	params := b.leave(solverTime(o.Params, o.Backend.Support(), began))
	res, err := b.whole(ctx, enc.Model, o, params)
	if err != nil {
		return nil, i18n.E("%s：%s", "%s: %s", o.Backend.Name(), err)
	}
	b.finish(ctx, &res)
	clock("solve")
	claimed := claim(enc.Model, res)
	switch {
	case res.Values != nil:
		out.fileModel(o.Files)
		proving, stop := Unhurried(ctx, &res)
		defer stop()
		out.Certificate = sealed(proveExact(proving, enc.Model, &res, o.Params, left(o.Params.Time, began)), func() string { return out.hash })
		clock("certify")
	case res.Status == solver.Infeasible:
		out.Refuted = Refute(ctx, enc.Model, &res, left(o.Params.Time, began)) != nil
		clock("certify")
	}
	out.Status, out.Limit, out.Values, out.Trace, out.left = res.Status, res.Limit, res.Values, res.Trace, res.Warm
	if res.Values == nil {
		return out, nil
	}
	out.Plan = draft(x, pol, enc, res, o)
	out.Plan.ClaimedBound, out.Plan.Certified, out.Plan.Inputs.Model = claimed, out.Certificate != nil, out.hash
	enrich(x, pol, out.Plan, o.Lang)
	out.Plan.Opinions = opinions(x, out.Plan.Assignments)
	out.Plan.Final = o.Final && len(out.Plan.Opinions.Open) == 0
	report, err := audit.Judge(x, pol, out.Plan, o.Lang)
	if err != nil {
		return nil, err
	}
	out.Plan.Audit, out.Plan.Metrics = report, report.Metrics
	clock("audit")
	return out, agrees(out.Plan)
}

// inUnits divides news by the scale of its level, so that people read it in the level's unit.
func inUnits(m *mip.Model, tell func(solver.Progress)) func(solver.Progress) {
	if tell == nil {
		return nil
	}
	scale := map[string]float64{}
	for k := range m.Levels {
		scale[m.Levels[k].Name] = float64(m.Levels[k].Scale)
	}
	return func(news solver.Progress) {
		if s, known := scale[news.Level]; known {
			news.Incumbent, news.Bound = news.Incumbent/s, news.Bound/s
		}
		tell(news)
	}
}

// stopwatch returns a function that closes a phase of the outcome's clock.
func stopwatch(out *Outcome) func(phase string) {
	last := time.Now()
	return func(phase string) {
		now := time.Now()
		out.Clock = append(out.Clock, Phase{phase, now.Sub(last)})
		last = now
	}
}

// draft is the plan as decoded, with its values and bounds.
func draft(x *posting.Index, pol *policy.Policy, enc *constraints.Encoding, res lexico.Result, o Options) *posting.Plan {
	p := &posting.Plan{
		Version: PlanVersion, Status: string(res.Status), Limit: string(res.Limit), Deterministic: res.Deterministic,
		Assignments: enc.Decode(res.Values),
		Candidates:  posting.CandidateCount{Kept: enc.Kept, Dropped: enc.Dropped, Scope: "all"},
		Inputs: posting.Inputs{Instance: x.Hash, Policy: pol.Hash, Engine: Engine,
			Seed: o.Params.Seed, Solver: res.Solver, Date: x.Calendar.Date},
	}
	p.Process = o.Process
	p.Process.Round = max(1, p.Process.Round)
	for k, l := range res.Levels {
		p.Levels = append(p.Levels, levelValue(&enc.Model.Levels[k], l))
		p.Gap = math.Max(p.Gap, p.Levels[k].GapRel)
	}
	if n := len(p.Levels); n > 0 {
		last := p.Levels[n-1]
		p.Objective, p.Bound = last.Value, last.Bound
		p.PerCadre = last.GapAbs / math.Max(1, float64(len(x.Cadres)))
	}
	return p
}

// claim is the bound that the backend claims for the last level, in the units that people read.
func claim(m *mip.Model, res lexico.Result) float64 {
	if len(res.Levels) == 0 {
		return 0
	}
	last := len(res.Levels) - 1
	return res.Levels[last].Bound / float64(m.Levels[last].Scale)
}

// levelValue reports a level in the units that people read.
func levelValue(l *mip.Level, got lexico.Level) posting.LevelValue {
	scale := float64(l.Scale)
	return posting.LevelValue{Name: l.Name, Unit: l.Unit, Scale: l.Scale, Value: got.Value / scale, Bound: got.Bound / scale,
		GapAbs: math.Max(0, got.Value-got.Bound) / scale, GapRel: GapOf(l, got.Value, got.Bound), Status: string(got.Status)}
}

// agrees compares the solver's levels with the auditor's own, and refuses a plan that is violated or valued otherwise.
func agrees(p *posting.Plan) error {
	if n := len(p.Audit.Violated); n > 0 {
		return i18n.E("%s：%d 处违反，第一处：%s %v", "%s: %d violations, the first: %s %v", ErrAudit, n, p.Audit.Violated[0].Clause, p.Audit.Violated[0].Subjects)
	}
	for k, l := range p.Levels {
		if p.Audit.Levels[k].Name != l.Name || p.Audit.Levels[k].Value != l.Value {
			return i18n.E("%s：层级 %s 的值，求解器得 %g，审核得 %g", "%s: level %s is %g to the solver and %g to the auditor", ErrAudit, l.Name, l.Value, p.Audit.Levels[k].Value)
		}
	}
	return nil
}
