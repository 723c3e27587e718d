package workbook

import (
	"strings"
	"testing"

	"cadre/posting"
)

// readText reads tables from memory, as Source.Read does from files.
func readText(files map[string]string) (*posting.Instance, *Problems) {
	ps, found := &Problems{}, newShelf()
	for _, name := range sortedKeys(files) {
		if s := found.claim(strings.TrimSuffix(name, ".csv"), name, ps); s != nil {
			s.readCSV([]byte(files[name]), ps)
		}
	}
	d := readTables(found, ps)
	d.check(sampleDate, ps)
	if ps.Errors() > 0 {
		return nil, ps
	}
	return d.instance(), ps
}

// FuzzCSV: whatever stands in a table, the reader ends with an instance or with errors, and an instance is read back
// from what it writes.
func FuzzCSV(f *testing.F) {
	names := sortedKeys(sample())
	for i, name := range names {
		f.Add(uint8(i), sample()[name])
	}
	f.Add(uint8(7), "id,name\nL1,\"a\"\"\nb\"\nL2,县城")
	f.Add(uint8(1), "编号,姓  名,出生年月,职务层次,现任职务,任现职时间\n\nC1,王,23833,正科级,P1,2015.3\nC2,李,,,P2,\nC3,赵,,,P3,\n")
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		files := sample()
		files[names[int(which)%len(names)]] = content
		in, ps := readText(files)
		if (in == nil) != (ps.Errors() > 0) {
			t.Fatal(lines(ps))
		}
		if in == nil {
			return
		}
		written := map[string]string{}
		for _, g := range grids(in) {
			written[g.ID+".csv"] = string(g.encode())
		}
		again, ps := readText(written)
		if again == nil || Hash(again) != Hash(in) {
			t.Fatalf("not read back: %v", lines(ps))
		}
	})
}
