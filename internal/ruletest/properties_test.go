package ruletest

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// drawWorld draws a random world by its seed.
func drawWorld(t *rapid.T) *World { return Random(rapid.Uint64Range(0, 1<<40).Draw(t, "seed")) }

// kindOf is the kind of a clause line.
func kindOf(clause string) string {
	_, rest, _ := strings.Cut(clause, "kind: ")
	kind, _, _ := strings.Cut(rest, ",")
	return kind
}

// lacking is the world without the clauses of some kinds.
func (w *World) lacking(kinds ...string) *World {
	v := *w
	v.Clauses = slices.DeleteFunc(slices.Clone(w.Clauses), func(c string) bool { return slices.Contains(kinds, kindOf(c)) })
	return &v
}

// planned is the plan of a world through the library's front door; nil where there is none.
func planned(t *rapid.T, w *World) *posting.Plan {
	x, pol, err := w.Read()
	if err != nil {
		t.Fatal(err)
	}
	out, err := planning.Run(t.Context(), x, pol, planning.Options{Backend: Backend(), Lang: i18n.Zh})
	if err != nil {
		why := ""
		if out != nil && out.Plan != nil {
			why = strings.Join(Lines(out.Plan.Audit), "; ")
			for _, f := range out.Plan.Audit.Violated {
				why += "; " + f.Text
			}
		}
		t.Fatalf("%v: %s\n%s", err, why, w.Archive())
	}
	return out.Plan
}

// TestPlansThatOnceFailed: cases of testdata/plans whose plans once failed their audit. Each has one plan, in which A
// goes to P1: a plan that no longer does would test nothing.
func TestPlansThatOnceFailed(t *testing.T) {
	paths, err := filepath.Glob("testdata/plans/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no plans", err)
	}
	for _, path := range paths {
		c, err := Load(path, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		out, err := planning.Run(t.Context(), c.index(c.Policy), c.Policy, planning.Options{Backend: Backend(), Lang: i18n.Zh})
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if out.Plan == nil || !slices.ContainsFunc(out.Plan.Assignments, func(a posting.Assignment) bool { return a.Cadre == "A" && a.To == "P1" }) {
			t.Errorf("%s: no plan in which A goes to P1", path)
		}
	}
}

// document is a plan as plan.json, but for the hashes of what it was made from.
func document(t *rapid.T, p *posting.Plan) string {
	if p == nil {
		return ""
	}
	q := *p
	q.Inputs = posting.Inputs{}
	var b bytes.Buffer
	if err := workbook.WritePlanJSON(&b, &q); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPlansPassTheirAudit: what the front door hands out has passed, derived fields included, and nobody moves without
// a ground; nor is anybody seconded without one where a clause asks for it. [planning.Run] returns an error for a plan
// that fails.
func TestPlansPassTheirAudit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		p := planned(t, w)
		if p == nil {
			return
		}
		for _, a := range p.Assignments {
			if a.Move != posting.MoveStay && len(a.Grounds) == 0 && (a.Move != posting.MoveSecond || slices.Contains(w.Clauses, grounds)) {
				t.Fatalf("%s goes to %q without a ground", a.Cadre, a.To)
			}
			if a.Move == posting.MoveStay && len(a.Grounds) > 0 {
				t.Fatalf("%s stays on grounds %q", a.Cadre, a.Grounds)
			}
		}
	})
}

// grounding are the kinds on which grounds, exemptions of other kinds or eligible sets depend: to drop one may forbid
// moves that it justified. Without a clause on secondments those of seats that state no length last longer.
var grounding = []string{"long_tenure", "yearly_share", "kin_avoidance", "area_avoidance", "secondment"}

// TestDroppingNeverWorsens: a rule less means plans more, and no level value that rises, whichever clause is dropped.
// Kinds that give grounds are left alone, and so are a clause with levels of its own, without which there are fewer values,
// and worlds with a hard duty to move, which binds where a lawful destination exists: fewer rules make more of those.
func TestDroppingNeverWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { droppable(t, drawWorld(t)) })
	mattered := 0
	for seed := range uint64(100) { // the same worlds every time, so that the count cannot fail by bad luck
		mattered += droppable(t, Random(seed))
	}
	if mattered == 0 {
		t.Error("no clause ever mattered")
	}
}

// droppable drops each clause of the world in turn, and counts those without which a better plan exists.
func droppable(t rapid.TB, w *World) (mattered int) {
	if slices.ContainsFunc(w.Clauses, func(c string) bool { return strings.Contains(c, "kind: long_tenure, modality: hard") }) {
		return 0
	}
	before, feasible := best(t, w)
	for i, clause := range w.Clauses {
		if slices.Contains(grounding, kindOf(clause)) || strings.Contains(clause, leximin) {
			continue
		}
		v := *w
		v.Clauses = without(w.Clauses, i)
		after, still := best(t, &v)
		switch {
		case feasible && !still:
			t.Fatalf("no plan is left without %s\n%s", clause, w.Archive())
		case feasible && less(before, after):
			t.Fatalf("%v worsens to %v without %s\n%s", before, after, clause, w.Archive())
		case still && (!feasible || less(after, before)):
			mattered++
		}
	}
	return mattered
}

func best(t rapid.TB, w *World) ([]int64, bool) {
	x, pol, err := w.Read()
	if err != nil {
		t.Fatal(err)
	}
	values, _, feasible, err := Optimum(constraints.Encode(x, pol).Model, Backend())
	if err != nil {
		t.Fatalf("%v\n%s", err, w.Archive())
	}
	return values, feasible
}

// TestTablesGiveEqualPlans: the same instance as CSV and as xlsx, read back, gives the same plan, byte for byte.
func TestTablesGiveEqualPlans(t *testing.T) {
	dir, n, compared := t.TempDir(), 0, 0
	rapid.Check(t, func(t *rapid.T) {
		if n++; n > tableRuns {
			return
		}
		w := drawWorld(t)
		folder := filepath.Join(dir, fmt.Sprint(n))
		book := filepath.Join(dir, fmt.Sprint(n, ".xlsx"))
		in := w.Instance
		if err := errors.Join(workbook.WriteCSV(folder, &in), workbook.WriteXLSX(book, &in, i18n.Zh)); err != nil {
			t.Fatal(err)
		}
		fromCSV, ps, err := workbook.Read(folder, workbook.Options{})
		fromXLSX, _, err2 := workbook.Read(book, workbook.Options{})
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if fromCSV == nil || fromXLSX == nil {
			if (fromCSV == nil) != (fromXLSX == nil) {
				t.Fatalf("only one of the two forms is read: %v", ps.All())
			}
			return // a random instance may break a rule of the tables, such as a circle of superiors
		}
		a, b := *w, *w
		a.Instance, b.Instance = *fromCSV, *fromXLSX
		if p, q := document(t, planned(t, &a)), document(t, planned(t, &b)); p != q || fromCSV.Hash != fromXLSX.Hash {
			t.Fatalf("the plans differ:\n%s\n%s", p, q)
		}
		compared++
	})
	if compared == 0 {
		t.Error("no instance could be read back")
	}
}

// tableRuns bounds the instances written as xlsx, which takes most of the time.
const tableRuns = 15

// assignmentsOf are who goes where when on what grounds.
func assignmentsOf(p *posting.Plan) []string {
	if p == nil {
		return nil
	}
	var out []string
	for _, a := range p.Assignments {
		out = append(out, fmt.Sprint(a.Cadre, a.To, a.Move, a.Period, a.Order, a.Grounds))
	}
	return out
}

// TestProtectedAttributesPlayNoPart: with every kind off whose page names a protected attribute, permuting sex, 民族,
// 籍贯 and 成长地 among the cadres changes nothing. The care flag is read for the eligible sets, too, so that the yearly
// shares are off where it is permuted.
func TestProtectedAttributesPlayNoPart(t *testing.T) {
	var readers []string
	for _, kind := range policy.KindNames() {
		if len(policy.Kinds()[kind].Protected) > 0 {
			readers = append(readers, kind)
		}
	}
	if len(readers) < 5 {
		t.Fatalf("protected attributes are read by %v only", readers)
	}
	rapid.Check(t, func(t *rapid.T) {
		care := rapid.Bool().Draw(t, "care")
		w := drawWorld(t).lacking(readers...)
		if care {
			w = w.lacking("yearly_share")
		}
		v := *w
		v.Instance.Cadres = slices.Clone(w.Instance.Cadres)
		order := rapid.Permutation(w.Instance.Cadres).Draw(t, "order")
		for i := range order {
			c, from := &v.Instance.Cadres[i], &order[i]
			c.Sex, c.Ethnicity, c.NativePlace, c.GrewUp = from.Sex, from.Ethnicity, from.NativePlace, from.GrewUp
			if care {
				c.Care, c.Consents = from.Care, from.Consents
			}
		}
		if a, b := assignmentsOf(planned(t, w)), assignmentsOf(planned(t, &v)); !slices.Equal(a, b) {
			t.Fatalf("the plan changes:\n%q\n%q\n%s", a, b, w.Archive())
		}
	})
}

// TestHoldsLookAlike: a hold without end and a review, under hard clauses of either flag, give the same plan.json to the
// letter: nobody can tell from it what stands behind.
func TestHoldsLookAlike(t *testing.T) {
	clauses := []string{"{id: HOLD, kind: hold, modality: hard, parameters: {flag: hold}, citation: drawn}",
		"{id: R24, kind: hold, modality: hard, parameters: {flag: review}, citation: drawn}"}
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t).lacking("hold", "care_deferral")
		w.Clauses = slices.Concat(w.Clauses, clauses)
		held, reviewed := *w, *w
		held.Instance.Cadres, reviewed.Instance.Cadres = slices.Clone(w.Instance.Cadres), slices.Clone(w.Instance.Cadres)
		for i := range w.Instance.Cadres {
			set := rapid.Bool().Draw(t, "set")
			a, b := &held.Instance.Cadres[i], &reviewed.Instance.Cadres[i]
			a.Hold, a.HoldUntil, a.Review, a.Care = set, 0, false, false
			b.Hold, b.HoldUntil, b.Review, b.Care = false, 0, set, false
		}
		if p, q := document(t, planned(t, &held)), document(t, planned(t, &reviewed)); p != q {
			t.Fatalf("a hold can be told from a review:\n%s\n%s", p, q)
		}
	})
}

// TestDeferralsLookAlike: one who is deferred for a reason that is never imported, and every open seat is harder, looks
// like one who is held.
func TestDeferralsLookAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := &World{Head: Random(1).Head, Clauses: []string{
			"{id: SEAT, kind: headcount, modality: hard, citation: drawn}",
			"{id: R23, kind: care_deferral, modality: hard, citation: drawn}",
			"{id: R24, kind: hold, modality: hard, parameters: {flag: review}, citation: drawn}",
			"{id: HOLD, kind: hold, modality: hard, parameters: {flag: hold}, citation: drawn}",
			"{id: OPEN, kind: seats_filled, modality: level, level: first, parameters: {seats: other}, citation: drawn}"}}
		held.Instance = posting.Instance{
			Places: []posting.Place{{ID: "Z1", Hardship: 0, Tier: posting.Unknown, Lodging: posting.Unknown}, {ID: "Z2", Hardship: 3, Tier: posting.Unknown, Lodging: posting.Unknown}},
			Units:  []posting.Unit{unitAt("U1", "Z1"), unitAt("U2", "Z2")},
		}
		n := rapid.IntRange(1, 4).Draw(t, "cadres")
		for i := range n {
			held.Instance.Cadres = append(held.Instance.Cadres, posting.Cadre{ID: cadreID(i), Name: cadreID(i), Post: postID(i), Authority: "县管",
				Level: posting.TownshipDeputy, Disposition: posting.Normal, Hold: rapid.Bool().Draw(t, "held")})
			held.Instance.Posts = append(held.Instance.Posts, seatIn("U1", i))
		}
		held.Instance.Posts = append(held.Instance.Posts, seatIn("U2", n), seatIn("U2", n+1))
		deferred := *held
		deferred.Instance.Cadres = slices.Clone(held.Instance.Cadres)
		for i := range deferred.Instance.Cadres {
			c := &deferred.Instance.Cadres[i]
			c.Hold, c.Care = false, c.Hold
		}
		if p, q := document(t, planned(t, held)), document(t, planned(t, &deferred)); p != q {
			t.Fatalf("a deferral can be told from a hold:\n%s\n%s", p, q)
		}
	})
}

func unitAt(id, place string) posting.Unit {
	return posting.Unit{ID: id, Name: id, Kind: posting.Department, Place: place, Tier: posting.Unknown,
		Heads: posting.Unknown, Deps: posting.Unknown, Middle: posting.Unknown}
}

func seatIn(unit string, i int) posting.Post {
	return posting.Post{ID: postID(i), Name: postID(i), Unit: unit, Role: posting.Deputy, Level: posting.TownshipDeputy, Leading: true, Team: true,
		Counts: true, Weight: posting.Unknown, Filling: posting.Fillable, Authority: "县管"}
}

// TestRenamingChangesNothing: with other ids of the same order the plan is the same under the other names.
func TestRenamingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before := planned(t, w)
		after := planned(t, renamed(w))
		if a, b := assignmentsOf(before), assignmentsOf(after); !slices.Equal(a, unmarked(b)) {
			t.Fatalf("the plan changes:\n%q\n%q\n%s", a, unmarked(b), w.Archive())
		}
		if before != nil && !reflect.DeepEqual(before.Levels, after.Levels) {
			t.Fatalf("the values change: %v, %v", before.Levels, after.Levels)
		}
	})
}

// mark is put before every id.
const mark = "新"

// unmarked takes the marks away.
func unmarked(lines []string) []string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.ReplaceAll(l, mark, ""))
	}
	return out
}

// renamed marks every id of the world, in tables and selectors.
func renamed(w *World) *World {
	v := &World{Seed: w.Seed, Head: w.Head, Clauses: slices.Clone(w.Clauses), Instance: deepMarked(w.Instance)}
	for i, c := range v.Clauses {
		for _, ids := range []string{"cadres: [A, B]", "posts: [P1, P2]", "units: [U1]"} {
			key, list, _ := strings.Cut(strings.TrimSuffix(ids, "]"), ": [")
			c = strings.ReplaceAll(c, ids, key+": ["+mark+strings.ReplaceAll(list, ", ", ", "+mark)+"]")
		}
		v.Clauses[i] = c
	}
	return v
}

func deepMarked(in posting.Instance) posting.Instance {
	in.Cadres, in.Posts, in.Units, in.Places = slices.Clone(in.Cadres), slices.Clone(in.Posts), slices.Clone(in.Units), slices.Clone(in.Places)
	in.Ties, in.Departures, in.Exceptions = slices.Clone(in.Ties), slices.Clone(in.Departures), slices.Clone(in.Exceptions)
	in.Done, in.Trips, in.History = slices.Clone(in.Done), slices.Clone(in.Trips), slices.Clone(in.History)
	in.Ledger, in.FollowUps, in.Opinions = slices.Clone(in.Ledger), slices.Clone(in.FollowUps), slices.Clone(in.Opinions)
	in.Wishes, in.Ratings = slices.Clone(in.Wishes), slices.Clone(in.Ratings)
	in.Previous = slices.Clone(in.Previous)
	put := func(ids ...*string) {
		for _, id := range ids {
			if *id != "" && *id != posting.Elsewhere && *id != posting.Anywhere {
				*id = mark + *id
			}
		}
	}
	list := func(ids *[]string) {
		*ids = slices.Clone(*ids)
		for i := range *ids {
			put(&(*ids)[i])
		}
	}
	for i := range in.Cadres {
		c := &in.Cadres[i]
		put(&c.ID, &c.GrewUp, &c.Post, &c.Home, &c.Lodging, &c.FixedPost, &c.ReturnsTo)
		list(&c.Also)
		list(&c.Unsuited)
		list(&c.Consents)
	}
	for i := range in.Posts {
		put(&in.Posts[i].ID, &in.Posts[i].Unit, &in.Posts[i].Superior)
	}
	for i := range in.Units {
		put(&in.Units[i].ID, &in.Units[i].Parent, &in.Units[i].Place)
	}
	for i := range in.Places {
		put(&in.Places[i].ID, &in.Places[i].Parent)
	}
	for i := range in.Ties {
		put(&in.Ties[i].A, &in.Ties[i].B)
	}
	for i := range in.Departures {
		put(&in.Departures[i].Cadre)
	}
	for i := range in.Exceptions {
		put(&in.Exceptions[i].Subject)
	}
	for i := range in.Done {
		put(&in.Done[i].Cadre, &in.Done[i].From, &in.Done[i].To)
	}
	for i := range in.Previous {
		put(&in.Previous[i].Cadre, &in.Previous[i].To)
	}
	for i := range in.History {
		put(&in.History[i].Cadre, &in.History[i].Unit, &in.History[i].Post)
	}
	for i := range in.Trips {
		put(&in.Trips[i].From, &in.Trips[i].To)
	}
	for i := range in.Ledger {
		put(&in.Ledger[i].Cadre)
	}
	for i := range in.FollowUps {
		put(&in.FollowUps[i].Cadre, &in.FollowUps[i].Post, &in.FollowUps[i].ReturnsTo)
	}
	for i := range in.Opinions {
		put(&in.Opinions[i].Cadre, &in.Opinions[i].Post)
	}
	for i := range in.Wishes {
		put(&in.Wishes[i].Cadre, &in.Wishes[i].Target)
	}
	for i := range in.Ratings {
		put(&in.Ratings[i].By, &in.Ratings[i].Cadre)
	}
	return in
}
