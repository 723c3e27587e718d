package policy

import (
	"strings"
	"testing"

	"cadre/internal/i18n"
)

func report(ps *Problems) string {
	var b strings.Builder
	_ = ps.Print(&b, i18n.En)
	return b.String()
}

// Every page of spec/ is a schema without faults, and every parameter of type table has its columns typed.
func TestKindsDecode(t *testing.T) {
	if faults := kinds().faults; len(faults.List) > 0 {
		t.Fatal(report(&faults))
	}
	for name, k := range Kinds() {
		if k.Statement.Zh == "" || k.Statement.En == "" || len(k.Modalities) == 0 || strings.TrimSpace(k.Body) == "" || k.Breach.Zh == "" || k.Breach.En == "" || k.Unit.Zh == "" || k.Unit.En == "" ||
			k.Source.Zh == "" || k.Source.En == "" {
			t.Errorf("%s: statement, breach, unit, source, modalities or body missing", name)
		}
		for p, spec := range k.Parameters {
			for _, col := range spec.Columns {
				if cells[name+"."+p][col].holds == nil {
					t.Errorf("%s.%s: column %s has no type in cells", name, p, col)
				}
			}
		}
	}
}

// A plan kind reads the selectors that its page names, and no other: what it does not read is refused in a clause.
func TestKindsNameTheirSelectors(t *testing.T) {
	for name, k := range Kinds() {
		for _, selector := range selectorNames {
			if named := strings.Contains(k.Body, "`"+selector+"`"); !k.Pair() && named != k.Reads(selector) {
				t.Errorf("%s: its page names `%s`: %v, its front matter: %v", name, selector, named, k.Reads(selector))
			}
		}
	}
}

// The built-in rule book decodes without a fault, and book and spec name the same kinds.
func TestBuiltinDecodes(t *testing.T) {
	p, ps := builtin()
	if len(ps.List) > 0 {
		t.Fatal(report(ps))
	}
	used := map[string]bool{}
	for _, c := range p.Clauses {
		used[c.Kind] = true
	}
	for _, name := range KindNames() {
		if !used[name] {
			t.Errorf("kind %s has no clause in builtin.yaml", name)
		}
	}
}
