package ruletest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadre/audit"
	"cadre/constraints"
	"cadre/policy"
	"cadre/posting"
)

// TestTrialsAgree: a rule test says of a person and a post what the encoder does with the pair, by pair clauses alone; and
// of a duty to move what it lists.
func TestTrialsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		x, pol, err := w.Read()
		if err != nil {
			t.Fatal(err)
		}
		enc := constraints.Encode(x, pol)
		for c := range x.Cadres {
			tryDuties(t, x, pol, enc, c, w)
			for q := range x.Posts {
				if q != x.Seat(c) {
					tryPosts(t, x, pol, enc, c, q, w)
				}
			}
		}
	})
}

func tryPosts(t *rapid.T, x *posting.Index, pol *policy.Policy, enc *constraints.Encoding, c, q int, w *World) {
	open := false
	for p := max(1, x.First(c)); p <= x.Last(c); p++ {
		trial, err := audit.TryPost(x, pol, c, q, p, "")
		if err != nil {
			t.Fatal(err)
		}
		refused := false
		for _, r := range trial.Found {
			refused = refused || r.Clause == nil || policy.Kinds()[r.Clause.Kind].Pair()
		}
		open = open || !refused
	}
	if kept := slices.Contains(enc.Takers(q), c); open != kept {
		t.Fatalf("%s on %s: allowed by the auditor: %v, by the encoder: %v\n%s", x.Cadres[c].ID, x.Posts[q].ID, open, kept, w.Archive())
	}
}

func tryDuties(t *rapid.T, x *posting.Index, pol *policy.Policy, enc *constraints.Encoding, c int, w *World) {
	for p := 1; p <= x.Last(c); p++ {
		trial, err := audit.TryDuty(x, pol, c, p)
		if err != nil {
			t.Fatal(err)
		}
		if len(trial.Found) != len(enc.Due(c, p)) {
			t.Fatalf("%s in %d: due under %d clauses to the auditor, %d to the encoder\n%s", x.Cadres[c].ID, p, len(trial.Found), len(enc.Due(c, p)), w.Archive())
		}
	}
}
