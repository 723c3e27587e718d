package report

import (
	"fmt"
	"strconv"

	"cadre/internal/i18n"
	"cadre/scenario"
)

// front is a trade-off prepared for printing.
type front struct {
	*scenario.Front
	k     *compared
	index int
}

func (k *compared) fronts() []front {
	var out []front
	for i, f := range k.c.Fronts {
		out = append(out, front{f, k, i})
	}
	return out
}

// shown tells whether the audience may see a frontier: one that is counted in points is for the analyst.
func (f front) shown() bool {
	if !f.k.aud.Whole() {
		return false
	}
	for _, l := range f.Levels {
		if l.Unit == "point" && f.k.aud.Who != Analyst {
			return false
		}
	}
	return true
}

// at is a goal's value at a point, as people count it.
func (f front) at(point, goal int) float64 {
	return float64(f.Points[point].Values[goal]) / float64(f.Levels[goal].Scale())
}

// title of a frontier: its name and its goals.
func (f front) title() string {
	var goals []string
	for _, l := range f.Levels {
		goals = append(goals, f.k.say(l.Text))
	}
	return f.k.say(i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", f.Name, f.k.list(goals)))
}

// note says what the points are, and whether they are all.
func (f front) note() string {
	all := i18n.T("没有别的取舍", "there is no other trade-off")
	if !f.Complete {
		all = i18n.T("另有取舍未列出", "there are others besides these")
	}
	where := i18n.T("基准方案不在其上，因为它还顾及排在其间的其他目标", "the base plan is none of them, since it serves goals that stand between these, too")
	if f.Chosen >= 0 {
		where = i18n.F("基准方案是第 %d 点", "the base plan is point %d", f.Chosen+1)
	}
	return f.k.say(i18n.F("每一点上，任何一项目标都不能再好而其他目标不变差；%[1]s；%[2]s", "at each point no goal can be better without another being worse; %[1]s; %[2]s", all, where))
}

// table lists the points with the price of the step from one to the next.
func (f front) table() *table {
	cols := []col{{i18n.T("点", "point"), 7}}
	for _, l := range f.Levels {
		cols = append(cols, col{l.Text, 24})
	}
	cols = append(cols, col{i18n.T("调整人数", "people moved"), 10}, col{i18n.T("与基准方案不同", "placed otherwise"), 12}, col{i18n.T("与下一点相比", "against the next point"), 60}, col{i18n.T("方案", "plan"), 20})
	t := f.k.table(fmt.Sprintf("frontier%d", f.index+1), i18n.F("取舍%d", "Trade-off %d", f.index+1), cols...)
	t.note = f.k.say(i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", f.title(), f.note()))
	for i := range f.Points {
		cells := []any{i + 1}
		for j := range f.Levels {
			cells = append(cells, f.at(i, j))
		}
		tn := plain
		if i == f.Chosen {
			tn = coming
		}
		moved, folder := "", ""
		if d := f.Points[i].Run.Digest; d != nil {
			moved, folder = figure(d.Metrics["moves"]), scenario.PointFolder(f.index, i)
		}
		t.add(tn, append(cells, moved, f.k.c.Differ(&f.Points[i]), f.step(i), folder)...)
	}
	return t
}

// step is the price of going from a point to the next: what is gained, and what it costs.
func (f front) step(i int) string {
	if i+1 >= len(f.Points) {
		return ""
	}
	var gains, costs []string
	for j, l := range f.Levels {
		d := f.at(i+1, j) - f.at(i, j)
		unit := f.k.say(wordOr(unitWords, l.Unit))
		switch {
		case d < 0:
			gains = append(gains, f.k.say(i18n.F("%[1]s少 %[2]s %[3]s", "%[1]s %[2]s %[3]s less", l.Text, figure(-d), unit)))
		case d > 0:
			costs = append(costs, f.k.say(i18n.F("%[1]s多 %[2]s %[3]s", "%[1]s %[2]s %[3]s more", l.Text, figure(d), unit)))
		}
	}
	return f.k.say(i18n.F("%[1]s，代价是%[2]s", "%[1]s, at the cost of %[2]s", f.k.list(gains), f.k.list(costs)))
}

// chart of a frontier: the first goal across, the second upwards, the third (where there is one) as colour and number.
type frontChart struct {
	Title, Across, Up, Third string
	Dots                     []frontDot
	Steps                    string // path through the points of two goals
	Ticks                    []frontTick
	ID                       string
}

type frontDot struct {
	X, Y         int
	Label, Title string
	Chosen       bool
	Fill         string
}

type frontTick struct {
	X, Y   int
	Label  string
	Upward bool
}

// Geometry of the chart: the box of the points, with room for the axes.
const (
	frontLeft   = 70
	frontTop    = 16
	frontWidth  = chartWidth - frontLeft - 40
	frontHeight = 220
)

func (f front) chart() *frontChart {
	if len(f.Points) < 2 {
		return nil
	}
	c := &frontChart{Title: f.title(), Across: f.k.say(f.Levels[0].Text), Up: f.k.say(f.Levels[1].Text), ID: fmt.Sprintf("frontier%d", f.index+1)}
	x, y := f.axis(0, frontLeft, frontWidth), f.axis(1, frontTop+frontHeight, -frontHeight)
	third := func(int) (string, string) { return "#2b5c8a", "" }
	if len(f.Levels) > 2 {
		c.Third = f.k.say(f.Levels[2].Text)
		third = func(i int) (string, string) { return f.shade(i), figure(f.at(i, 2)) }
	}
	for i := range f.Points {
		fill, label := third(i)
		c.Dots = append(c.Dots, frontDot{X: x(i), Y: y(i), Label: label, Fill: fill, Chosen: i == f.Chosen, Title: f.label(i)})
		if len(f.Levels) == 2 {
			if i == 0 {
				c.Steps = fmt.Sprintf("M%d %d", x(i), y(i))
			} else {
				c.Steps += fmt.Sprintf("H%dV%d", x(i), y(i))
			}
		}
	}
	c.Ticks = append(f.ticks(0, x, false), f.ticks(1, y, true)...)
	return c
}

// label names a point: its number and its goals.
func (f front) label(i int) string {
	var goals []string
	for j, l := range f.Levels {
		goals = append(goals, f.k.say(i18n.F("%[1]s %[2]s", "%[1]s %[2]s", l.Text, figure(f.at(i, j)))))
	}
	return f.k.say(i18n.F("第 %[1]d 点：%[2]s", "point %[1]d: %[2]s", i+1, f.k.list(goals)))
}

// axis places the points along a goal.
func (f front) axis(goal, from, length int) func(point int) int {
	lo, hi := f.extent(goal)
	return func(i int) int {
		if hi == lo {
			return from
		}
		return from + int(float64(length)*(f.at(i, goal)-lo)/(hi-lo))
	}
}

func (f front) extent(goal int) (lo, hi float64) {
	lo, hi = f.at(0, goal), f.at(0, goal)
	for i := range f.Points {
		lo, hi = min(lo, f.at(i, goal)), max(hi, f.at(i, goal))
	}
	return lo, hi
}

// shade is the colour of a point by its third goal, from good to bad.
func (f front) shade(i int) string {
	lo, hi := f.extent(2)
	if hi == lo {
		return tierFill[1]
	}
	return tierFill[1+int(float64(tiers-2)*(f.at(i, 2)-lo)/(hi-lo))]
}

// leastApart is how far apart two labels of an axis must stand, in pixels.
const leastApart = 26

// ticks label the values of a goal that the points have, as far as there is room.
func (f front) ticks(goal int, place func(int) int, upward bool) []frontTick {
	var out []frontTick
	for i := range f.Points {
		at, near := place(i), false
		for _, t := range out {
			other := t.X
			if upward {
				other = t.Y
			}
			near = near || max(at-other, other-at) < leastApart
		}
		if near {
			continue
		}
		t := frontTick{X: at, Y: frontTop + frontHeight + 18, Label: strconv.FormatFloat(f.at(i, goal), 'f', -1, 64)}
		if upward {
			t = frontTick{X: frontLeft - 12, Y: at, Label: t.Label, Upward: true}
		}
		out = append(out, t)
	}
	return out
}

// FrontJSON is a trade-off in compare.json.
type FrontJSON struct {
	Name     string      `json:"name"`
	Goals    []string    `json:"goals"`
	Complete bool        `json:"complete"`
	Chosen   int         `json:"chosen"` // position of the base plan's point, -1 where it is none of them
	Points   []PointJSON `json:"points"`
}

// PointJSON is one point: its goals as people count them, by name, its plan, and what the step to the next point gains and costs.
type PointJSON struct {
	Values  map[string]float64 `json:"values"`
	Plan    string             `json:"plan"`
	Status  string             `json:"status"`
	Changed int                `json:"people_changed"`
	Step    string             `json:"step"`
}

func (f front) json() FrontJSON {
	out := FrontJSON{Name: f.Name, Complete: f.Complete, Chosen: f.Chosen, Points: []PointJSON{}}
	for _, l := range f.Levels {
		out.Goals = append(out.Goals, l.Name)
	}
	for i := range f.Points {
		p := PointJSON{Values: map[string]float64{}, Status: f.Points[i].Run.Record.Status, Changed: f.k.c.Differ(&f.Points[i]), Step: f.step(i)}
		for j, l := range f.Levels {
			p.Values[l.Name] = f.at(i, j)
		}
		if f.Points[i].Run.Digest != nil {
			p.Plan = scenario.PointFolder(f.index, i)
		}
		out.Points = append(out.Points, p)
	}
	return out
}

// frontiers prints each trade-off in a few lines.
func (t *text) frontiers(k *compared) {
	for _, f := range k.fronts() {
		if !f.shown() {
			continue
		}
		t.head(i18n.F("取舍：%s", "trade-off: %s", f.title()))
		t.item(i18n.T(f.note(), f.note()))
		var all []i18n.Text
		for i := range f.Points {
			all = append(all, i18n.F("%[1]s；%[2]s", "%[1]s; %[2]s", f.label(i), f.step(i)))
		}
		t.items(all)
	}
}
