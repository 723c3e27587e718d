package scenario

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Direction says which way a metric is better.
type Direction string

const (
	Lower  Direction = "lower"
	Higher Direction = "higher"
	Either Direction = "" // neither way
)

// Metric is a named number of a plan.
type Metric struct {
	Name      string
	Direction Direction
	Text      i18n.Text // what it counts; empty: the name itself
}

// Gate is what a plan has to pass: a bound on a metric, or a bound on its change against the base plan.
type Gate struct {
	Metric    string
	Test      Test
	Limit     float64  // of at_most and at_least
	Scenarios []string // names or beginnings of names (a grid's); none: all but the base
	Where     string
}

// Test is how a gate compares.
type Test string

const (
	AtMost   Test = "at_most"
	AtLeast  Test = "at_least"
	Falls    Test = "falls"     // below the base's value
	Rises    Test = "rises"     // above it
	NotAbove Test = "not_above" // the base's value at most
	NotBelow Test = "not_below" // the base's value at least
)

var againstBase = []string{string(Falls), string(Rises), string(NotAbove), string(NotBelow)}

// Holds tells whether a value passes the gate, given the base's.
func (g *Gate) Holds(value, base float64) bool {
	switch g.Test {
	case AtMost:
		return value <= g.Limit
	case AtLeast:
		return value >= g.Limit
	case Falls:
		return value < base
	case Rises:
		return value > base
	case NotAbove:
		return value <= base
	}
	return value >= base
}

// relative tells whether the gate compares with the base.
func (g *Gate) relative() bool { return g.Test != AtMost && g.Test != AtLeast }

// asks tells whether the gate is for a run: where it names none, for every one of another scenario or policy than the base's.
func (g *Gate) asks(c, base *Case) bool {
	if len(g.Scenarios) == 0 {
		return c.Scenario.Name != base.Scenario.Name || c.Policy != base.Policy
	}
	return slices.ContainsFunc(g.Scenarios, func(name string) bool {
		return c.Scenario.Name == name || strings.HasPrefix(c.Scenario.Name, name+"：")
	})
}

func (d *decoder) gate(t policy.Tree) Gate {
	f := d.Table(t, "metric", "at_most", "at_least", "against_base", "scenarios")
	g := Gate{Metric: d.Text(d.Must(f, t, "metric")), Scenarios: d.Words(f["scenarios"], nil), Where: t.Where()}
	given := 0
	for _, test := range []Test{AtMost, AtLeast} {
		if v, ok := f[string(test)]; ok {
			g.Test, g.Limit = test, d.amount(v)
			given++
		}
	}
	if v, ok := f["against_base"]; ok {
		g.Test = Test(d.Word(v, againstBase))
		given++
	}
	if given != 1 {
		d.Fail("E2103", t, i18n.T("一道门槛要写 at_most、at_least、against_base 之一", "a gate states one of at_most, at_least and against_base"), i18n.Text{})
	}
	return g
}

func (d *decoder) metric(t policy.Tree) Metric {
	if t.Is(policy.Scalar) {
		return known(d.Text(t))
	}
	f := d.Table(t, "name", "better", "zh", "en")
	m := known(d.Text(d.Must(f, t, "name")))
	if better, ok := f["better"]; ok {
		m.Direction = Direction(d.Word(better, []string{string(Lower), string(Higher)}))
	}
	if zh, en := d.Text(f["zh"]), d.Text(f["en"]); zh != "" || en != "" {
		m.Text = i18n.T(zh, en)
	}
	return m
}

// amount reads a number of either sign.
func (d *decoder) amount(t policy.Tree) float64 {
	v, err := strconv.ParseFloat(d.Text(t), 64)
	if t.Is(policy.Scalar) && (err != nil || math.IsNaN(v) || math.IsInf(v, 0)) {
		d.Fail("E2005", t, i18n.F("%q 不是数字", "%q is not a number", d.Text(t)), i18n.Text{})
		return 0
	}
	return v
}

// knownMetrics are the metrics that every plan has and that people ask for, with their directions.
var knownMetrics = []Metric{
	{"moves", Lower, i18n.T("调整人数", "people moved")},
	{"moves_transfer", Either, i18n.T("交流任职人数", "transfers")},
	{"moves_rotate", Either, i18n.T("内部轮岗人数", "rotations inside a unit")},
	{"placements", Higher, i18n.T("拟调入人员落实", "arrivals placed")},
	{"unplaced", Lower, i18n.T("拟调入人员待安排", "arrivals not placed")},
	{"seats_empty", Lower, i18n.T("待补岗位", "seats left open")},
	{"due", Either, i18n.T("应交流人数", "people due to move")},
	{"due_moved", Higher, i18n.T("应交流已安排人数", "people due to move who move")},
	{"exceptions_used", Lower, i18n.T("使用的例外", "exceptions used")},
	{Changed, Either, i18n.T("与基准方案去向不同的人数", "people placed otherwise than in the base plan")},
}

// Changed is the metric that Compare adds: how many people the plan places otherwise than the base plan.
const Changed = "people_changed"

// known is a metric by name, with its direction where one is known.
func known(name string) Metric {
	if i := slices.IndexFunc(knownMetrics, func(m Metric) bool { return m.Name == name }); i >= 0 {
		return knownMetrics[i]
	}
	switch _, part, _ := strings.Cut(name, "."); part {
	case "short":
		return Metric{Name: name, Direction: Lower}
	case "moved":
		return Metric{Name: name, Direction: Higher}
	}
	return Metric{Name: name}
}

// levelPrefix stands before the name of a level where a metric has the same name.
const levelPrefix = "level."

// officePrefix begins the metrics that read protected attributes: they are for the office's own check of one plan.
const officePrefix = "office_"

// Metrics are all named numbers of a plan that can be compared: its metrics, and the values of its levels, by the
// level's name where no metric has it, and always by level.NAME.
func Metrics(p *posting.Plan) map[string]float64 {
	out := map[string]float64{}
	for _, l := range p.Levels {
		out[l.Name], out[levelPrefix+l.Name] = l.Value, l.Value
	}
	for name, v := range p.Metrics {
		if !strings.HasPrefix(name, officePrefix) {
			out[name] = v
		}
	}
	return out
}
