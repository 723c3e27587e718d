package explain_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"cadre/explain"
	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver/native"
)

// nearOf is the conflict of a town and what comes nearest.
func nearOf(t *testing.T, in *posting.Instance) *planning.NearPlan {
	t.Helper()
	pol, problems := policy.Decode("policy.yaml", []byte(book), policy.Options{})
	if problems.HasErrors() {
		t.Fatal(problems.List)
	}
	x := posting.NewIndex(in, pol.Calendar)
	options := explain.Options{Backend: native.New(), Time: time.Minute}
	c, err := explain.Conflict(context.Background(), x, pol, options)
	if err != nil {
		t.Fatal(err)
	}
	near, err := explain.Near(context.Background(), x, pol, c, options, planning.Options{Lang: i18n.En})
	if err != nil {
		t.Fatal(err)
	}
	return near
}

// broken are the clauses that give, with the first subject of each.
func broken(near *planning.NearPlan) []string {
	var out []string
	for _, f := range near.Broken {
		out = append(out, f.Clause+" "+f.Subjects[0])
	}
	slices.Sort(out)
	return out
}

// C1 must move and no other post has his level: either the decision gives or the level, once.
func TestNearOneBreach(t *testing.T) {
	near := nearOf(t, town(func(c []posting.Cadre) { c[0].Disposition = posting.MustMove }))
	if near == nil || len(near.Broken) != 1 || !near.Least || near.Broken[0].Clause != "PIN" && near.Broken[0].Clause != "R21" {
		t.Errorf("%+v, want one breach of PIN or R21", near)
	}
}

// Two decisions on one seat: one of them gives, and not the seat.
func TestNearSparesTheSeat(t *testing.T) {
	near := nearOf(t, town(func(c []posting.Cadre) {
		c[1].Disposition = posting.Stay
		c[2].Disposition, c[2].FixedPost = posting.Fixed, "P2"
	}))
	if near == nil || len(near.Broken) != 1 || near.Broken[0].Clause != "PIN" || !near.Least {
		t.Errorf("%+v, want one decision to give", near)
	}
}

// Two conflicts that have nothing to do with each other: both give, each once.
func TestNearOfTwoConflicts(t *testing.T) {
	in := town(func(c []posting.Cadre) {
		c[0].Disposition = posting.MustMove
		c[1].Disposition = posting.Stay
		c[2].Disposition, c[2].FixedPost = posting.Fixed, "P2"
	})
	near := nearOf(t, in)
	if near == nil || len(near.Broken) != 2 || !near.Least {
		t.Fatalf("%+v, want two breaches", near)
	}
	if got := strings.Join(broken(near), ", "); !strings.Contains(got, "PIN") {
		t.Errorf("gives way: %s", got)
	}
}
