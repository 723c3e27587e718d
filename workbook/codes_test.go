package workbook

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cadre/internal/i18n"
)

// TestCodes: every code is declared once, in both languages, and raised somewhere; none is raised undeclared.
func TestCodes(t *testing.T) {
	raised := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name == "codes.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([EWN]1\d{3})"`).FindAllSubmatch(source, -1) {
			raised[string(m[1])] = true
		}
	}
	for _, c := range Codes() {
		if !raised[c.ID] {
			t.Errorf("%s is declared twice, or never raised", c.ID)
		}
		delete(raised, c.ID)
		for _, text := range []i18n.Text{c.Title, c.Cause, c.Action} {
			if text.Zh == "" || text.En == "" {
				t.Errorf("%s lacks a text", c.ID)
			}
		}
	}
	for _, id := range sortedKeys(raised) {
		t.Errorf("%s is raised but not declared", id)
	}
}

// TestHeadingsAreDistinct: no heading of a table stands for two columns, no name for two tables.
func TestHeadingsAreDistinct(t *testing.T) {
	tables := map[string]string{}
	for _, table := range Tables() {
		for _, name := range table.names() {
			if old, ok := tables[headingKey(name)]; ok && old != table.ID {
				t.Errorf("%s names %s and %s", name, old, table.ID)
			}
			tables[headingKey(name)] = table.ID
		}
		columns := map[string]string{}
		for _, c := range table.Columns {
			for _, name := range c.accepted() {
				if old, ok := columns[headingKey(name)]; ok && old != c.ID {
					t.Errorf("%s: %s stands for %s and %s", table.ID, name, old, c.ID)
				}
				columns[headingKey(name)] = c.ID
			}
		}
	}
}

// TestNearest: the suggestion is the word a reader would pick, and none where nothing is near.
func TestNearest(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"科级正职", "乡科级正职"}, {"P012", "P12"}, {"birth month", "birth_month"}, {"县处", "县处级正职"}, {"", ""}, {"完全不同的词语", ""},
	} {
		got := nearest(c.text, []string{"股级正职", "乡科级正职", "县处级正职", "P12", "birth_month"})
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
