package explain_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadre/explain"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver/native"
)

// book is a policy of three binding clauses: one seat one holder, equal level, recorded decisions; and one that plays
// no part.
const book = `
version: 1
plan_date: 2026-01
authority: 县管
horizon: {periods: 1, months: 12}
levels: [{name: weighted, zh: 综合, en: weighed, unit: point}]
clauses:
  - {id: R20, kind: headcount, modality: hard, name: {zh: 一岗一人, en: one seat}, citation: {zh: 法, en: law}}
  - {id: R21, kind: level_match, modality: hard, parameters: {up: 0, down: 0}, name: {zh: 层次, en: level}, citation: {zh: 法, en: law}}
  - {id: FILL, kind: filling, modality: hard, name: {zh: 填补, en: filling}, citation: {zh: 法, en: law}}
  - {id: PIN, kind: disposition, modality: hard, name: {zh: 处置, en: decisions}, citation: {zh: 决定, en: decision}}
`

func town(decide func(c []posting.Cadre)) *posting.Instance {
	in := &posting.Instance{
		Units: []posting.Unit{{ID: "U1", Heads: -1, Deps: -1, Middle: -1}},
		Posts: []posting.Post{
			{ID: "P1", Unit: "U1", Level: posting.TownshipHead, Authority: "县管", Filling: posting.Fillable},
			{ID: "P2", Unit: "U1", Level: posting.TownshipDeputy, Authority: "县管", Filling: posting.Fillable},
			{ID: "P3", Unit: "U1", Level: posting.TownshipDeputy, Authority: "县管", Filling: posting.Fillable},
		},
		Cadres: []posting.Cadre{
			{ID: "C1", Post: "P1", Level: posting.TownshipHead, Authority: "县管"},
			{ID: "C2", Post: "P2", Level: posting.TownshipDeputy, Authority: "县管"},
			{ID: "C3", Post: "P3", Level: posting.TownshipDeputy, Authority: "县管"},
		},
	}
	decide(in.Cadres)
	return in
}

func conflictOf(t *testing.T, in *posting.Instance) (*planning.Conflict, error) {
	t.Helper()
	pol, problems := policy.Decode("policy.yaml", []byte(book), policy.Options{})
	if problems.HasErrors() {
		t.Fatal(problems.List)
	}
	return explain.Conflict(context.Background(), posting.NewIndex(in, pol.Calendar), pol,
		explain.Options{Backend: native.New(), Time: time.Minute})
}

// C1 must move, and no other post has his level: the decision and the level clause clash, nothing else.
func TestNoLawfulDestination(t *testing.T) {
	got, err := conflictOf(t, town(func(c []posting.Cadre) { c[0].Disposition = posting.MustMove }))
	if err != nil {
		t.Fatal(err)
	}
	wantMembers(t, got, "R21", "PIN C1")
}

// C2 is to stay and C3 is to take his seat: two decisions and the seat.
func TestTwoDecisionsOnOneSeat(t *testing.T) {
	got, err := conflictOf(t, town(func(c []posting.Cadre) {
		c[1].Disposition = posting.Stay
		c[2].Disposition, c[2].FixedPost = posting.Fixed, "P2"
	}))
	if err != nil {
		t.Fatal(err)
	}
	wantMembers(t, got, "R20", "PIN C2", "PIN C3")
	for _, g := range got.Groups {
		if g.Clause == "R20" && !slices.Equal(g.Subjects, []string{"P2"}) {
			t.Errorf("R20 is about %v, want the seat P2 alone", g.Subjects)
		}
	}
}

func TestNoConflict(t *testing.T) {
	if _, err := conflictOf(t, town(func([]posting.Cadre) {})); !errors.Is(err, explain.ErrFeasible) {
		t.Errorf("error %v, want ErrFeasible", err)
	}
}

// Time that is over before anything is known is no proof of either.
func TestTooLateForConflict(t *testing.T) {
	pol, problems := policy.Decode("policy.yaml", []byte(book), policy.Options{})
	if problems.HasErrors() {
		t.Fatal(problems.List)
	}
	x := posting.NewIndex(town(func([]posting.Cadre) {}), pol.Calendar)
	if _, err := explain.Conflict(t.Context(), x, pol, explain.Options{Backend: native.New()}); !errors.Is(err, explain.ErrLate) {
		t.Errorf("error %v, want ErrLate", err)
	}
}

// wantMembers compares the members but for R50, which says whose posts the conflict is about.
func wantMembers(t *testing.T, c *planning.Conflict, want ...string) {
	t.Helper()
	var got []string
	for _, g := range c.Groups {
		switch g.Clause {
		case "R50":
		case "PIN":
			got = append(got, "PIN "+g.Subjects[0])
		default:
			got = append(got, g.Clause)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || !c.Minimal {
		t.Errorf("conflict %v (minimal: %v), want %v", got, c.Minimal, want)
	}
}

// Everybody must move, and at most one move is allowed in all: the cap of the goal is a member of the conflict.
func TestGoalAboveItsCap(t *testing.T) {
	source := strings.Replace(book, "levels: [", "levels: [{name: moves, zh: 调整, en: moves, unit: person, most: 1}, ", 1) +
		"  - {id: FEW, kind: few_moves, modality: level, level: moves, citation: {zh: 法, en: law}}\n" +
		"  - {id: OLD, kind: long_tenure, modality: hard, level: weighted, parameters: {must_years: 1}, citation: {zh: 法, en: law}}\n"
	source = strings.Replace(source, "level: weighted, parameters: {must_years: 1}", "level: moves, parameters: {must_years: 1}", 1)
	pol, problems := policy.Decode("policy.yaml", []byte(source), policy.Options{})
	if problems.HasErrors() {
		t.Fatal(problems.List)
	}
	in := town(func(c []posting.Cadre) {
		for i := range c {
			c[i].PostSince = posting.NewMonth(2020, 1)
		}
	})
	got, err := explain.Conflict(context.Background(), posting.NewIndex(in, pol.Calendar), pol, explain.Options{Backend: native.New(), Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(got.Groups, func(g planning.Group) bool { return g.Clause == "moves" }) || !got.Minimal {
		t.Errorf("the goal that may not come to more is not in the conflict: %+v", got)
	}
}
