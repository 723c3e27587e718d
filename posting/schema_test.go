package posting_test

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"

	"cadre/internal/schema"
	"cadre/posting"
)

var update = flag.Bool("update", false, "write docs/plan.schema.json anew")

// TestPlanSchema holds docs/plan.schema.json against the fields of posting.Plan, so that the published contract cannot
// drift from what is written.
func TestPlanSchema(t *testing.T) {
	const path = "../docs/plan.schema.json"
	want, err := schema.Of(reflect.TypeFor[posting.Plan](), "plan.json, version 1")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from posting.Plan; write it anew with: go test ./posting -run PlanSchema -update", path)
	}
}
