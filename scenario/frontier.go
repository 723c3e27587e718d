package scenario

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cadre/audit"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/solver"
)

// Front is the trade-off between goals: the plans of which none is better in one goal without being worse in another, all goals
// that come before them in the policy kept at their best.
type Front struct {
	*Frontier
	Levels   []policy.LevelSpec // the goals, in the order of the policy
	Points   []Point            // by the first goal, then the second
	Complete bool               // every such trade-off is among the points
	Chosen   int                // the point where the base plan stands, -1 where it stands on none
	Base     []int64            // the goals of the base plan
	lifted   Overlay            // makes levels of goals that are weighed clauses
	names    []string           // of all levels then
}

// Point is one trade-off and the plan that stands there. Values are in units of 1/Scale of the goals.
type Point struct {
	Values []int64
	Run    *Run
}

// trader looks for the points of a frontier.
type trader struct {
	goals    []int            // levels, in the order of the policy
	fixed    []planning.Limit // of levels before them
	largest  func(goal int) int64
	minimise minimiser
	most     int // points, 0 no limit
	points   [][]int64
	whole    bool
}

// minimiser minimises goals in the order given, under limits, and returns their values in that order; nil where there is no
// solution.
type minimiser func(order []int, limits []planning.Limit) ([]int64, solver.Status, error)

// searcher minimises by solving a problem again and again.
type searcher struct {
	ctx     context.Context
	problem *planning.Problem
	options planning.Options
	goals   []int
	found   []solution // to begin the next solve from
}

// solution is a plan of the search: its goals, in the order of the policy, and its columns.
type solution struct {
	values []int64
	x      []float64
}

// box is a part of the space of all goals but the first: points below hi, and not below lo. The search of Kirlik and Sayın
// (European Journal of Operational Research 232, 2014): minimise the first goal below the upper corner of a box, divide the boxes at
// the point found, and drop what is known to hold no other.
type box struct{ lo, hi []int64 }

// volume is how much a box, measured from the lower corner of all, may still hold.
func (b *box) volume(lo []int64) float64 {
	v := 1.0
	for j := range b.hi {
		v *= float64(b.hi[j] - lo[j])
	}
	return v
}

// within tells whether the box lies in the one from lo to hi.
func (b *box) within(lo, hi []int64) bool {
	for j := range b.lo {
		if b.lo[j] < lo[j] || b.hi[j] > hi[j] {
			return false
		}
	}
	return true
}

// search finds the points, at most t.most of them where that is not 0.
func (t *trader) search() error {
	lo, hi, err := t.corners()
	if err != nil || lo == nil {
		return err
	}
	boxes := []box{{lo, hi}}
	for len(boxes) > 0 {
		if t.most > 0 && len(t.points) >= t.most {
			t.whole = false
			break
		}
		at := biggest(boxes, lo)
		corner := slices.Clone(boxes[at].hi)
		point, status, err := t.below(corner)
		if err != nil {
			return err
		}
		if point == nil {
			t.whole = t.whole && status == solver.Infeasible
			boxes = slices.DeleteFunc(boxes, func(b box) bool { return b.within(lo, corner) })
			continue
		}
		if !slices.ContainsFunc(t.points, func(p []int64) bool { return slices.Equal(p, point) }) {
			t.points = append(t.points, point)
		}
		boxes = slices.DeleteFunc(divided(boxes, point[1:]), func(b box) bool { return b.within(point[1:], corner) })
	}
	return nil
}

func biggest(boxes []box, lo []int64) int {
	best := 0
	for i := range boxes {
		if boxes[i].volume(lo) > boxes[best].volume(lo) {
			best = i
		}
	}
	return best
}

// divided cuts every box at the coordinates of a point that lie inside it.
func divided(boxes []box, at []int64) []box {
	for j := range at {
		var out []box
		for _, b := range boxes {
			if at[j] <= b.lo[j] || at[j] >= b.hi[j] {
				out = append(out, b)
				continue
			}
			low, high := box{b.lo, slices.Clone(b.hi)}, box{slices.Clone(b.lo), b.hi}
			low.hi[j], high.lo[j] = at[j], at[j]
			out = append(out, low, high)
		}
		boxes = out
	}
	return boxes
}

// corners are the least value of each goal but the first, and one above its largest; nil where there is no plan at all.
func (t *trader) corners() (lo, hi []int64, err error) {
	for j := 1; j < len(t.goals); j++ {
		order := append([]int{t.goals[j]}, slices.Delete(slices.Clone(t.goals), j, j+1)...)
		values, _, err := t.minimise(order, t.fixed)
		if err != nil || values == nil {
			return nil, nil, err
		}
		lo, hi = append(lo, values[0]), append(hi, t.largest(t.goals[j])+1)
	}
	return lo, hi, nil
}

// below minimises the goals in their order, all but the first strictly below a corner. What it finds is not dominated: whatever
// is as good in every goal lies below the corner too.
func (t *trader) below(corner []int64) ([]int64, solver.Status, error) {
	limits := slices.Clone(t.fixed)
	for j, hi := range corner {
		limits = append(limits, planning.Limit{Goal: t.goals[j+1], Most: hi - 1})
	}
	return t.minimise(t.goals, limits)
}

// minimise: see minimiser.
func (t *searcher) minimise(order []int, limits []planning.Limit) ([]int64, solver.Status, error) {
	res, err := t.problem.Trade(t.ctx, t.options, order, limits, t.start(limits))
	if err != nil || res.Values == nil {
		return nil, res.Status, err
	}
	if t.ctx.Err() != nil {
		return nil, res.Status, ErrInterrupted
	}
	out, s := make([]int64, len(order)), solution{make([]int64, len(order)), res.Values}
	for i, l := range res.Levels {
		out[i] = int64(l.Value + half)
		s.values[slices.Index(t.goals, order[i])] = out[i]
	}
	t.found = append(t.found, s)
	return out, res.Status, nil
}

// start is the solution found so far that keeps the limits and is best in the first goal, nil where none keeps them.
func (t *searcher) start(limits []planning.Limit) []float64 {
	var best *solution
	for i := range t.found {
		s := &t.found[i]
		if keeps := !slices.ContainsFunc(limits, func(l planning.Limit) bool {
			j := slices.Index(t.goals, l.Goal)
			return j >= 0 && s.values[j] > l.Most
		}); keeps && (best == nil || s.values[0] < best.values[0]) {
			best = s
		}
	}
	if best == nil {
		return nil
	}
	return best.x
}

// half rounds values of integer goals, which floating point may leave just below.
const half = 0.5

// nondominated drops the points that another is as good as in every goal, which only a limit or a gap of the search leaves, and
// sorts the others.
func nondominated(points [][]int64) [][]int64 {
	dominates := func(a, b []int64) bool {
		for j := range a {
			if a[j] > b[j] {
				return false
			}
		}
		return !slices.Equal(a, b)
	}
	var out [][]int64
	for _, p := range points {
		if !slices.ContainsFunc(points, func(q []int64) bool { return dominates(q, p) }) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// Frontier finds the trade-off of a frontier of the file on the base of the first input, and makes the plan of each of its points.
func (s *Sweep) Frontier(ctx context.Context, f *Frontier, base *Run) (*Front, []policy.Problem, error) {
	if base.Digest == nil {
		return nil, []policy.Problem{fault("E2102", f.Where, i18n.T("基准方案没有得出，无从权衡", "there is no base plan to trade from"))}, nil
	}
	t, front, problems, err := s.trader(ctx, f, base)
	if err != nil || problems != nil {
		return nil, problems, err
	}
	if err := s.searchOrLoad(t, f, base); err != nil {
		return nil, nil, err
	}
	front.Complete = t.whole
	var runs []*Run
	for i, p := range nondominated(t.points) {
		r, found, err := s.prepare(&Case{Name: fmt.Sprintf("%s：%s", f.Name, front.name(p)), Scenario: &Scenario{Name: f.Name, Overlay: front.overlay(p)}, Seed: NoSeed, Gap: NoGap, Base: base.Base})
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, found...)
		r.near = []*Run{base}
		r.beginFrom([]string{base.Key})
		runs = append(runs, r)
		front.Points = append(front.Points, Point{p, r})
		if slices.Equal(p, front.Base) {
			front.Chosen = i
		}
	}
	return front, problems, s.Run(ctx, runs)
}

// trader prepares the search: the goals as levels of one problem, and the goals before them fixed at their best.
func (s *Sweep) trader(ctx context.Context, f *Frontier, base *Run) (*trader, *Front, []policy.Problem, error) {
	front := &Front{Frontier: f, Chosen: -1, lifted: f.lift(base)}
	a, err := base.world.Apply(front.lifted)
	if err != nil || a.bad() {
		return nil, nil, a.problems(), err
	}
	front.names = goals(a.Policy)
	values, err := s.valuesUnder(base, a)
	if err != nil {
		return nil, nil, nil, err
	}
	options, err := s.options(&base.Case, base.world)
	if err != nil {
		return nil, nil, nil, err
	}
	t := &trader{most: f.Most, whole: true}
	for k, l := range a.Policy.Levels {
		if slices.Contains(f.Goals, l.Name) || slices.Contains(f.Goals, strings.TrimPrefix(l.Name, goalPrefix)) {
			t.goals = append(t.goals, k)
			front.Levels, front.Base = append(front.Levels, l), append(front.Base, values[k])
		} else if len(t.goals) == 0 {
			t.fixed = append(t.fixed, planning.Limit{Goal: k, Most: values[k]})
		}
	}
	if len(t.goals) != len(f.Goals) {
		return nil, nil, f.unknown(a.Policy), nil
	}
	problem, err := planning.NewProblem(a.Index, a.Policy)
	if err != nil {
		return nil, nil, nil, err
	}
	t.largest, t.minimise = problem.Largest, (&searcher{ctx: ctx, problem: problem, options: options, goals: t.goals}).minimise
	return t, front, nil, nil
}

// valuesUnder are the goals of the base plan under another policy, by the auditor.
func (s *Sweep) valuesUnder(base *Run, a *Applied) ([]int64, error) {
	plan, err := s.Store.Plan(base.Key)
	if err != nil {
		return nil, err
	}
	report, err := audit.Judge(a.Index, a.Policy, plan, i18n.Zh)
	return audit.Values(report), err
}

// found is what a search has come to, as it is kept.
type found struct {
	Points [][]int64 `json:"points"`
	Whole  bool      `json:"whole"`
}

// searchOrLoad takes the points of an earlier start where they are kept.
func (s *Sweep) searchOrLoad(t *trader, f *Frontier, base *Run) error {
	name := fmt.Sprintf("frontier-%s-%s-%d", base.Key, strings.Join(f.Goals, "-"), f.Most)
	var kept found
	if s.Store.loadJSON(name, &kept) {
		t.points, t.whole = kept.Points, kept.Whole
		return nil
	}
	if err := t.search(); err != nil {
		return err
	}
	return s.Store.saveJSON(name, found{t.points, t.whole})
}

// unknown reports goals that are neither levels nor weighed clauses.
func (f *Frontier) unknown(pol *policy.Policy) []policy.Problem {
	known := goals(pol)
	for i := range pol.Clauses {
		if pol.Clauses[i].Modality == policy.Weighted {
			known = append(known, pol.Clauses[i].ID)
		}
	}
	var out []policy.Problem
	for i, g := range f.Goals {
		if !slices.Contains(known, g) && !slices.Contains(known, goalPrefix+g) {
			p := fault("E2102", f.Places[i], i18n.F("没有目标 %q，也没有这个编号的倾向性条款", "there is neither a goal nor a weighed clause %q", g))
			p.Hint = policy.Suggest(g, known)
			out = append(out, p)
		}
	}
	return out
}

// goalPrefix begins the name of the level of a weighed clause that is a goal by itself.
const goalPrefix = "goal."

// lift makes levels of their own of goals that are weighed clauses, just before what is weighed together.
func (f *Frontier) lift(base *Run) Overlay {
	a, err := base.world.Base()
	if err != nil || a.bad() {
		return Overlay{}
	}
	var clauses, levels []policy.Tree
	for _, name := range goals(a.Policy) {
		if name == policy.WeightedLevel {
			for _, g := range f.Goals {
				if c := clauseOf(a.Policy, g); c != nil && c.Modality == policy.Weighted {
					levels = append(levels, mapping(f.Where, "name", goalPrefix+g, "zh", c.Name.Zh, "en", c.Name.En, "unit", "case"))
					clauses = append(clauses, mapping(f.Where, "id", g, "modality", string(policy.Level), "level", goalPrefix+g))
				}
			}
		}
		levels = append(levels, policy.Value(name, f.Where))
	}
	if clauses == nil {
		return Overlay{}
	}
	over := policy.Mapping(f.Where, "levels", policy.Listing(f.Where, levels...)).With(policy.Mapping(f.Where, "clauses", policy.Listing(f.Where, clauses...)))
	return Overlay{Policy: []policy.Tree{over}}
}

// overlay is the scenario whose plan stands at a point: no goal may come to more than there.
func (f *Front) overlay(point []int64) Overlay {
	var levels []policy.Tree
	for _, name := range f.names {
		i := slices.IndexFunc(f.Levels, func(l policy.LevelSpec) bool { return l.Name == name })
		if i < 0 {
			levels = append(levels, policy.Value(name, f.Where))
			continue
		}
		levels = append(levels, mapping(f.Where, "name", name, "most", units(point[i], f.Levels[i].Scale())))
	}
	return f.lifted.then(Overlay{Policy: []policy.Tree{policy.Mapping(f.Where, "levels", policy.Listing(f.Where, levels...))}})
}

// name of a point: yearly_shares=3 moves=35.
func (f *Front) name(point []int64) string {
	var out []string
	for i, l := range f.Levels {
		out = append(out, l.Name+"="+units(point[i], l.Scale()))
	}
	return strings.Join(out, " ")
}

// units is a value as people count it.
func units(v, scale int64) string {
	return strconv.FormatFloat(float64(v)/float64(scale), 'f', -1, 64)
}

// PointFolder is the folder of the plan at a point of a frontier, both by their positions.
func PointFolder(front, point int) string { return fmt.Sprintf("frontier%d-%02d", front+1, point) }
