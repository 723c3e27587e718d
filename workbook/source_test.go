package workbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOpen: what is an input, and what is a usage error.
func TestOpen(t *testing.T) {
	for _, c := range []struct{ name, files, open, want, fails string }{
		{"workbook", "county.xlsx", "county.xlsx", "county", ""},
		{"folder of tables", "town/cadres.csv town/policy.yaml", "town", "town", ""},
		{"folder named csv", "town/csv/cadres.csv town/town.xlsx", "town/csv", "town", ""},
		{"folder with a workbook", "town/a.xlsx town/csv/cadres.csv town/~$a.xlsx town/.b.xlsx", "town", "a", ""},
		{"both", "town/a.xlsx town/cadres.csv", "town", "", "both"},
		{"two workbooks", "town/a.xlsx town/b.xlsx", "town", "", "2 workbooks"},
		{"neither", "town/readme.md", "town", "", "neither"},
		{"absent", "x", "town", "", "cannot open"},
		{"other file", "town.ods", "town.ods", "", "neither"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range strings.Fields(c.files) {
				touch(t, filepath.Join(dir, f))
			}
			s, err := Open(filepath.Join(dir, c.open))
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Fatalf("error %v, want %q", err, c.fails)
				}
				return
			}
			if err != nil || s.Name != c.want {
				t.Fatalf("source %+v, error %v", s, err)
			}
		})
	}
}

// TestUnreadableWorkbook: a file that is no workbook is an error of reading, not of content.
func TestUnreadableWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "county.xlsx")
	touch(t, path)
	if in, ps, err := Read(path, Options{}); err == nil {
		t.Fatalf("read %v with %v", in, ps)
	}
}

// TestPolicyPath: the flag, then the folder, then the folder that holds the input.
func TestPolicyPath(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range []string{"policy.yaml", "a/policy.yaml", "a/csv/cadres.csv", "a/a.xlsx", "b/c/d/cadres.csv", "b/policy.yaml/x"} {
		touch(t, f)
	}
	for _, c := range []struct{ input, flag, want string }{
		{"a", "mine.yaml", "mine.yaml"},
		{"a", "", "a/policy.yaml"},
		{"a/", "", "a/policy.yaml"},
		{"a/csv", "", "a/policy.yaml"},
		{"a/a.xlsx", "", "a/policy.yaml"},
		{"b", "", "policy.yaml"},
		{"b/c/d", "", ""},
		{"b/c", "", ""},
	} {
		got, err := PolicyPath(c.input, c.flag)
		if got != c.want || (c.want == "") != errors.Is(err, ErrNoPolicy) {
			t.Errorf("%+v: got %q, %v", c, got, err)
		}
	}
	t.Chdir("a/csv")
	if got, err := PolicyPath(".", ""); got != filepath.Join("..", "policy.yaml") {
		t.Errorf("from inside: %q, %v", got, err)
	}
}

// TestEncodings: GBK and a byte order mark change nothing.
func TestEncodings(t *testing.T) {
	want, _ := readSample(t, sample())
	files := sample()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(files["cadres.csv"])
	if err != nil {
		t.Fatal(err)
	}
	files["干部.csv"] = gbk
	delete(files, "cadres.csv")
	files["posts.csv"] = "\ufeff" + strings.ReplaceAll(files["posts.csv"], "\n", "\r\n")
	got, ps := readSample(t, files)
	if got == nil || got.Hash != want.Hash {
		t.Fatalf("problems %v", lines(ps))
	}
}

// TestRowNumbers: line breaks inside cells and blank rows keep the numbers of a spreadsheet program.
func TestRowNumbers(t *testing.T) {
	files := sample()
	files["places.csv"] = "id,\"地点\n名称\",tier\nL1,\"甲\n地\",\n\nL2,县城,9\n"
	_, ps := readSample(t, files)
	if got := lines(ps); len(got) != 1 || got[0] != "E1205 places.csv!C4" {
		t.Fatal(got)
	}
}

// TestHugeFile: a table beyond the limit is refused unread.
func TestHugeFile(t *testing.T) {
	dir := writeFiles(t, sample())
	if err := os.Truncate(filepath.Join(dir, "history.csv"), maxCSVBytes+1); err != nil {
		t.Fatal(err)
	}
	_, ps, err := Read(dir, Options{Date: sampleDate})
	if got := lines(ps); err != nil || len(got) != 1 || got[0] != "E1003 history.csv" {
		t.Fatal(got, err)
	}
}
