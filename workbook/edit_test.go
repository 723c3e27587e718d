package workbook

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"cadre/posting"
)

// edited applies edits to the sample, whose files must not change.
func edited(t *testing.T, files map[string]string, edits ...Edit) (*posting.Instance, *Problems) {
	t.Helper()
	s, err := Open(writeFiles(t, files))
	if err != nil {
		t.Fatal(err)
	}
	in, _, ps, err := s.Edited(edits, Options{Date: sampleDate})
	if err != nil {
		t.Fatal(err)
	}
	plain, _, err := s.Read(Options{Date: sampleDate})
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := readSample(t, files); plain.Hash != want.Hash {
		t.Error("an edit changed what is read without it")
	}
	return in, ps
}

// An edited input is the input whose cells somebody edited: same content, same hash.
func TestEditedIsAsIfEdited(t *testing.T) {
	for name, c := range map[string]struct {
		edits          []Edit
		file, old, new string
	}{
		"a cell by field id":            {[]Edit{{Table: "cadres", Action: SetRow, Key: "C2", Cells: []Cell{{"disposition", "不动", "w"}}}}, "cadres.csv", "P4,,,", "P4,不动,,"},
		"a cell by Chinese heading":     {[]Edit{{Table: "干部", Action: SetRow, Key: "C2", Cells: []Cell{{"本批处置", "必动", "w"}}}}, "cadres.csv", "P4,,,", "P4,必动,,"},
		"a cell emptied":                {[]Edit{{Table: "cadres", Action: SetRow, Key: "C3", Cells: []Cell{{"disposition", "", "w"}}}}, "cadres.csv", ",,不动,", ",,,"},
		"a number changed by":           {[]Edit{{Table: "posts", Action: SetRow, Key: "P1", Cells: []Cell{{"weight", "-1", "w"}}}}, "posts.csv", "乡科级正职,,4", "乡科级正职,,3"},
		"a row dropped":                 {[]Edit{{Table: "departures", Action: DropRow, Key: "C3"}}, "departures.csv", "C3,2026-05,退休\n", ""},
		"a row put over another":        {[]Edit{{Table: "departures", Action: PutRow, Key: "C3", Cells: []Cell{{"month", "2026-07", "w"}}}}, "departures.csv", "2026-05", "2026-07"},
		"a row put where there is none": {[]Edit{{Table: "departures", Action: PutRow, Key: "C1", Cells: []Cell{{"month", "2026-07", "w"}, {"class", "调出", "w"}}}}, "departures.csv", "C3,2026-05,退休\n", "C3,2026-05,退休\nC1,2026-07,调出\n"},
		"a row added like another":      {[]Edit{{Table: "posts", Action: AddRow, Key: "P9", Like: "P4", Cells: []Cell{{"name", "农业局总农艺师", "w"}}}}, "posts.csv", "P4,农业局副局长,U2,副职,乡科级副职,P3,2\n", "P4,农业局副局长,U2,副职,乡科级副职,P3,2\nP9,农业局总农艺师,U2,副职,乡科级副职,P3,2\n"},
		"two edits, one after another":  {[]Edit{{Table: "posts", Action: SetRow, Key: "P1", Cells: []Cell{{"weight", "+1", "w"}}}, {Table: "posts", Action: SetRow, Key: "P1", Cells: []Cell{{"weight", "-2", "w"}}}}, "posts.csv", "乡科级正职,,4", "乡科级正职,,3"},
	} {
		files := sample()
		got, ps := edited(t, files, c.edits...)
		if got == nil {
			t.Errorf("%s: %v", name, lines(ps))
			continue
		}
		edit(t, files, c.file, c.old, c.new)
		want, _ := readSample(t, files)
		if got.Hash != want.Hash || !reflect.DeepEqual(got.Cadres, want.Cadres) || !reflect.DeepEqual(got.Posts, want.Posts) {
			t.Errorf("%s: differs from the edited files", name)
		}
	}
}

// A list grows at its end, and a column or a table that the files lack comes about.
func TestEditGrows(t *testing.T) {
	in, ps := edited(t, sample(),
		Edit{Table: "cadres", Action: SetRow, Key: "C1", Cells: []Cell{{"unsuited", "+U2", "w"}}},
		Edit{Table: "cadres", Action: SetRow, Key: "C1", Cells: []Cell{{"unsuited", "+P3", "w"}}},
		Edit{Table: "ledger", Action: AddRow, Cells: []Cell{{"cadre", "C1", "w"}}})
	if in == nil {
		t.Fatal(lines(ps))
	}
	if got := in.Cadres[0].Unsuited; !slices.Equal(got, []string{"U2", "P3"}) {
		t.Errorf("unsuited for %v", got)
	}
}

// Faults of edits stand at their own places, with the nearest name; what they write is read like any other cell.
func TestEditFaults(t *testing.T) {
	for name, c := range map[string]struct {
		edit Edit
		want string
		near string
	}{
		"no such table":       {Edit{Table: "cadre", Action: SetRow, Key: "C1", Where: "s:1:1"}, "E1801 s:1:1", "cadres"},
		"no such column":      {Edit{Table: "cadres", Action: SetRow, Key: "C1", Cells: []Cell{{"dispositon", "不动", "s:2:2"}}}, "E1802 s:2:2", "disposition"},
		"no such row":         {Edit{Table: "cadres", Action: SetRow, Key: "C11", Where: "s:1:1"}, "E1803 s:1:1", "C1"},
		"no row to drop":      {Edit{Table: "posts", Action: DropRow, Key: "P99", Where: "s:1:1"}, "E1803 s:1:1", ""},
		"no row to copy":      {Edit{Table: "posts", Action: AddRow, Key: "P9", Like: "P44", Where: "s:1:1"}, "E1803 s:1:1", "P4"},
		"row is there":        {Edit{Table: "posts", Action: AddRow, Key: "P1", Where: "s:1:1"}, "E1804 s:1:1", ""},
		"no number to change": {Edit{Table: "cadres", Action: SetRow, Key: "C2", Cells: []Cell{{"deduct_months", "+3", "s:2:2"}}}, "E1805 s:2:2", ""},
		"a word unknown":      {Edit{Table: "posts", Action: SetRow, Key: "P1", Cells: []Cell{{"filling", "冻住", "s:2:2"}}}, "E1204 s:2:2", "冻结"},
		"an id unknown":       {Edit{Table: "cadres", Action: SetRow, Key: "C1", Cells: []Cell{{"also", "P44", "s:2:2"}}}, "E1301 s:2:2", "P4"},
		"an added row":        {Edit{Table: "departures", Action: AddRow, Key: "C9", Where: "s:3:3", Cells: []Cell{{"month", "2026-05", "s:3:9"}, {"class", "退休", "s:3:9"}}}, "E1301 s:3:3", ""},
	} {
		in, ps := edited(t, sample(), c.edit)
		if in != nil || !slices.Contains(lines(ps), c.want) {
			t.Errorf("%s: %v, want %s", name, lines(ps), c.want)
			continue
		}
		if text := ps.All()[slices.Index(lines(ps), c.want)].Text.Zh; !strings.Contains(text, c.near) {
			t.Errorf("%s: %q does not name %s", name, text, c.near)
		}
	}
}
