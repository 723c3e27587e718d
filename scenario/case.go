package scenario

import (
	"fmt"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
)

// Case is one run: a scenario on an input, under a policy, with options, for the Repeat-th time.
type Case struct {
	Name     string // unique: the scenario's, and what tells it from other runs of the scenario
	Scenario *Scenario
	Input    string  // path; "" the one of the command line
	Policy   string  // path; "" the input's own
	Solver   string  // "" the one of the command line
	Seed     int     // NoSeed: the one of the command line
	Gap      float64 // NoGap likewise
	Repeat   int     // 0 the first time
	Base     int     // position of the run against which this one is held
	Near     []int   // positions of earlier runs from which this one begins, the nearest first
}

// NoSeed and NoGap say that the command line decides.
const (
	NoSeed = -1
	NoGap  = -1
)

// Size is the number of runs, mostCount where it is larger.
func (f *File) Size() int {
	n := 1 + len(f.Scenarios)
	for i := range f.Grids {
		n = min(n+f.Grids[i].size(), mostCount)
	}
	for _, k := range []int{len(f.Across.Inputs), len(f.Across.Policies), len(f.Across.Solvers), len(f.Across.Seeds), len(f.Across.Gaps), f.Across.Repeats} {
		n = product(n, max(k, 1))
	}
	return n
}

// Cases lists the runs, the base first among those of each input. More than most are refused.
func (f *File) Cases(most int) ([]Case, *policy.Problems) {
	ps := &policy.Problems{}
	if n := f.Size(); n > most {
		shown := fmt.Sprint(n)
		if n >= mostCount {
			shown = "> 10^12"
		}
		ps.Add(policy.Problem{Code: "E2104", Severity: policy.Error, Text: i18n.F("共有 %[1]s 次计算，超过 %[2]d 次的上限", "that is %[1]s runs, more than the limit of %[2]d", shown, most),
			Hint: i18n.F("减少取值，或者用 --runs %s 确认", "take fewer values, or confirm the number with --runs %s", shown)})
		return nil, ps
	}
	scenarios := f.all()
	var out []Case
	base := 0
	for _, input := range orDefault(f.Across.Inputs, "") {
		base = len(out)
		for _, c := range f.crossed(input) {
			first := len(out)
			for i := range scenarios {
				n := c
				n.Scenario, n.Base = &scenarios[i], base
				n.Name = f.runName(&n)
				for _, at := range scenarios[i].near {
					n.Near = append(n.Near, first+at)
				}
				out = append(out, n)
			}
		}
	}
	return out, ps
}

// all are the base, the scenarios and the combinations of the grids.
func (f *File) all() []Scenario {
	out := []Scenario{{Name: f.Base}}
	for _, s := range f.Scenarios {
		s.near = []int{0}
		out = append(out, s)
	}
	for i := range f.Grids {
		out = append(out, f.Grids[i].scenarios(len(out))...)
	}
	return out
}

// crossed are the policies, options and repeats on one input, without scenario.
func (f *File) crossed(input string) []Case {
	var out []Case
	for _, pol := range orDefault(f.Across.Policies, "") {
		for _, solver := range orDefault(f.Across.Solvers, "") {
			for _, gap := range orDefault(f.Across.Gaps, NoGap) {
				for _, seed := range orDefault(f.Across.Seeds, NoSeed) {
					for repeat := range f.Across.Repeats {
						out = append(out, Case{Input: input, Policy: pol, Solver: solver, Gap: gap, Seed: seed, Repeat: repeat})
					}
				}
			}
		}
	}
	return out
}

func orDefault[T any](list []T, v T) []T {
	if len(list) == 0 {
		return []T{v}
	}
	return list
}

// runName adds to the scenario's name what varies.
func (f *File) runName(c *Case) string {
	var tags []string
	tag := func(varies bool, format string, v any) {
		if varies {
			tags = append(tags, fmt.Sprintf(format, v))
		}
	}
	tag(len(f.Across.Inputs) > 1, "%s", c.Input)
	tag(len(f.Across.Policies) > 1, "%s", c.Policy)
	tag(len(f.Across.Solvers) > 1, "%s", c.Solver)
	tag(len(f.Across.Gaps) > 1, "gap %g", c.Gap)
	tag(len(f.Across.Seeds) > 1, "seed %d", c.Seed)
	tag(f.Across.Repeats > 1, "#%d", c.Repeat+1)
	if len(tags) == 0 {
		return c.Scenario.Name
	}
	return c.Scenario.Name + " [" + strings.Join(tags, ", ") + "]"
}
