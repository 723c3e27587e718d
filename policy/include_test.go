package policy

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// shared are files that lie around the folder own/, where p.yaml stands.
func shared() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	out := fstest.MapFS{
		"own/ring.yaml":    file("include: ../shared/ring.yaml\n"),
		"shared/ring.yaml": file("include: [builtin, ../own/ring.yaml]\n"),
		"own/self.yaml":    file("include: self.yaml\n"),
		"own/back.yaml":    file("include: p.yaml\n"),
		"own/deep.yaml":    file("include: deep/deep.yaml\n"),
		"own/broken.yaml":  file("version: 1\nclauses: [R12\n"),
		"own/faulty.yaml":  file("include: builtin\nclauses:\n  - {id: R12, parameters: {share: 130%}}\n"),
		"own/old.yaml":     file("include: builtin\nversion: 7\n"),
		"own/large.yaml":   file(strings.Repeat("# ", maxBytes)),
		"own/folder/x":     file(""),
		"shared/book.yaml": file("include: builtin\nclauses:\n  - {id: R12, parameters: {share: 20%}}\n  - {id: R06, parameters: {years: 4}}\n"),
		"shared/city.yaml": file("include: book.yaml\nclauses:\n  - {id: R06, parameters: {years: 6}}\n"),
		"own/part.yaml":    file("clauses:\n  - {id: R12, parameters: {share: 15%}}\n"),
	}
	for i := range mostFiles + 1 {
		out[fmt.Sprintf("own/f%d.yaml", i)] = file("version: 1\n")
		out["own/"+strings.Repeat("deep/", i)+"deep.yaml"] = file("include: deep/deep.yaml\n")
	}
	return out
}

// opening opens files as p.yaml in own/ names them.
func opening(files fstest.MapFS) func(string) (fs.File, error) {
	return func(name string) (fs.File, error) { return files.Open(path.Join("own", name)) }
}

// many includes more files than there may be.
func many() string {
	var names []string
	for i := range mostFiles {
		names = append(names, fmt.Sprintf("f%d.yaml", i))
	}
	return "[" + strings.Join(names, ", ") + "]"
}

var includeFaults = []fault{
	{"E2001", "broken.yaml:2:10", "include: broken.yaml\n"},
	{"E2001", "large.yaml:1:1", "include: large.yaml\n"},
	{"E2009", "p.yaml:1:10", "include: {file: builtin}\n" + bare},
	{"E2009", "p.yaml:1:20", "include: [builtin, [a]]\n" + bare},
	{"E2009", "p.yaml:1:20", "include: [builtin, ~]\n" + bare},
	{"E2008", "old.yaml:2:10", "include: old.yaml\n" + bare},
	{"E2009", "p.yaml:1:10", "include: none.yaml\n"},
	{"E2009", "p.yaml:1:20", "include: [builtin, none.yaml]\n"},
	{"E2009", "p.yaml:1:10", "include: folder\n"},
	{"E2009", "p.yaml:1:10", "include: /etc/policy.yaml\n"},
	{"E2009", "p.yaml:1:10", "include: shared\\book.yaml\n"},
	{"E2009", "p.yaml:1:10", "include: ..\n"},
	{"E2009", "p.yaml:1:11", "include: [\"\"]\n"},
	{"E2012", "faulty.yaml:3:35", "include: faulty.yaml\n" + bare},
	{"E2013", "p.yaml:1:10", "include: p.yaml\n"},
	{"E2013", "self.yaml:1:10", "include: self.yaml\n"},
	{"E2013", "back.yaml:1:10", "include: back.yaml\n"},
	{"E2013", "../own/ring.yaml:1:10", "include: ring.yaml\n"},
	{"E2014", "deep/deep/deep/deep/deep/deep/deep.yaml:1:10", "include: deep.yaml\n"},
	{"E2014", "p.yaml:1:311", "include: " + many() + "\n"},
}

// bare states what no book gives.
const bare = "plan_date: 2026-01\nauthority: 县管\n"

// Every fault of an include is one problem with a code and an exact place, in the file that holds it.
func TestIncludeFaults(t *testing.T) {
	for _, f := range includeFaults {
		p, ps := Decode("p.yaml", []byte(f.source), Options{Open: opening(shared())})
		if len(ps.List) != 1 || ps.List[0].Code != f.code || ps.List[0].Where != f.at || p != nil {
			t.Errorf("want %s %s of\n%.200s\ngot\n%s", f.code, f.at, f.source, report(ps))
		}
	}
}

// A cycle is shown as the chain of files that closes it.
func TestCycleIsShown(t *testing.T) {
	_, ps := Decode("p.yaml", []byte("include: ring.yaml\n"), Options{Open: opening(shared())})
	if got := report(ps); !strings.Contains(got, ": ../shared/ring.yaml → ../own/ring.yaml → ../shared/ring.yaml\n") {
		t.Error(got)
	}
}

// including decodes a policy beside the shared files.
func including(t interface {
	Helper()
	Fatalf(string, ...any)
}, source string, files fstest.MapFS) *Policy {
	t.Helper()
	p, ps := Decode("p.yaml", []byte(source), Options{Open: opening(files)})
	if p == nil || len(ps.List) > 0 {
		t.Fatalf("of\n%s\n%s", source, report(ps))
	}
	return p
}

// Each file is laid over those before it, once, where it is met first: an include of the book that others have included
// already takes nothing back.
func TestIncludeOrder(t *testing.T) {
	for _, c := range []struct {
		include, share string
		years          int
	}{
		{"../shared/book.yaml", "1/5", 4},
		{"../shared/city.yaml", "1/5", 6},
		{"[builtin, part.yaml]", "3/20", 5},
		{"[../shared/city.yaml, part.yaml]", "3/20", 6},
		{"[builtin, part.yaml, ../shared/city.yaml]", "1/5", 6},
		{"[../shared/city.yaml, ../shared/book.yaml, builtin]", "1/5", 6},
		{"[../shared/./book.yaml, ../own/../shared/city.yaml]", "1/5", 6},
	} {
		p := including(t, bare+"include: "+c.include+"\n", shared())
		if got := clauseOf(t, p, "R12").Ratio("share").String(); got != c.share {
			t.Errorf("%s: share %s, want %s", c.include, got, c.share)
		}
		if got := clauseOf(t, p, "R06").Months("years"); got != 12*c.years {
			t.Errorf("%s: %d months, want %d years", c.include, got, c.years)
		}
	}
}

// An override through files is that of one file: spread over a chain of includes or a list of them, the statements of a
// policy give the same content.
func TestSpreadingChangesNothing(t *testing.T) {
	statements := []string{"{id: R12, parameters: {share: 1/5}}", "{id: R06, parameters: {years: 4}}", "{id: R09, modality: hard}",
		"{id: R34, off: yes}", "{id: N1, kind: keeps_post, modality: hard, citation: 本地}", "{id: R26, weight: 3, for: {class: key}}"}
	want := mustDecode(t, header+"  - "+strings.Join(statements, "\n  - ")+"\n").Hash
	rapid.Check(t, func(rt *rapid.T) {
		files, names, last := fstest.MapFS{}, []string{"builtin"}, "builtin"
		chained := rapid.Bool().Draw(rt, "chained")
		for i := 0; i < len(statements); {
			n := rapid.IntRange(1, len(statements)-i).Draw(rt, "statements")
			name, text := fmt.Sprintf("s%d.yaml", i), "clauses:\n  - "+strings.Join(statements[i:i+n], "\n  - ")+"\n"
			if chained {
				text = "include: " + last + "\n" + text
			}
			files["own/"+name] = &fstest.MapFile{Data: []byte(text)}
			names, last, i = append(names, name), name, i+n
		}
		include := "[" + strings.Join(names, ", ") + "]"
		if chained {
			include = last
		}
		if p := including(rt, bare+"include: "+include+"\n", files); p.Hash != want {
			rt.Fatalf("another content by include: %s", include)
		}
	})
}

// Files of the disk are found beside the policy, wherever the program runs.
func TestReadIncludes(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"county/policy.yaml": bare + "include: ../shared/book.yaml\n", "shared/book.yaml": "include: builtin\nclauses: [{id: R12, parameters: {share: 1/5}}]\n",
		"county/wrong.yaml": bare + "include: ../shared\n"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p, ps, err := Read(filepath.Join(dir, "county", "policy.yaml"), Options{})
	if err != nil || p == nil || clauseOf(t, p, "R12").Ratio("share") != (Ratio{1, 5}) {
		t.Errorf("%v %v", err, ps)
	}
	if _, ps, err := Read(filepath.Join(dir, "county", "wrong.yaml"), Options{}); err != nil || len(ps.List) != 1 || ps.List[0].Code != "E2009" {
		t.Errorf("a folder is included: %v %v", err, ps)
	}
}

// A clause of an included file that finds nobody is no remark.
func TestIncludedBooksSpeakOfOthers(t *testing.T) {
	files := shared()
	files["own/others.yaml"] = &fstest.MapFile{Data: []byte("include: builtin\nclauses:\n  - {id: R06, for: {rank: 厅局级正职}}\n")}
	if ps := including(t, bare+"include: others.yaml\n", files).Validate(county(), nil); len(ps.List) > 0 {
		t.Error(report(ps))
	}
	files["own/others.yaml"] = &fstest.MapFile{Data: []byte("include: builtin\nclauses:\n  - {id: R06, for: {cadres: c11}}\n")}
	if ps := including(t, bare+"include: others.yaml\n", files).Validate(county(), nil); len(ps.List) != 1 || ps.List[0].Where != "others.yaml:3:20" {
		t.Error(report(ps))
	}
}
