package report

import (
	"fmt"
	"math"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Charts are computed as geometry, in pixels of a box of chartWidth; the page's template draws them as SVG.

// chartWidth is the width of the charts' box.
const chartWidth = 640

// bar is one share: how many of the eligible were asked and reached.
type bar struct {
	Label, Text  string
	Y            int
	Moved, Asked int // lengths; the whole bar, all who are eligible, is barLength
	Short        bool
}

// barLength is the length of a whole bar, barStep the height of one share.
const (
	barLength = chartWidth
	barStep   = 58
)

func (p *papers) bars() []bar {
	var out []bar
	for i, s := range p.shares() {
		whole := max(s.Eligible, s.Asked, s.Moved, 1)
		out = append(out, bar{Label: s.ID + " " + p.say(s.Name), Y: i * barStep, Moved: s.Moved * barLength / whole, Asked: s.Asked * barLength / whole,
			Short: s.Short > 0, Text: p.say(i18n.F("符合条件 %[1]d 人，要求 %[2]d 人（%[4]s），落实 %[3]d 人", "%[1]d eligible, %[2]d asked (%[4]s), %[3]d reached",
				s.Eligible, s.Asked, s.Moved, shareText(s.Ratio("share"))))})
	}
	return out
}

// Tiers of places are 1 (best) to 5 (hardest); 0 stands for a tier that is not known.
const tiers = 6

// tierFill are the colours of the tiers, the unknown one first.
var tierFill = [tiers]string{"#b8b8b8", "#2b5c8a", "#5a87ad", "#a9a15f", "#c98a3b", "#b0522d"}

// node is a tier on one side of the flow chart, ribbon the people who go from one to the other.
type node struct {
	X, Y, H int
	Label   string
	Fill    string
	LabelX  int
	Anchor  string
}

type ribbon struct {
	Path, Fill, Title string
	Width             float64
}

type flow struct {
	Nodes   []node
	Ribbons []ribbon
	H       int
}

// Geometry of the flow chart: the height of the people, the gap between tiers, and where the columns of nodes stand.
const (
	flowHeight = 240
	flowGap    = 14
	flowLeft   = 170
	flowRight  = chartWidth - 184
	nodeWidth  = 14
)

// flows counts the moves between tiers of places; nil where no tier of a move is known.
func (p *papers) flows() *flow {
	var n [tiers][tiers]int
	total, known := 0, 0
	for _, m := range p.changes {
		if m.from == posting.None || m.to == posting.None {
			continue
		}
		a, b := p.tier(m.from), p.tier(m.to)
		n[a][b]++
		total++
		if a > 0 && b > 0 {
			known++
		}
	}
	if known == 0 {
		return nil
	}
	return p.drawFlows(n, total)
}

// tier is the tier of the place of post q, 0 not known.
func (p *papers) tier(q int) int {
	if l := p.x.PlaceOf(q); l != posting.None && p.x.Places[l].Tier > 0 && p.x.Places[l].Tier < tiers {
		return p.x.Places[l].Tier
	}
	return 0
}

func (p *papers) drawFlows(n [tiers][tiers]int, total int) *flow {
	f := &flow{H: flowHeight + flowGap*tiers}
	scale := float64(flowHeight) / float64(total)
	var out, in [tiers]int
	for a := range n {
		for b := range n[a] {
			out[a], in[b] = out[a]+n[a][b], in[b]+n[a][b]
		}
	}
	left, right := f.column(p, out, scale, flowLeft), f.column(p, in, scale, flowRight)
	for _, a := range tierOrder {
		for _, b := range tierOrder {
			if n[a][b] == 0 {
				continue
			}
			h := float64(n[a][b]) * scale
			y, z := left[a]+h/2, right[b]+h/2
			left[a], right[b] = left[a]+h, right[b]+h
			mid := (flowLeft + nodeWidth + flowRight) / 2
			f.Ribbons = append(f.Ribbons, ribbon{Width: math.Round(h*10) / 10, Fill: tierFill[a],
				Path:  fmt.Sprintf("M%d %.1fC%d %.1f %d %.1f %d %.1f", flowLeft+nodeWidth, y, mid, y, mid, z, flowRight, z),
				Title: p.say(i18n.F("%[1]s→%[2]s：%[3]d 人", "%[1]s to %[2]s: %[3]d", p.tierName(a), p.tierName(b), n[a][b]))})
		}
	}
	return f
}

// tierOrder is the order from top to bottom: the best place first, the unknown last.
var tierOrder = [tiers]int{1, 2, 3, 4, 5, 0}

// column sets up the nodes of one side and returns where the ribbons of each begin.
func (f *flow) column(p *papers, n [tiers]int, scale float64, x int) [tiers]float64 {
	var starts [tiers]float64
	y := 0.0
	for _, t := range tierOrder {
		if n[t] == 0 {
			continue
		}
		h := float64(n[t]) * scale
		nd := node{X: x, Y: int(y), H: max(1, int(h)), Fill: tierFill[t], LabelX: x - 8, Anchor: "end",
			Label: p.say(i18n.F("%[1]s %[2]d 人", "%[1]s: %[2]d", p.tierName(t), n[t]))}
		if x == flowRight {
			nd.LabelX, nd.Anchor = x+nodeWidth+8, "start"
		}
		f.Nodes = append(f.Nodes, nd)
		starts[t] = y
		y += h + flowGap
	}
	return starts
}

func (p *papers) tierName(t int) string {
	switch t {
	case 0:
		return p.say(i18n.T("层次未填", "tier not given"))
	case 1:
		return p.say(i18n.T("一类（条件较好）", "tier 1 (better)"))
	case tiers - 1:
		return p.say(i18n.T("五类（较艰苦）", "tier 5 (harder)"))
	}
	return p.say(i18n.F("%[1]s类", "tier %[2]d", [...]string{"", "一", "二", "三", "四", "五"}[t], t))
}

// clock is the distribution of the time in the present post, before and after: a pair of columns for each year.
type clock struct {
	Years []clockYear
	Marks []clockMark // the years after which a move is due
	Most  int
}

type clockYear struct {
	X, Before, After int // place and heights
	BeforeN, AfterN  int
	Label            string
}

type clockMark struct {
	X     int
	Label string
}

// Geometry of the term clock: the last column holds clockYears years and more.
const (
	clockYears  = 15
	clockHeight = 170
	clockStep   = chartWidth / (clockYears + 1)
)

func (p *papers) clocks() clock {
	var before, after [clockYears + 1]int
	for c := range p.x.Cadres {
		months, known := p.x.Tenure(c, 1)
		if known {
			before[min(months/12, clockYears)]++
		}
		switch i := p.changeOf[c]; {
		case i == posting.None && known:
			after[min(months/12, clockYears)]++
		case i != posting.None && p.final[c] != posting.None:
			after[0]++
		}
	}
	out := clock{Most: 1}
	for y := range before {
		out.Most = max(out.Most, before[y], after[y])
	}
	for y := range before {
		label := fmt.Sprint(y)
		if y == clockYears {
			label += "+"
		}
		out.Years = append(out.Years, clockYear{X: y * clockStep, Before: before[y] * clockHeight / out.Most, After: after[y] * clockHeight / out.Most,
			BeforeN: before[y], AfterN: after[y], Label: label})
	}
	out.Marks = p.dueYears()
	return out
}

// dueYears are the limits of the active duties to move.
func (p *papers) dueYears() []clockMark {
	var out []clockMark
	had := map[int]bool{}
	for _, c := range p.pol.ActiveOf("long_tenure") {
		if y := c.Months("must_years") / 12; y > 0 && y <= clockYears && !had[y] {
			had[y] = true
			out = append(out, clockMark{X: y*clockStep - 2, Label: p.say(i18n.F("应交流 %d 年", "due at %d y", y))})
		}
	}
	return out
}
