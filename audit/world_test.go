package audit

import (
	"fmt"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// world is a tiny county in which nothing is blank and nobody breaks anything: township U1 at the hard place Z1 with
// posts P1 and P4, organ U2 at Z2 with P2, P3, P5. Cadres a, b, c hold P1, P2, P3; P4 and P5 are empty. All posts are
// equal seats of deputies, all cadres equal, at home in Z2, 60 months in post on 2026-01. Arrival d comes where asked.
type world struct {
	in      *posting.Instance
	cal     posting.Calendar
	clauses []policy.Clause
	regime  policy.Regime
}

const home = "县委"

func newWorld() *world {
	in := &posting.Instance{
		Places: []posting.Place{{ID: "Z1", Name: "青石", Tier: 4, Hardship: 3, Lodging: 2}, {ID: "Z2", Name: "县城", Tier: 1, Hardship: 0, Lodging: 10}},
		Units: []posting.Unit{
			{ID: "U1", Name: "青石镇", Kind: posting.Township, Place: "Z1", Tier: 4, Heads: -1, Deps: -1, Middle: -1},
			{ID: "U2", Name: "民政局", Kind: posting.Department, Place: "Z2", Tier: 1, System: "政法", Heads: -1, Deps: -1, Middle: -1},
		},
		Trips: []posting.Trip{{From: "Z1", To: "Z2", Minutes: 90}},
	}
	for i, unit := range []string{"U1", "U2", "U2", "U1", "U2"} {
		in.Posts = append(in.Posts, posting.Post{ID: fmt.Sprintf("P%d", i+1), Name: fmt.Sprintf("副职%d", i+1), Unit: unit,
			Role: posting.Deputy, Level: posting.TownshipDeputy, Leading: true, Team: true, Counts: true, Weight: 3,
			Filling: posting.Fillable, Authority: home})
	}
	for i, id := range []string{"a", "b", "c"} {
		in.Cadres = append(in.Cadres, person(id, fmt.Sprintf("P%d", i+1)))
	}
	return &world{in: in, cal: posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 1, Length: 12}}
}

func person(id, post string) posting.Cadre {
	return posting.Cadre{ID: id, Name: map[string]string{"a": "甲一", "b": "乙二", "c": "丙三", "d": "丁四"}[id], Sex: "男",
		Birth: posting.NewMonth(1980, 1), Ethnicity: "汉族", GrewUp: posting.Elsewhere, Party: "中共党员", Degree: 3,
		Fields: []string{"农业"}, Appraisals: []posting.Appraisal{{Year: 2025, Grade: "优秀"}}, Level: posting.TownshipDeputy,
		Post: post, PostSince: posting.NewMonth(2021, 1), Staff: posting.Administrative, Authority: home, Grassroots: 60,
		Home: "Z2", FamilySize: 3, ParentCare: posting.No, Hardship: posting.No, Disposition: posting.Normal}
}

func (w *world) a() *posting.Cadre          { return &w.in.Cadres[0] }
func (w *world) b() *posting.Cadre          { return &w.in.Cadres[1] }
func (w *world) c() *posting.Cadre          { return &w.in.Cadres[2] }
func (w *world) post(n int) *posting.Post   { return &w.in.Posts[n-1] }
func (w *world) unit(n int) *posting.Unit   { return &w.in.Units[n-1] }
func (w *world) place(n int) *posting.Place { return &w.in.Places[n-1] }

// arrive adds arrival d from the month on.
func (w *world) arrive(month int) *posting.Cadre {
	d := person("d", "")
	d.PostSince, d.Arrives = 0, posting.NewMonth(2026, month)
	w.in.Cadres = append(w.in.Cadres, d)
	return &w.in.Cadres[len(w.in.Cadres)-1]
}

func (w *world) except(subject string) { w.exceptUntil(subject, 0) }
func (w *world) leave(cadre string, month int) {
	w.in.Departures = append(w.in.Departures, posting.Departure{Cadre: cadre, Month: posting.NewMonth(2026, 1) + posting.Month(month-1), Class: posting.LeaveTransfer})
}

func (w *world) exceptUntil(subject string, until posting.Month) {
	w.in.Exceptions = append(w.in.Exceptions, posting.Exception{No: "E1", Clause: "K", Subject: subject, Until: until})
}

func (w *world) fix(c *posting.Cadre, post string) { c.Disposition, c.FixedPost = posting.Fixed, post }

// kin ties two cadres.
func (w *world) kin(a, b string, k posting.Kin) {
	w.in.Ties = append(w.in.Ties, posting.Tie{A: a, B: b, Kin: k})
}

func (w *world) policy() *policy.Policy {
	return &policy.Policy{Authority: home, Calendar: w.cal, Regime: w.regime, Clauses: w.clauses, Levels: []policy.LevelSpec{
		{Name: "lv", Unit: "case"}, {Name: "moves", Unit: "person"}, {Name: "arrivals_unplaced", Unit: "person"},
		{Name: "overdue_not_moved", Unit: "person"}, {Name: "yearly_shares", Unit: "person"}, {Name: policy.WeightedLevel, Unit: "point"}}}
}

func (w *world) index() *posting.Index { return posting.NewIndex(w.in, w.cal) }

// plan reads "a>P4 b>P1@2 c>": who goes where in which period (1 where not said), nothing after > for leaving.
func plan(moves string) *posting.Plan {
	p := &posting.Plan{}
	for _, m := range strings.Fields(moves) {
		a := posting.Assignment{Period: 1}
		who, to, _ := strings.Cut(m, ">")
		if dest, period, ok := strings.Cut(to, "@"); ok {
			to = dest
			fmt.Sscan(period, &a.Period)
		}
		a.Cadre, a.To = who, to
		p.Assignments = append(p.Assignments, a)
	}
	return p
}

func (w *world) judge(t *testing.T, moves string) posting.AuditReport {
	t.Helper()
	r, err := Judge(w.index(), w.policy(), plan(moves), i18n.Zh)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told is a report in one line: judgements kept, entries, levels that are not 0.
func told(r posting.AuditReport) string {
	n := 0
	for _, s := range r.Satisfied {
		n += s.Count
	}
	out := []string{fmt.Sprintf("kept %d", n)}
	for _, part := range []struct {
		name string
		list []posting.Finding
	}{{"violated", r.Violated}, {"missed", r.Missed}, {"waived", r.Waived}, {"unverifiable", r.Unverifiable}} {
		for _, f := range part.list {
			line := fmt.Sprintf("%s %s %s %g/%g %s", part.name, f.Clause, strings.Join(f.Subjects, ","), f.Measured, f.Limit, f.Unit)
			if f.Period != 1 {
				line += fmt.Sprintf(" @%d", f.Period)
			}
			if f.Exception != "" {
				line += " by " + f.Exception
			}
			out = append(out, line)
		}
	}
	for i, v := range Values(r) {
		if v != 0 {
			out = append(out, fmt.Sprintf("%s=%d", r.Levels[i].Name, v))
		}
	}
	return strings.Join(out, "; ")
}

// params are the parameters of a clause.
type params = map[string]any

// clause is clause K of a kind; weighted clauses weigh 2 points, level clauses count in level lv.
func clause(kind string, m policy.Modality, p params) policy.Clause {
	c := policy.Clause{ID: "K", Kind: kind, Name: i18n.T("条款", "clause"), Modality: m, Params: p}
	switch {
	case m == policy.Weighted:
		c.Weight = 2 * policy.WeightScale
	case m == policy.Level && defaultLevels[kind] == "":
		c.Level = "lv"
	}
	return c
}

// kindCase is one plan judged by one clause.
type kindCase struct {
	name   string
	clause policy.Clause
	change func(w *world)
	moves  string
	want   string
}

func check(t *testing.T, cases []kindCase) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld()
			w.clauses = []policy.Clause{tc.clause}
			if tc.change != nil {
				tc.change(w)
			}
			r := w.judge(t, tc.moves)
			if got := told(r); got != tc.want {
				t.Errorf("moves %q\n got %s\nwant %s", tc.moves, got, tc.want)
			}
			for _, list := range [][]posting.Finding{r.Violated, r.Missed, r.Waived, r.Unverifiable} {
				for _, f := range list {
					if f.Text == "" {
						t.Errorf("finding %v has no text", f)
					}
				}
			}
		})
	}
}

// forbid is the clause with unknown: forbid.
func forbid(c policy.Clause) policy.Clause { c.Forbid = true; return c }
