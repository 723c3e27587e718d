package ruletest

import (
	"bytes"
	"testing"

	"cadre/constraints"
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// TestShortlistChangesNothing: the model, the counts and the refusals are those of judging every pair, in random worlds
// that draw every rule kind, with exceptions, pins, blanks and several periods.
func TestShortlistChangesNothing(t *testing.T) {
	spared := 0
	for seed := range uint64(400) {
		x, pol, err := Random(seed).Read()
		if err != nil {
			t.Fatal(err)
		}
		got, want := same(t, x, pol)
		spared += want.Judged - got.Judged
	}
	if spared == 0 {
		t.Error("the shortlist spared nothing")
	}
}

// TestShortlistOfTheExample: it leaves a small part of the pairs of the example county.
func TestShortlistOfTheExample(t *testing.T) {
	pol, faults, err := policy.Read("../../examples/county/policy.yaml", policy.Options{})
	if err != nil || pol == nil {
		t.Fatal(err, faults)
	}
	in, problems, err := workbook.Read("../../examples/county", workbook.Options{Date: pol.Calendar.Date})
	if err != nil || in == nil {
		t.Fatal(err, problems)
	}
	x := posting.NewIndex(in, pol.Calendar)
	if got, want := same(t, x, pol); got.Judged > want.Judged/5 {
		t.Errorf("%d of %d pairs are left to be judged", got.Judged, want.Judged)
	}
}

func same(t *testing.T, x *posting.Index, pol *policy.Policy) (got, want *constraints.Encoding) {
	t.Helper()
	got, want = constraints.Encode(x, pol), constraints.EncodeAll(x, pol)
	if !bytes.Equal(mps(t, got.Model), mps(t, want.Model)) {
		t.Fatal("another model")
	}
	if got.Kept != want.Kept || got.Dropped != want.Dropped {
		t.Fatalf("kept %d and dropped %d, want %d and %d", got.Kept, got.Dropped, want.Kept, want.Dropped)
	}
	refused := 0
	for c := range x.Cadres {
		for q := range x.Posts {
			if q != x.Seat(c) && got.Excluded(c, q) != "" {
				refused++
			}
		}
	}
	if refused != got.Dropped {
		t.Fatalf("a clause refuses %d pairs, %d were dropped", refused, got.Dropped)
	}
	return got, want
}

func mps(t *testing.T, m *mip.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := mip.WriteMPS(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
