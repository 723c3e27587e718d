package scenario

import (
	"slices"
	"strings"

	"cadre/policy"
	"cadre/posting"
)

// Comparison holds runs against each other, person by person.
type Comparison struct {
	File     *File
	Runs     []*Run
	Changes  []Change  // against the base run, in order of runs, then officially
	Moving   []Moving  // who moves in how many of the plans of one input
	Verdicts []Verdict // of the gates
	Metrics  []Metric  // of all plans: those that the file names first, levels next, then the others by name
	Policies []*policy.Policy
	Indexes  []*posting.Index // of the base of each run
	Fronts   []*Front
	Near     bool // only the first period is compared person by person: later ones are advisory
	served   map[*Run]map[string]destination
}

// Change is a cadre whom a run places otherwise than its base does. From and To are posts at the end of the horizon, "" none;
// Seat is the present post.
type Change struct {
	Run              int
	Cadre            string
	Seat             string
	From, To         string
	FromMove, ToMove posting.Move
}

// Moving counts the plans in which a cadre does not stay, among those of his input.
type Moving struct {
	Base  int // position of the base run of the input
	Cadre string
	In    []int // positions of the runs
	Of    int   // plans of the input
}

// Verdict is one gate judged on one run. Runs without a plan are not judged.
type Verdict struct {
	Gate  int
	Run   int
	Value float64
	Base  float64 // of the base run; NaN where it has no plan
	Pass  bool
}

// Moves are the moves of a run's plan that are compared person by person.
func (c *Comparison) Moves(r *Run) []Placed {
	if !c.Near {
		return r.Digest.Moves
	}
	return slices.DeleteFunc(slices.Clone(r.Digest.Moves), func(m Placed) bool { return m.Period > 1 })
}

// Compare compares finished runs; near leaves later periods out of what is said of people. Gates on metrics that a plan lacks are problems.
func Compare(f *File, runs []*Run, near bool) (*Comparison, *policy.Problems, error) {
	c := &Comparison{File: f, Runs: runs, Near: near}
	for i, r := range runs {
		base, err := runs[r.Base].world.Base()
		if err != nil {
			return nil, nil, err
		}
		c.Indexes, c.Policies = append(c.Indexes, base.Index), append(c.Policies, base.Policy)
		if i != r.Base {
			changes := c.Between(r.Base, i)
			c.Changes = append(c.Changes, changes...)
			if r.Digest != nil && runs[r.Base].Digest != nil {
				r.Digest.Metrics[Changed] = float64(len(changes))
			}
		}
	}
	c.moving()
	c.metrics()
	ps := c.judge()
	return c, ps, nil
}

// Differ counts who is placed otherwise by the plan of a point than by the base plan.
func (c *Comparison) Differ(p *Point) int {
	base := c.Runs[p.Run.Base]
	if p.Run.Digest == nil || base.Digest == nil {
		return 0
	}
	n, x := 0, c.Indexes[p.Run.Base]
	before, after := c.places(x, base), c.places(x, p.Run)
	for id, d := range before {
		if after[id].to != d.to {
			n++
		}
	}
	return n
}

// Between lists who is placed otherwise in run b than in run a, officially ordered; nobody where one has no plan.
func (c *Comparison) Between(a, b int) []Change {
	if c.Runs[a].Digest == nil || c.Runs[b].Digest == nil {
		return nil
	}
	before, after := c.places(c.Indexes[a], c.Runs[a]), c.places(c.Indexes[b], c.Runs[b])
	var out []Change
	for _, id := range c.everybody(a, b) {
		x, y := before[id], after[id]
		if x.to != y.to {
			out = append(out, Change{Run: b, Cadre: id, Seat: c.seat(a, id), From: x.to, To: y.to, FromMove: x.move, ToMove: y.move})
		}
	}
	return out
}

type destination struct {
	to   string
	move posting.Move
}

// places says where each cadre serves at the end of the horizon of a run: arrivals who are not placed nowhere.
func (c *Comparison) places(x *posting.Index, r *Run) map[string]destination {
	if known := c.served[r]; known != nil {
		return known
	}
	out := make(map[string]destination, len(x.Cadres))
	for _, p := range x.Cadres {
		out[p.ID] = destination{p.Post, posting.MoveStay}
	}
	for _, p := range r.Added.Cadres {
		out[p.ID] = destination{p.Post, posting.MoveStay}
	}
	for _, m := range c.Moves(r) {
		out[m.Cadre] = destination{m.To, m.Move}
	}
	if c.served == nil {
		c.served = map[*Run]map[string]destination{}
	}
	c.served[r] = out
	return out
}

// everybody lists the cadres of two runs of one input: those of the base in official order, then those that overlays add.
func (c *Comparison) everybody(a, b int) []string {
	var out []string
	for _, p := range c.Indexes[a].Cadres {
		out = append(out, p.ID)
	}
	for _, r := range []int{a, b} {
		for _, p := range c.Runs[r].Added.Cadres {
			if !slices.Contains(out, p.ID) {
				out = append(out, p.ID)
			}
		}
	}
	return out
}

// seat is the present post of a cadre.
func (c *Comparison) seat(i int, id string) string {
	if at := c.Indexes[i].CadreAt(id); at != posting.None {
		return c.Indexes[i].Cadres[at].Post
	}
	return ""
}

// moving counts, for each input, in which plans each cadre does not stay.
func (c *Comparison) moving() {
	for base, r := range c.Runs {
		if r.Base != base {
			continue
		}
		at, of := map[string]*Moving{}, 0
		for i, s := range c.Runs {
			if s.Base != base || s.Digest == nil {
				continue
			}
			of++
			for _, m := range c.Moves(s) {
				if at[m.Cadre] == nil {
					at[m.Cadre] = &Moving{Base: base, Cadre: m.Cadre}
				}
				at[m.Cadre].In = append(at[m.Cadre].In, i)
			}
		}
		for _, id := range c.people(base) {
			if m := at[id]; m != nil {
				m.Of = of
				c.Moving = append(c.Moving, *m)
			}
		}
	}
}

// people lists all cadres of the runs of an input.
func (c *Comparison) people(base int) []string {
	out := c.everybody(base, base)
	for i, r := range c.Runs {
		if r.Base == base && i != base {
			for _, p := range r.Added.Cadres {
				if !slices.Contains(out, p.ID) {
					out = append(out, p.ID)
				}
			}
		}
	}
	return out
}

// Always and Sometimes divide those who move: in all plans of the input, or in some.
func (c *Comparison) Always() []Moving {
	return c.where(func(m *Moving) bool { return len(m.In) == m.Of })
}

// Sometimes: see Always.
func (c *Comparison) Sometimes() []Moving {
	return c.where(func(m *Moving) bool { return len(m.In) < m.Of })
}

func (c *Comparison) where(is func(*Moving) bool) []Moving {
	var out []Moving
	for i := range c.Moving {
		if is(&c.Moving[i]) {
			out = append(out, c.Moving[i])
		}
	}
	return out
}

// Failed lists the verdicts of gates that a plan did not pass.
func (c *Comparison) Failed() []Verdict {
	return slices.DeleteFunc(slices.Clone(c.Verdicts), func(v Verdict) bool { return v.Pass })
}

// NamesPerson tells whether the name of a run holds the name of a cadre, which may stand in no path.
func (c *Comparison) NamesPerson(i int) bool {
	has := func(p posting.Cadre) bool { return p.Name != "" && strings.Contains(c.Runs[i].Name, p.Name) }
	return slices.ContainsFunc(c.Indexes[i].Cadres, has) || slices.ContainsFunc(c.Runs[i].Added.Cadres, has)
}
