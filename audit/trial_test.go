package audit

import (
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// said are the clauses of reasons, in order.
func said(reasons []Reason) string {
	var out []string
	for _, r := range reasons {
		id := "-"
		if r.Clause != nil {
			id = r.Clause.ID
		}
		out = append(out, id)
	}
	return strings.Join(out, " ")
}

// set adds clause K of a kind.
func (w *world) set(kind string, m policy.Modality, p params) {
	w.clauses = append(w.clauses, clause(kind, m, p))
}

func (w *world) try(t *testing.T, cadre, post string, period int, clause string) (found, unverifiable string) {
	t.Helper()
	x := posting.NewIndex(w.in, w.cal)
	trial, err := TryPost(x, w.policy(), x.CadreAt(cadre), x.PostAt(post), period, clause)
	if err != nil {
		t.Fatal(err)
	}
	return said(trial.Found), said(trial.Unverifiable)
}

// A post is refused by the binding clauses that this person breaks there, occupied or not; what others do, or a level, is
// no refusal.
func TestTryPost(t *testing.T) {
	years := params{"years": 72}
	for _, c := range []struct {
		name                string
		change              func(*world)
		cadre, post, clause string
		found, unverifiable string
	}{
		{"allowed, though occupied", nil, "a", "P2", "", "", ""},
		{"seat asked for", nil, "a", "P2", "S", "S", ""},
		{"no ground, asked for", nil, "a", "P4", "G", "", ""},
		{"in a chain without a ground, asked for", nil, "a", "P2", "G", "G", ""},
		{"minimum term", func(w *world) { w.set("minimum_term", policy.Waivable, years) }, "a", "P2", "", "K", ""},
		{"as a level", func(w *world) { w.set("minimum_term", policy.Level, years) }, "a", "P2", "", "", ""},
		{"by an exception", func(w *world) { w.set("minimum_term", policy.Waivable, years); w.except("a") }, "a", "P2", "", "", ""},
		{"datum lacking", func(w *world) { w.set("minimum_term", policy.Hard, years); w.a().PostSince = 0 }, "a", "P2", "", "", "K"},
		{"datum lacking, forbidden", func(w *world) {
			w.set("minimum_term", policy.Hard, years)
			w.a().PostSince = 0
			w.clauses[len(w.clauses)-1].Forbid = true
		}, "a", "P2", "", "K", ""},
		{"kin of one who stays", func(w *world) {
			w.set("kin_avoidance", policy.Hard, params{"kin": []string{string(posting.Spouse)}})
			w.kin("a", "b", posting.Spouse)
			w.post(5).Superior = "P2"
		}, "a", "P5", "", "K", ""},
		{"kin elsewhere", func(w *world) {
			w.set("kin_avoidance", policy.Hard, params{"kin": []string{string(posting.Spouse)}})
			w.kin("a", "b", posting.Spouse)
		}, "a", "P4", "", "", ""},
		{"own post, grown up there", func(w *world) {
			w.set("area_avoidance", policy.Hard, params{"area": "place"})
			w.a().GrewUp, w.post(1).HomeArea = "Z1", true
		}, "a", "P1", "", "K", ""},
		{"one who leaves", func(w *world) { w.leave("a", 3) }, "a", "P4", "", "-", ""},
		{"an arrival", func(w *world) { w.arrive(1) }, "d", "P4", "", "", ""},
	} {
		w := newWorld()
		if c.change != nil {
			c.change(w)
		}
		w.clauses = append(w.clauses, policy.Clause{ID: "S", Kind: "headcount", Modality: policy.Hard},
			policy.Clause{ID: "G", Kind: "move_ground", Modality: policy.Hard, Params: params{"max_chain": 6}})
		if found, unverifiable := w.try(t, c.cadre, c.post, 1, c.clause); found != c.found || unverifiable != c.unverifiable {
			t.Errorf("%s: found %q, unverifiable %q, want %q, %q", c.name, found, unverifiable, c.found, c.unverifiable)
		}
	}
}

// A period changes the clocks: 60 months on the plan date, 72 a year later.
func TestTryLater(t *testing.T) {
	w := newWorld()
	w.cal.Periods = 2
	w.set("minimum_term", policy.Hard, params{"years": 72})
	if now, _ := w.try(t, "a", "P4", 1, ""); now != "K" {
		t.Errorf("period 1: %q", now)
	}
	if later, _ := w.try(t, "a", "P4", 2, ""); later != "" {
		t.Errorf("period 2: %q", later)
	}
}

// A duty to move by its clause and period; a blank date leaves it open.
func TestTryDuty(t *testing.T) {
	for _, c := range []struct {
		years, period       int
		blank               bool
		found, unverifiable string
	}{{5, 1, false, "K", ""}, {6, 1, false, "", ""}, {6, 2, false, "K", ""}, {5, 1, true, "", "K"}} {
		w := newWorld()
		w.cal.Periods = 2
		w.set("long_tenure", policy.Waivable, params{"must_years": 12 * c.years})
		if c.blank {
			w.a().PostSince = 0
		}
		x := posting.NewIndex(w.in, w.cal)
		trial, err := TryDuty(x, w.policy(), 0, c.period)
		if err != nil || said(trial.Found) != c.found || said(trial.Unverifiable) != c.unverifiable {
			t.Errorf("%+v: found %q, unverifiable %q (%v)", c, said(trial.Found), said(trial.Unverifiable), err)
		}
	}
}
