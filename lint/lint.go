// Package lint looks at a policy and the data that it is for before anything is solved: [Check] counts whom each clause
// touches, and finds what arithmetic alone proves to be impossible, as seat by seat, team by team, and floors against
// ceilings. It calls no solver: every finding follows from one requirement, or from the requirements of two clauses.
//
// It reads the encoded model ([constraints.Encode]): each row says with which clause and which people, posts and units it
// belongs, so that a new rule kind is looked at without a line here. What it proves, it proves of the model; what it does
// not find may still be impossible.
//
// The package may import posting, policy, constraints and mip.
package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Severity of a finding. None changes the exit code: that there is no plan is an answer, given when one is asked for.
type Severity string

const (
	Contradiction Severity = "contradiction" // no plan keeps both: there is none until one of them gives way
	Shortfall     Severity = "shortfall"     // every plan falls short of a goal by so much
	Note          Severity = "note"          // nothing is impossible, but the planner should know
)

// Finding is one thing found. Measured is the most (for a ceiling: the least) that any plan can reach, Limit what is asked
// for, both in persons, seats or whatever the clause counts.
type Finding struct {
	Code     string
	Severity Severity
	Clause   string   // printed id of the clause that asks for too much
	Against  string   // printed id of the clause that stands against it, "" none
	Unit     string   // id of the unit, "" none or several
	Subjects []string // ids of people, posts, units
	Measured int
	Limit    int
	Text     i18n.Text
	Hint     i18n.Text // the cheapest way out; may be empty
}

// Clause is a clause of the policy with what it touches.
type Clause struct {
	Clause *policy.Clause
	State  string // active; report (measured only), off, or dated (not in force on the plan date)
	constraints.Touch
	Due    int                 // of long_tenure: people due in period 1
	Shares []constraints.Share // of yearly_share: what is asked for in period 1
}

// ID is the printed id.
func (c *Clause) ID() string { return c.Clause.Shown() }

// Hold tells whether the entry stands for all holds and deferrals, of which no more is said.
func (c *Clause) Hold() bool { return c.ID() == policy.Hold }

// Report is what the lint has to say.
type Report struct {
	Clauses   []Clause // in policy order; holds and deferrals of every kind are one
	Findings  []Finding
	Estimated bool // the pairs were counted on a part of the cadres and scaled up
}

// mostPairs is the number of pairs up to which every one is looked at: a second's work for the 45 clauses of the book.
const mostPairs = 1 << 22

// Check runs the lint. The index and the policy are those of a validated input. Time is linear in clauses x pairs up to
// mostPairs, beyond that in clauses x mostPairs, and in the size of the model.
func Check(x *posting.Index, pol *policy.Policy) *Report {
	l := newLinter(x, pol)
	l.clauses()
	l.duties()
	l.shares()
	l.touches()
	l.overlaps()
	l.requirements()
	l.ceilings()
	l.sort()
	return l.report
}

// linter gathers the report.
type linter struct {
	x      *posting.Index
	pol    *policy.Policy
	enc    *constraints.Encoding
	model  *model
	byID   map[string]*policy.Clause // by printed id: the first clause of it that is active
	asked  []constraints.Share       // what the shares ask for
	report *Report
}

func newLinter(x *posting.Index, pol *policy.Policy) *linter {
	enc := constraints.Encode(x, pol)
	l := &linter{x: x, pol: pol, enc: enc, model: newModel(x, enc), asked: enc.Shares(), byID: map[string]*policy.Clause{}, report: &Report{}}
	for i := range pol.Clauses {
		if c := &pol.Clauses[i]; c.Active(pol.Calendar.Date) && l.byID[c.Shown()] == nil {
			l.byID[c.Shown()] = c
		}
	}
	return l
}

// clauses lists every clause with its counts.
func (l *linter) clauses() {
	each := 1
	for pairs := len(l.x.Cadres) * len(l.x.Posts); pairs/each > mostPairs; {
		each++
	}
	l.report.Estimated = each > 1
	touched := map[*policy.Clause]constraints.Touch{}
	for _, t := range l.enc.Survey(each) {
		touched[t.Clauses[0]] = t
	}
	held := false
	for i := range l.pol.Clauses {
		c := &l.pol.Clauses[i]
		if c.Shown() == policy.Hold && held {
			continue
		}
		held = held || c.Shown() == policy.Hold
		entry := Clause{Clause: c, State: state(c, l.pol.Calendar.Date), Touch: touched[c]}
		l.report.Clauses = append(l.report.Clauses, entry)
	}
}

func state(c *policy.Clause, date posting.Month) string {
	switch {
	case c.Off:
		return "off"
	case !c.InForce(date):
		return "dated"
	case c.Modality == policy.Report:
		return "report"
	}
	return "active"
}

func (l *linter) find(f Finding) { l.report.Findings = append(l.report.Findings, f) }

// clause finds the entry of an active clause, nil where there is none.
func (l *linter) clause(c *policy.Clause) *Clause {
	for i := range l.report.Clauses {
		if l.report.Clauses[i].Clause == c {
			return &l.report.Clauses[i]
		}
	}
	return nil
}

// sort brings the findings into order: the gravest first, then by code and clause in policy order.
func (l *linter) sort() {
	gravity := map[Severity]int{Contradiction: 0, Shortfall: 1, Note: 2}
	rank := map[string]int{}
	for i := len(l.pol.Clauses) - 1; i >= 0; i-- {
		rank[l.pol.Clauses[i].Shown()] = i
	}
	slices.SortStableFunc(l.report.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(gravity[a.Severity], gravity[b.Severity]), cmp.Compare(a.Code, b.Code), cmp.Compare(rank[a.Clause], rank[b.Clause]))
	})
}

// unitOf is the id of the unit that subjects are about: a unit, or that of a post or of somebody's seat; "" none.
func (l *linter) unitOf(subjects []string) string {
	for _, id := range subjects {
		switch c, p := l.x.CadreAt(id), l.x.PostAt(id); {
		case l.x.UnitAt(id) != posting.None:
			return id
		case p != posting.None:
			return l.x.Posts[p].Unit
		case c != posting.None && l.x.Seat(c) != posting.None:
			return l.x.Posts[l.x.Seat(c)].Unit
		}
	}
	return ""
}

// about names subjects for people: units, posts and cadres by name and id.
func (l *linter) about(subjects []string) i18n.Text {
	names := make([]string, len(subjects))
	for i, id := range subjects {
		names[i] = l.name(id)
	}
	return i18n.T(strings.Join(names, "、"), strings.Join(names, ", "))
}

// few names the first of many subjects, and how many there are.
func (l *linter) few(subjects []string) i18n.Text {
	if n := len(subjects); n > mostNamed {
		return i18n.F("%[1]s等 %[2]d 个", "%[1]s and others, %[2]d in all", l.about(subjects[:mostNamed]), n)
	}
	return l.about(subjects)
}

// mostNamed is how many people or units a text names.
const mostNamed = 5

func (l *linter) name(id string) string {
	name := ""
	switch c, p, u, z := l.x.CadreAt(id), l.x.PostAt(id), l.x.UnitAt(id), l.x.PlaceAt(id); {
	case u != posting.None:
		name = l.x.Units[u].Name
	case p != posting.None:
		name = l.x.Posts[p].Name
	case c != posting.None:
		name = l.x.Cadres[c].Name
	case z != posting.None:
		name = l.x.Places[z].Name
	}
	return fmt.Sprintf("%s (%s)", name, id)
}
