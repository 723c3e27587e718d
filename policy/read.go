package policy

import (
	_ "embed"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
)

//go:embed builtin.yaml
var builtinSource []byte

// builtinName is the rule book that every policy can include; its clauses stand in builtinFile.
const (
	builtinName = "builtin"
	builtinFile = "builtin.yaml"
)

// Options are what a run knows beside the file.
type Options struct {
	Date posting.Month // plan date of --date: goes before the file's own; not known: the file's
	// Open opens an included file by its path from the folder of the policy, with / and perhaps beginning with .. ; the
	// Open of an fs.FS will do. nil: Read opens files of the disk, Decode knows the built-in book alone.
	Open func(name string) (fs.File, error)
}

// Read reads a policy file. Every fault of the content is in the problems; where one of them is an error, the policy
// is nil. The error is a file that cannot be read; one that is included and cannot be read is a problem.
func Read(path string, opt Options) (*Policy, *Problems, error) {
	b, err := OpenBook(path, opt)
	if err != nil {
		return nil, nil, err
	}
	p, ps := b.With()
	return p, ps, nil
}

// beside opens files by their paths from the folder of a file. Only regular files are opened: a pipe would wait for ever.
func beside(file string) func(string) (fs.File, error) {
	return func(name string) (fs.File, error) {
		name = filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
		if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
			return nil, errNoFile
		}
		return os.Open(name)
	}
}

// Decode is Read for a text at hand; name stands for the file in messages.
func Decode(name string, src []byte, opt Options) (*Policy, *Problems) {
	return NewBook(name, src, opt).With()
}

// form are the codes of files that are no YAML, or that are not there.
var form = []string{"E2001", "E2009", "E2013", "E2014"}

// syntaxOnly keeps the faults of form: where a part of the policy cannot be read, nothing else can be said.
func syntaxOnly(all []Problem) []Problem {
	var out []Problem
	for _, p := range all {
		if slices.Contains(form, p.Code) {
			out = append(out, p)
		}
	}
	return out
}

// Builtin is the built-in rule book, decoded anew at every call: without plan date and authority, which only a
// department's own file can give. A fault in it is a fault of the program, which the package's tests report.
func Builtin() *Policy {
	p, _ := builtin()
	return p
}

func builtin() (*Policy, *Problems) {
	ps := &Problems{}
	d := &decoder{ps: ps}
	p := d.policy(d.resolve(builtinFile, builtinSource, nil))
	p.Hash = p.hash()
	return p, ps
}

// WithDate is a copy of the policy for another plan date.
func (p *Policy) WithDate(date posting.Month) *Policy {
	q := *p
	q.Calendar.Date = date
	return &q
}

// topKeys are the keys of a policy file.
var topKeys = []string{"version", "name", "plan_date", "authority", "horizon", "regime", "include", "levels", "clauses"}

// own reports what every file has to state for itself, since no book can.
func (d *decoder) own(root *node, opt Options) {
	given := func(key string) bool { n := root.get(key); return n != nil && n.shape != blank }
	if !opt.Date.Known() && !given("plan_date") {
		d.ps.add("E2010", root.at, i18n.T("政策没有 plan_date，也没有指定 --date", "the policy has no plan_date and --date is not given"))
	}
	if !given("authority") {
		d.ps.add("E2003", root.at, i18n.F("缺少 %q：方案由哪一级管理权限作出", "%q is missing: under whose authority over cadres the plan is made", "authority"))
	}
}

// version is the form of policy files that this program reads.
const version = "1"

// most periods and months of one period: a plan of ten yearly batches is far beyond any use.
const (
	mostPeriods = 10
	mostMonths  = 60
)

// version checks the version that a file states; that one is stated somewhere is checked of the whole.
func (d *decoder) version(root *node) {
	if v := root.get("version"); v != nil && v.shape != blank && d.text(v) != version {
		d.ps.add("E2008", v.at, i18n.F("版本 %[1]q 不受支持，只支持 %[2]s", "version %[1]q is not supported, only %[2]s", v.text, version))
	}
}

func (d *decoder) policy(root *node) *Policy {
	f := d.table(root, topKeys...)
	d.must(f, root, "version")
	p := &Policy{
		Name:      d.texts(f["name"]),
		Authority: d.text(f["authority"]),
		Regime:    Regime(d.word(f["regime"], []string{string(Ordinary), string(Election), string(Stability)})),
		Levels:    d.levels(d.must(f, root, "levels")),
	}
	if p.Regime == "" {
		p.Regime = Ordinary
	}
	p.Calendar = d.calendar(f["plan_date"], d.must(f, root, "horizon"))
	for _, n := range d.shaped(f["clauses"], list).items {
		p.Clauses = append(p.Clauses, d.clause(n, p.Levels)...)
	}
	d.unfold(p)
	return p
}

func (d *decoder) calendar(date, horizon *node) posting.Calendar {
	c := posting.Calendar{Date: d.month(date), Periods: 1, Length: 1}
	if horizon.shape == blank {
		return c
	}
	h := d.table(horizon, "periods", "months")
	c.Periods = d.number(d.must(h, horizon, "periods"), 1, mostPeriods)
	c.Length = d.number(d.must(h, horizon, "months"), 1, mostMonths)
	return c
}

func (d *decoder) levels(n *node) []LevelSpec {
	var out []LevelSpec
	seen := map[string]bool{}
	for _, item := range d.shaped(n, list).items {
		f := d.table(item, "name", "zh", "en", "unit", "gap", "within", "most")
		l := LevelSpec{Name: d.id(d.must(f, item, "name")), Unit: d.text(d.must(f, item, "unit")),
			Text: i18n.T(d.text(d.must(f, item, "zh")), d.text(d.must(f, item, "en"))), Tolerance: d.tolerance(f)}
		l.Cap = d.cap(f, l.Name)
		if seen[l.Name] {
			d.ps.add("E2007", item.at, i18n.F("目标 %q 重复", "the level %q stands twice", l.Name))
		}
		seen[l.Name] = true
		out = append(out, l)
	}
	if last := len(out) - 1; n.shape == list && (last < 0 || out[last].Name != WeightedLevel || !isUniqueLast(out)) {
		d.ps.add("E2023", n.at, i18n.F("目标顺序的最后一项必须是 %s", "the last of the levels has to be %s", WeightedLevel))
	}
	return out
}

// cap reads the most that a level may come to; points have decimals.
func (d *decoder) cap(f map[string]*node, level string) Cap {
	n, given := f["most"]
	switch {
	case !given:
		return Cap{}
	case level == WeightedLevel:
		return Cap{true, d.decimal(n, weightPlaces, mostUnits)}
	}
	return Cap{true, int64(d.number(n, 0, mostUnits))}
}

// mostUnits bounds a tolerance, and a cap, in units: more is a mistake.
const mostUnits = 1_000_000

// tolerance reads how near its bound a level has to come.
func (d *decoder) tolerance(f map[string]*node) Tolerance {
	var t Tolerance
	if n, given := f["gap"]; given {
		t.Own, t.Gap = true, d.share(n)
	}
	if n, given := f["within"]; given {
		t.Own, t.Within = true, d.number(n, 0, mostUnits)
	}
	return t
}

func isUniqueLast(levels []LevelSpec) bool {
	for _, l := range levels[:len(levels)-1] {
		if l.Name == WeightedLevel {
			return false
		}
	}
	return true
}
