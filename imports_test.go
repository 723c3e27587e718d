package cadre_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path of our own module.
const module = "cadre"

// anything stands for packages that may import all others.
const anything = "*"

// mayImport lists, for each folder, the packages of our own that its non-test files may import. A name that ends in /...
// stands for the folder and all below it. internal/i18n is open to all, and a folder to itself. A package takes the
// longest entry that fits it; one that fits none fails the test, so that a new package states its place.
var mayImport = map[string][]string{
	"":                  {},
	"posting":           {},
	"mip":               {},
	"internal/i18n":     {},
	"policy":            {"posting"},
	"workbook":          {"posting", "policy"},
	"audit":             {"posting", "policy"},
	"solver":            {"mip"},
	"solver/...":        {"solver/...", "mip"},
	"constraints":       {"posting", "policy", "mip"},
	"planning":          planningMay,
	"explain":           slices.Concat(planningMay, []string{"planning"}),
	"scenario":          slices.Concat(planningMay, []string{"planning", "explain", "workbook"}),
	"report":            slices.Concat(planningMay, []string{"planning", "explain", "workbook", "scenario"}),
	"lint":              {"posting", "policy", "constraints", "mip"},
	"generate":          {"posting", "policy", "workbook"},
	"internal/ruletest": {anything},
	"internal/newrule":  {anything},
	"internal/schema":   {"posting"},
	"internal/parts":    {},
	"cmd/...":           {anything},
	"examples/...":      {anything},
	"bench/...":         {anything},
}

var planningMay = []string{"posting", "policy", "constraints", "mip", "solver/...", "audit", "internal/parts"}

// pure are the packages that import nothing but the standard library and internal/i18n.
var pure = []string{"posting", "mip", "solver", "internal/i18n", "internal/parts"}

// openToAll is the one package that everybody may import.
const openToAll = "internal/i18n"

// TestImports reads every non-test file of the module.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for file, imports := range imported(t) {
		pkg := packageOf(file)
		rule, ok := ruleOf(pkg)
		if !ok {
			t.Errorf("%s: the package has no entry in mayImport", file)
			continue
		}
		seen[pkg] = true
		for _, path := range imports {
			if fault := judge(pkg, mayImport[rule], path); fault != "" {
				t.Errorf("%s %s", file, fault)
			}
		}
	}
	for _, pkg := range []string{"posting", "policy", "mip", "constraints", "audit", "solver", "planning"} {
		if !seen[pkg] {
			t.Errorf("package %s was not read", pkg)
		}
	}
}

// judge says what is wrong with an import, "" where nothing is.
func judge(pkg string, allowed []string, path string) string {
	own, ours := strings.CutPrefix(path, module+"/")
	switch {
	case !ours && strings.Contains(strings.SplitN(path, "/", 2)[0], ".") && slices.Contains(pure, pkg):
		return "imports " + path + ", but may use the standard library only"
	case !ours || own == openToAll || own == pkg || slices.Contains(allowed, anything) || slices.ContainsFunc(allowed, func(a string) bool { return fits(a, own) }):
		return ""
	}
	return "may not import " + path
}

// TestJudge: the rules of the table are felt.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		pkg, path string
		refused   bool
	}{
		{"audit", "cadre/posting", false},
		{"audit", "cadre/constraints", true},
		{"audit", "cadre/mip", true},
		{"audit", "cadre/solver/lexico", true},
		{"constraints", "cadre/solver", true},
		{"solver/native", "cadre/mip", false},
		{"solver/native", "cadre/solver/worker", false},
		{"solver/native", "cadre/posting", true},
		{"posting", "cadre/internal/i18n", false},
		{"posting", "github.com/expr-lang/expr", true},
		{"policy", "github.com/expr-lang/expr", false},
		{"mip", "cadre/posting", true},
		{"solver", "cadre/solver/native", true},
		{"planning", "cadre/solver/glpk", false},
		{"planning", "cadre/workbook", true},
		{"report", "cadre/workbook", false},
		{"cmd/cadre", "cadre/report", false},
	} {
		rule, ok := ruleOf(c.pkg)
		if got := judge(c.pkg, mayImport[rule], c.path) != ""; !ok || got != c.refused {
			t.Errorf("%s imports %s: refused %t, want %t", c.pkg, c.path, got, c.refused)
		}
	}
}

// imported are the imports of every non-test Go file below the root, by file.
func imported(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(path)
		out[file] = []string{}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			out[file] = append(out[file], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// packageOf is the folder of a file, "" the root.
func packageOf(file string) string {
	if dir := filepath.ToSlash(filepath.Dir(file)); dir != "." {
		return dir
	}
	return ""
}

// ruleOf is the package's own entry of mayImport, else the longest that fits it.
func ruleOf(pkg string) (string, bool) {
	if _, ok := mayImport[pkg]; ok {
		return pkg, true
	}
	best, found := "", false
	for rule := range mayImport {
		if fits(rule, pkg) && (!found || len(rule) > len(best)) {
			best, found = rule, true
		}
	}
	return best, found
}

// fits tells whether a package is the one of the pattern, or below it where the pattern ends in /...
func fits(pattern, pkg string) bool {
	root, tree := strings.CutSuffix(pattern, "/...")
	return pkg == root || tree && strings.HasPrefix(pkg, root+"/")
}
