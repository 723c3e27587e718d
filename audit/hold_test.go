package audit

import (
	"encoding/json"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// holdClauses are the three built-in clauses that are printed as one.
func holdClauses(m policy.Modality) []policy.Clause {
	review, hold := clause("hold", m, params{"flag": "review"}), clause("hold", m, params{"flag": "hold"})
	care := clause("care_deferral", m, nil)
	review.ID, hold.ID, care.ID = "R24", policy.Hold, "R23"
	return []policy.Clause{care, review, hold}
}

func TestHold(t *testing.T) {
	review := clause("hold", policy.Hard, params{"flag": "review"})
	flag := clause("hold", policy.Waivable, params{"flag": "hold"})
	until := func(m posting.Month) func(*world) {
		return func(w *world) { w.a().Hold, w.a().HoldUntil = true, m }
	}
	check(t, []kindCase{
		{"free", review, nil, "a>P4", "kept 1"},
		{"under review", review, func(w *world) { w.a().Review = true }, "a>P4", "kept 0; violated HOLD a 1/0 person"},
		{"under review, stays", review, func(w *world) { w.a().Review = true }, "", "kept 0"},
		{"another flag", review, until(0), "a>P4", "kept 1"},
		{"held without end", flag, until(0), "a>P4", "kept 0; violated HOLD a 1/0 person"},
		{"held to this month", flag, until(posting.NewMonth(2026, 1)), "a>P4", "kept 0; violated HOLD a 1/0 person"},
		{"hold over", flag, until(posting.NewMonth(2025, 12)), "a>P4", "kept 1"},
		{"over in the second period", flag, func(w *world) { until(posting.NewMonth(2026, 12))(w); w.cal.Periods = 2 }, "a>P4@2", "kept 1"},
		{"exception", flag, func(w *world) { until(0)(w); w.except("a") }, "a>P4", "kept 0; waived HOLD a 1/0 person by E1"},
		{"to move is no waiver", flag, func(w *world) { until(0)(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; violated HOLD a 1/0 person"},
		{"fixed", flag, func(w *world) { until(0)(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived HOLD a 1/0 person by pin"},
		{"hard", review, func(w *world) { w.a().Review = true; w.except("a") }, "a>P4", "kept 0; violated HOLD a 1/0 person"},
	})
}

func TestCareDeferral(t *testing.T) {
	k := clause("care_deferral", policy.Waivable, nil)
	care := func(w *world) { w.b().Care = true }
	with := func(f func(*world)) func(*world) { return func(w *world) { care(w); f(w) } }
	broken := "kept 0; violated HOLD b 1/0 person"
	check(t, []kindCase{
		{"free", k, nil, "b>P4", "kept 1"},
		{"harder and farther", k, care, "b>P4", broken},
		{"only harder", k, with(func(w *world) { w.b().Home = posting.Elsewhere }), "b>P4", broken},
		{"only farther", k, with(func(w *world) { w.place(1).Hardship = 0 }), "b>P4", broken},
		{"neither", k, care, "b>P5", "kept 1"},
		{"easier", k, func(w *world) { w.a().Care = true }, "a>P5", "kept 1"},
		{"consents to the post", k, with(func(w *world) { w.b().Consents = []string{"P4"} }), "b>P4", "kept 1"},
		{"consents to the unit", k, with(func(w *world) { w.b().Consents = []string{"U1"} }), "b>P4", "kept 1"},
		{"consents to all", k, with(func(w *world) { w.b().Consents = []string{"*"} }), "b>P4", "kept 1"},
		{"consents to another", k, with(func(w *world) { w.b().Consents = []string{"P1"} }), "b>P4", broken},
		{"a promotion", k, with(func(w *world) { w.post(4).Level = posting.TownshipHead }), "b>P4", "kept 1"},
		{"known harder, home blank", k, with(func(w *world) { w.b().Home = "" }), "b>P4", broken},
		{"not harder, home blank", k, with(func(w *world) { w.b().Home = "" }), "b>P5", "kept 0; violated HOLD b 1/0 person"},
		{"blank forbidden", forbid(k), with(func(w *world) { w.b().Home = "" }), "b>P5", broken},
		{"exception", k, with(func(w *world) { w.except("b") }), "b>P4", "kept 0; waived HOLD b 1/0 person by E1"},
		{"fixed", k, with(func(w *world) { w.fix(w.b(), "P4") }), "b>P4", "kept 0; waived HOLD b 1/0 person by pin"},
	})
}

// A waiver says on what ground, but for holds, whose text is always the same.
func TestWaiversSayTheirGround(t *testing.T) {
	k := clause("level_match", policy.Waivable, params{"up": 0, "down": 0})
	flag := holdClauses(policy.Waivable)[2]
	for _, tc := range []struct {
		change func(w *world)
		want   string
	}{
		{func(w *world) { w.fix(w.a(), "P4") }, "甲一拟任青石镇副职4：本人乡科级副职，岗位乡科级正职（条款）；按组织决定安排"},
		{func(w *world) { w.except("a") }, "甲一拟任青石镇副职4：本人乡科级副职，岗位乡科级正职（条款）；经批准的例外（E1）"},
	} {
		w := newWorld()
		w.clauses = []policy.Clause{k, flag}
		w.post(4).Level, w.a().Hold = posting.TownshipHead, true
		w.in.Exceptions = []posting.Exception{{No: "E2", Clause: policy.Hold, Subject: "a"}}
		tc.change(w)
		r := w.judge(t, "a>P4")
		if len(r.Waived) != 2 || r.Waived[0].Text != tc.want || r.Waived[1].Text != holdText.Zh {
			t.Errorf("got %+v, want %q and the neutral text", r.Waived, tc.want)
		}
	}
}

// A reader of the report cannot tell which flag was planted: the whole report is the same, byte for byte.
func TestHoldsCannotBeToldApart(t *testing.T) {
	flags := map[string]func(b *posting.Cadre){
		"care":            func(b *posting.Cadre) { b.Care = true },
		"review":          func(b *posting.Cadre) { b.Review = true },
		"hold":            func(b *posting.Cadre) { b.Hold = true },
		"hold and review": func(b *posting.Cadre) { b.Hold, b.Review = true, true },
		"all":             func(b *posting.Cadre) { b.Hold, b.Review, b.Care = true, true, true },
	}
	for _, m := range []policy.Modality{policy.Hard, policy.Waivable, policy.Report} {
		first, from := "", ""
		for name, plant := range flags {
			w := newWorld()
			w.clauses = holdClauses(m)
			plant(w.b())
			r, err := Judge(w.index(), w.policy(), plan("b>P4 a>P2"), i18n.Zh)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if first == "" {
				first, from = string(raw), name
			}
			if string(raw) != first {
				t.Errorf("%s: %s differs from %s:\n%s\n%s", m, name, from, raw, first)
			}
			if m != policy.Report && !strings.Contains(string(raw), holdText.Zh) {
				t.Errorf("%s: %s is not told at all: %s", m, name, raw)
			}
			for _, secret := range []string{"R23", "R24", "care", "review"} {
				if strings.Contains(string(raw), secret) {
					t.Errorf("%s: %s tells %q: %s", m, name, secret, raw)
				}
			}
		}
	}
}
