package policy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"cadre/internal/i18n"
)

// Faults are collected, and printed in order of the file in both languages.
func TestFaultsAreCollected(t *testing.T) {
	p, ps := Decode("policy.yaml", []byte(header+`  - {id: R12, parameters: {share: 125%}}
  - {id: R06, for: {rank: 乡科正职}, yeers: 3}
  - {id: R09, level: precedense}
`), Options{})
	if p != nil {
		t.Error("a policy with faults is returned")
	}
	var zh, en strings.Builder
	if ps.Print(&zh, i18n.Zh) != nil || ps.Print(&en, i18n.En) != nil {
		t.Fatal("not printed")
	}
	want := `E2012 policy.yaml:6:35: the share 125% lies outside 0 to 100 %
E2006 policy.yaml:7:27: "乡科正职" is none of: 股级副职, 股级正职, 乡科级副职, 乡科级正职, 县处级副职, 县处级正职, 厅局级副职, 厅局级正职
hint: did you mean "乡科级正职"?
E2002 policy.yaml:7:34: there is no key "yeers"
E2006 policy.yaml:8:22: "precedense" is none of: seats_unfilled, arrivals_unplaced, precedence, overdue_not_moved, yearly_shares, team_structure, open_seats, moves
hint: did you mean "precedence"?
`
	if en.String() != want {
		t.Errorf("got\n%swant\n%s", en.String(), want)
	}
	if !strings.HasPrefix(zh.String(), "E2012 policy.yaml:6:35: 比例 125% 超出 0 至 100%\n") {
		t.Errorf("zh: %s", zh.String())
	}
	if len(ps.Errors()) != 4 || len(ps.Warnings()) != 0 {
		t.Errorf("%d errors, %d warnings", len(ps.Errors()), len(ps.Warnings()))
	}
}

// Read names a file by its last part, and returns an error where it cannot be read.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.yaml")
	if err := os.WriteFile(path, []byte(header+"  - {id: R06, parameters: {years: 4}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, ps, err := Read(path, Options{})
	if err != nil || p == nil || len(ps.List) > 0 || clauseOf(t, p, "R06").Where != "policy.yaml:6:5" {
		t.Fatalf("%v %v", err, ps)
	}
	if _, _, err := Read(path+".none", Options{}); err == nil {
		t.Error("no error for a file that is not there")
	}
}

// Empty and huge files are refused with a message, not read as an empty policy.
func TestNoPolicy(t *testing.T) {
	for _, source := range []string{"", "# nothing\n", "- a\n", "text", strings.Repeat("a", maxBytes+1)} {
		if p, ps := Decode("p.yaml", []byte(source), Options{}); p != nil || !ps.HasErrors() {
			t.Errorf("%.20q is read as a policy", source)
		}
	}
}

// Files of Windows editors are read: with a byte order mark, with CR LF. Places stay the same.
func TestWindowsFiles(t *testing.T) {
	source := header + "  - {id: R06, for: {where: cadre.age > 3}, parameters: {years: 4}, off: yess}\n"
	_, want := Decode("p.yaml", []byte(source), Options{})
	_, got := Decode("p.yaml", []byte("\ufeff"+strings.ReplaceAll(source, "\n", "\r\n")), Options{})
	if report(got) != report(want) || len(want.List) != 1 {
		t.Errorf("got %swant %s", report(got), report(want))
	}
}

var placed = regexp.MustCompile(`^[a-z0-9./]+\.yaml:[1-9][0-9]*:[1-9][0-9]*$`)

// fuzzBytes bounds the inputs of fuzzing; the built-in book is longer, and decoded by other tests.
const fuzzBytes = 1 << 10

// Whatever the bytes of a policy and of a file that it may include are, decoding ends with a policy or with errors that
// all have a place.
func FuzzDecode(f *testing.F) {
	for _, s := range faults {
		f.Add([]byte(s.source), []byte(header))
	}
	for _, s := range includeFaults {
		f.Add([]byte(s.source), []byte("include: [q.yaml, p.yaml, ../shared/book.yaml]\nclauses: [{id: R12, parameters: {share: 20%}}, {kind: 1}, x]\nlevels: [a, {}]"))
	}
	for _, s := range thresholdFaults {
		f.Add([]byte(s.source), []byte("include: builtin\nclauses:\n  - {id: R07, thresholds: [{class: key, parameters: {years: 2}}, ~, [], {tier: [1, x]}]}\n"))
	}
	f.Add([]byte(header+ladder), []byte(header))
	f.Add([]byte(onlyClause), []byte("clauses:\n"))
	f.Fuzz(func(t *testing.T, src, included []byte) {
		if len(src)+len(included) > fuzzBytes {
			t.Skip("longer inputs find nothing new and take long")
		}
		files := shared()
		files["q.yaml"] = &fstest.MapFile{Data: included}
		p, ps := Decode("p.yaml", src, Options{Open: opening(files)})
		if (p == nil) != ps.HasErrors() {
			t.Fatalf("policy %v, problems %s", p, report(ps))
		}
		for _, problem := range ps.List {
			if !placed.MatchString(problem.Where) {
				t.Fatalf("no place: %+v", problem)
			}
		}
	})
}

// A file that is no YAML is told how it is mended: tabs are the fault of editors, quotes are forgotten.
func TestYAMLAdvice(t *testing.T) {
	for source, want := range map[string]string{"\tversion: 1\n": "not with tabs", "version: 1\nname: a: b: [\n": "wants quotes"} {
		_, ps := Decode("p.yaml", []byte(source), Options{})
		if got := report(ps); !strings.Contains(got, want) {
			t.Errorf("%q: got %s, want %q", source, got, want)
		}
	}
}
