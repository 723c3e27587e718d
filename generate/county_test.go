package generate

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cadre/posting"
)

var update = flag.Bool("update", false, "write examples/county anew")

const example = "../examples/county"

// The committed example is what the default options give, byte for byte, so it can never drift.
func TestExampleIsTheGeneratedCounty(t *testing.T) {
	dir := t.TempDir()
	if *update {
		dir = example
	}
	if _, err := Write(dir, KindCounty, DefaultOptions()); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(example, "csv", "*.csv"))
	if err != nil || len(tables) < 10 {
		t.Fatalf("the example has %d tables, err %v", len(tables), err)
	}
	files := []string{"county.xlsx", "policy.yaml"}
	for _, path := range tables {
		files = append(files, filepath.Join("csv", filepath.Base(path)))
	}
	for _, f := range files {
		got, want := read(t, filepath.Join(dir, f)), read(t, filepath.Join(example, f))
		if string(got) != string(want) {
			t.Errorf("%s differs from what is generated; run go test ./generate -run Example -update", f)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSeedsDiffer(t *testing.T) {
	o := DefaultOptions()
	a, b := county(t, o), county(t, o)
	o.Seed++
	c := county(t, o)
	same := func(x, y *posting.Instance) bool {
		return slices.EqualFunc(x.Cadres, y.Cadres, func(a, b posting.Cadre) bool { return a.Name == b.Name && a.PostSince == b.PostSince })
	}
	if !same(a.Instance, b.Instance) || same(a.Instance, c.Instance) {
		t.Error("equal seeds must give equal people, other seeds others")
	}
}

func county(t *testing.T, o Options) *Generated {
	t.Helper()
	g, err := County(o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The README tells who is who; its ids must be those of the generated county.
func TestReadmeNamesTheCast(t *testing.T) {
	readme := string(read(t, filepath.Join(example, "README.md")))
	g := county(t, DefaultOptions())
	if !strings.Contains(readme, g.Instance.Name) {
		t.Errorf("the README does not name %s", g.Instance.Name)
	}
	for _, p := range g.Cast {
		if len(p.IDs) > 14 { // couples: too many to list
			continue
		}
		for _, id := range p.IDs {
			if !strings.Contains(readme, id) {
				t.Errorf("%s: the README does not name %s", p.Title.En, id)
			}
		}
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	for name, spoil := range map[string]func(*Options){
		"size 99":     func(o *Options) { o.Size = LeastCounty - 1 },
		"size 401":    func(o *Options) { o.Size = MostCounty + 1 },
		"overdue":     func(o *Options) { o.Overdue = 1.1 },
		"together":    func(o *Options) { o.Overdue, o.Eligible = 0.6, 0.6 },
		"housing -1":  func(o *Options) { o.Housing = -1 },
		"blank below": func(o *Options) { o.Blank = -0.1 },
	} {
		o := DefaultOptions()
		spoil(&o)
		if _, err := County(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Names of real counties, where CADRE_DATA names a folder with a list of them.
func TestNoRealCounty(t *testing.T) {
	data := os.Getenv("CADRE_DATA")
	if data == "" {
		t.Skip("CADRE_DATA names no folder with geo/, the lists of real counties")
	}
	table, err := os.ReadFile(filepath.Join(data, "geo", "sichuan_counties.csv"))
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]bool{}
	for _, line := range strings.Split(string(table), "\n") {
		if cells := strings.Split(line, ","); len(cells) > 2 {
			real[stem(cells[2])] = true
		}
	}
	if len(real) < 100 {
		t.Fatalf("the list has %d counties", len(real))
	}
	for _, name := range countyNames() {
		if real[stem(name.Zh)] {
			t.Errorf("%s is a real county", name.Zh)
		}
	}
	for _, h := range placeHeads {
		for _, tail := range placeTails {
			if real[string([]rune{h, tail})] {
				t.Errorf("%c%c is the name of a real county", h, tail)
			}
		}
	}
}

// stem drops the kind of place from a name of three characters or more.
func stem(name string) string {
	r := []rune(name)
	if len(r) > 2 {
		return strings.TrimRight(name, "县区市")
	}
	return name
}
