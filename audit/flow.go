package audit

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
)

// flow is who leaves a team or comes to a unit in one period, held against a ceiling.
type flow struct {
	unit    int
	period  int
	movers  []int
	grounds []string // by mover: why he is not counted, "" counted
	whole   string   // exception by which the unit is left out, "" none
	limit   int
}

func (f *flow) add(c int, ground string) {
	f.movers, f.grounds = append(f.movers, c), append(f.grounds, ground)
}

// judge counts the movers, and lists as waived a breach that those left out would make.
func (f *flow) judge(s *scene, c *policy.Clause, what func(n, limit int) i18n.Text, out *findings) {
	var counted []int
	for i, m := range f.movers {
		if f.grounds[i] == "" && f.whole == "" {
			counted = append(counted, m)
		}
	}
	say := func(movers []int, ground string) entry {
		unit, n := &s.x.Units[f.unit], len(movers)
		return entry{subjects: append([]string{unit.ID}, s.ids(movers)...), period: f.period, measured: n, limit: f.limit, unit: "person",
			breach: max(0, n-f.limit), exception: ground,
			text: of(c, unit.Name, i18n.F("%s：%s", "%s: %s", what(n, f.limit), s.names(movers)))}
	}
	all := len(f.movers) > f.limit && len(f.movers) > len(counted)
	if len(counted) > f.limit {
		out.breach(say(counted, ""))
	} else if !all {
		out.keep(1)
	}
	if all {
		out.add(waived, say(f.movers, merged(append([]string{f.whole}, f.grounds...))))
	}
}

// floorShare is a share of n, rounded down.
func floorShare(r policy.Ratio, n int) int { return int(r.Num * int64(n) / r.Den) }

// groundSeparator stands between the grounds of a waiver that has several.
const groundSeparator = ","

// merged are the different grounds of several waivers, in the order in which they occur.
func merged(grounds []string) string {
	var out []string
	for _, g := range grounds {
		if g != "" && !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return strings.Join(out, groundSeparator)
}
