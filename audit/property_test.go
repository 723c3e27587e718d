package audit

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// blanked draws a world of two periods in which any field that may be blank is, and references may lead nowhere.
func blanked(t *rapid.T) *world {
	w := newWorld()
	two(w)
	w.arrive(rapid.SampledFrom([]int{1, 13, 40}).Draw(t, "arrives"))
	maybe := func(name string, f func()) {
		if rapid.Bool().Draw(t, name) {
			f()
		}
	}
	for i := range w.in.Cadres {
		c := &w.in.Cadres[i]
		maybe("hold", func() { c.Hold = true })
		maybe("care", func() { c.Care = true })
		maybe("blank facts", func() { c.PostSince, c.Birth, c.Sex, c.Level, c.Home, c.GrewUp = 0, 0, "", 0, "", "" })
		maybe("blank papers", func() { c.Authority, c.Staff, c.Grassroots, c.FamilySize = "", "", -1, -1 })
		c.Disposition = rapid.SampledFrom([]posting.Disposition{"", posting.Normal, posting.Stay, posting.MustMove, posting.Fixed}).Draw(t, "disposition")
		c.FixedPost = rapid.SampledFrom([]string{"P1", "P4", "P5", "nowhere"}).Draw(t, "fixed")
		c.Duty = rapid.SampledFrom([]posting.Duty{"", posting.Support, posting.Secondment}).Draw(t, "duty")
		maybe("duty ends", func() {
			c.DutyUntil = posting.NewMonth(2025, 1) + posting.Month(rapid.IntRange(0, 40).Draw(t, "until"))
		})
		maybe("returns to", func() { c.ReturnsTo = rapid.SampledFrom([]string{"P4", "nowhere"}).Draw(t, "promised") })
		w.in.Ledger = append(w.in.Ledger, posting.LedgerRow{Cadre: c.ID, Hardship: rapid.IntRange(0, 99).Draw(t, "borne"), Unmet: i})
		maybe("leaves", func() { w.leave(c.ID, rapid.IntRange(1, 30).Draw(t, "month")) })
	}
	for i := range w.in.Posts {
		p := &w.in.Posts[i]
		maybe("blank post", func() { p.Level, p.Weight, p.Authority, p.Filling = 0, -1, "", "" })
		maybe("no unit", func() { p.Unit = "nowhere" })
		p.Role = posting.Role(rapid.IntRange(0, len(posting.RoleNames)-1).Draw(t, "role"))
		p.Term = rapid.SampledFrom([]posting.Term{"", "", posting.TermSecondment, posting.TermMission}).Draw(t, "term")
		p.TermMonths = rapid.SampledFrom([]int{0, 1, 12, 13, 48}).Draw(t, "months")
		maybe("audited", func() { p.Audited = true })
		maybe("live in, home area", func() { p.LiveIn, p.HomeArea = true, true })
	}
	maybe("no places", func() { w.in.Places = nil })
	w.kin("a", "b", posting.Spouse)
	w.kin("a", "x", posting.Spouse)
	w.b().Also = []string{"P4", "nowhere"}
	w.unit(2).Deps, w.unit(2).Heads = 1, 0
	w.in.Done = []posting.Done{{Cadre: "b", From: "P1", To: "P2"}}
	w.in.FollowUps = []posting.FollowUp{{Cadre: "a", ReturnsTo: "P5"}, {Cadre: "x", Date: posting.NewMonth(2025, 1), Family: posting.No}, {Cadre: "b", Date: posting.NewMonth(2024, 1), OneYear: "称职"}}
	wish("a:1=P5 a:2=nowhere b:0=U1")(w)
	rate("P5:a=2 U1:b=v nowhere:x=1")(w)
	w.in.Exceptions = []posting.Exception{{No: "E1", Clause: "R07", Subject: "U1"}, {No: "E2", Clause: "R23", Subject: "a"}}
	return w
}

func drawPlan(t *rapid.T) *posting.Plan {
	return &posting.Plan{Assignments: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) posting.Assignment {
		return posting.Assignment{
			Cadre:  rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "cadre"),
			To:     rapid.SampledFrom([]string{"", "P1", "P2", "P3", "P4", "P5"}).Draw(t, "to"),
			Period: rapid.IntRange(-1, 3).Draw(t, "period"),
			Date:   rapid.SampledFrom([]posting.Month{0, posting.NewMonth(2026, 1), posting.NewMonth(2027, 3)}).Draw(t, "date"),
			Order:  rapid.IntRange(0, 2).Draw(t, "order"),
		}
	}), 0, 6).Draw(t, "plan")}
}

// Whatever the plan and however blank the data: a report comes, it does not depend on the order of the lines, names
// only people, posts, units and places of the tables, and shows holds as one.
func TestAnyPlanGetsAReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, p := blanked(t), drawPlan(t)
		pol := policy.Builtin()
		pol.Calendar, pol.Authority = w.cal, home
		for i := range pol.Clauses {
			pol.Clauses[i].Forbid, pol.Clauses[i].Off = rapid.Bool().Draw(t, "forbid"), false
		}
		r, err := Judge(w.index(), pol, p, i18n.Zh)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(p.Assignments)
		again, err := Judge(w.index(), pol, p, i18n.Zh)
		if err != nil || fmt.Sprint(r) != fmt.Sprint(again) {
			t.Fatalf("the order of the lines matters: %v\n%v\n%v", err, r, again)
		}
		for _, list := range [][]posting.Finding{r.Violated, r.Missed, r.Waived, r.Unverifiable} {
			for _, f := range list {
				if f.Clause == "R23" || f.Clause == "R24" || f.Clause == policy.Hold && f.Text != holdText.Zh {
					t.Fatalf("a hold is told: %+v", f)
				}
				for _, id := range f.Subjects {
					x := w.index()
					if id != "nowhere" && x.CadreAt(id)+x.PostAt(id)+x.UnitAt(id)+x.PlaceAt(id) == 4*posting.None {
						t.Fatalf("unknown subject %q: %+v", id, f)
					}
				}
			}
		}
		for i, v := range Values(r) {
			if v < 0 {
				t.Fatalf("level %s is %d", r.Levels[i].Name, v)
			}
		}
	})
}

// A clause dropped makes no level worse and leaves no new violation.
func TestDroppingAClauseNeverWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, p := blanked(t), drawPlan(t)
		pol := policy.Builtin()
		pol.Calendar, pol.Authority = w.cal, home
		before, err := Judge(w.index(), pol, p, i18n.En)
		if err != nil {
			t.Fatal(err)
		}
		// Clauses that give grounds make other moves lawful, and are left in.
		dropped := rapid.SampledFrom([]string{"R06", "R07", "R09", "R10", "R11", "R20", "R21", "R22", "R23", "R24", "R25", "R33", "R34", "R35",
			"R36", "R42", "R45", "R30", "R31", "R37", "R40.c", "R46", "R47", "R48", "REGIME.a", "R49.a", "R49.b", "R50", "R51", "R52", "R53", "R54", "PIN", "FILL", "TERM", "MOVES", "TIES"}).Draw(t, "dropped")
		for i := range pol.Clauses {
			if pol.Clauses[i].ID == dropped {
				pol.Clauses[i].Off = true
			}
		}
		after, err := Judge(w.index(), pol, p, i18n.En)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range Values(after) {
			if v > Values(before)[i] {
				t.Fatalf("without %s level %s rises from %d to %d", dropped, after.Levels[i].Name, Values(before)[i], v)
			}
		}
		if len(after.Violated) > len(before.Violated) {
			t.Fatalf("without %s more is violated: %v, %v", dropped, before.Violated, after.Violated)
		}
	})
}
