package ruletest

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"cadre/constraints"
	"cadre/policy"
	"cadre/posting"
)

// TestEncoderChangesNothing: whatever an encoder has seen before, its models are those of encoding anew, byte for byte. The
// policies of a world differ by one clause each, or in another one's parameters, and come in a random order, twice.
func TestEncoderChangesNothing(t *testing.T) {
	distinct := map[string]bool{}
	for seed := range uint64(150) {
		w := Random(seed)
		x, pol, err := w.Read()
		if err != nil {
			t.Fatal(err)
		}
		policies := append(variants(w), pol)
		d := rand.New(rand.NewPCG(seed, 1))
		var e constraints.Encoder
		for range 2 {
			d.Shuffle(len(policies), func(i, j int) { policies[i], policies[j] = policies[j], policies[i] })
			for _, p := range policies {
				want := constraints.Encode(x, p)
				got := e.Encode(x, p)
				distinct[string(mps(t, got.Model))] = true
				if !bytes.Equal(mps(t, got.Model), mps(t, want.Model)) || got.Kept != want.Kept || got.Dropped != want.Dropped {
					t.Fatalf("seed %d: another model\n%s", seed, w.Archive())
				}
			}
		}
	}
	if len(distinct) < 1000 {
		t.Errorf("only %d models differ: the test could hardly fail", len(distinct))
	}
}

// variants are the policies of a world with one clause left out, and with the clauses of another world added.
func variants(w *World) []*policy.Policy {
	var out []*policy.Policy
	add := func(clauses []string) {
		v := *w
		v.Clauses = clauses
		if pol, _ := policy.Decode("policy.yaml", []byte(v.Source()), policy.Options{}); pol != nil {
			out = append(out, pol)
		}
	}
	for i := range w.Clauses {
		add(without(w.Clauses, i))
	}
	for k := range uint64(3) {
		add(Random(w.Seed + 1000*(k+1)).Clauses)
	}
	return out
}

// TestEncoderTellsInstancesApart: the same policy over another instance is another model.
func TestEncoderTellsInstancesApart(t *testing.T) {
	var e constraints.Encoder
	a, pol, err := Random(1).Read()
	if err != nil {
		t.Fatal(err)
	}
	in := *a.Instance
	in.Cadres = in.Cadres[1:]
	b := posting.NewIndex(&in, pol.Calendar)
	first := e.Encode(a, pol)
	if got, want := e.Encode(b, pol), constraints.Encode(b, pol); !bytes.Equal(mps(t, got.Model), mps(t, want.Model)) || bytes.Equal(mps(t, got.Model), mps(t, first.Model)) {
		t.Error("another instance was taken for the same")
	}
}
