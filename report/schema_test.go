package report

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"

	"cadre/internal/schema"
)

var update = flag.Bool("update", false, "write docs/compare.schema.json anew")

// TestCompareSchema holds docs/compare.schema.json against what is written.
func TestCompareSchema(t *testing.T) {
	const path = "../docs/compare.schema.json"
	want, err := schema.Of(reflect.TypeFor[CompareJSON](), "compare.json, version 1")
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
		t.Errorf("%s differs from CompareJSON; write it anew with: go test ./report -run CompareSchema -update", path)
	}
}
