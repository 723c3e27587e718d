package lint

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the generated page")

// docs/lint.md says what the code does.
func TestPage(t *testing.T) {
	const path = "../docs/lint.md"
	if *update {
		if err := os.WriteFile(path, []byte(Page()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != Page() {
		t.Errorf("%s is out of date: run go generate ./lint (%v)", path, err)
	}
}
