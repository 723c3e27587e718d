package workbook

import (
	stdflag "flag"
	"os"
	"testing"
)

var update = stdflag.Bool("update", false, "write the generated pages")

// TestDocs: the pages in docs say what the code does.
func TestDocs(t *testing.T) {
	for path, want := range map[string]string{"../docs/errors.md": ErrorsPage(), "../docs/tables.md": TablesPage()} {
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is out of date: run go generate ./workbook", path)
		}
	}
}
