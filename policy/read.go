package policy

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cadre/internal/i18n"
	"cadre/posting"
)

//go:embed builtin.yaml
var builtinSource []byte

// builtinName is the one rule book that can be included; its clauses stand in builtin.yaml.
const builtinName = "builtin"

// Options are what a run knows beside the file.
type Options struct {
	Date posting.Month // plan date of --date: goes before the file's own; not known: the file's
}

// Read reads a policy file. Every fault of the content is in the problems; where one of them is an error, the policy
// is nil. The error is a file that cannot be read.
func Read(path string, opt Options) (*Policy, *Problems, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read policy: %w", err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read policy: %w", err)
	}
	p, ps := Decode(filepath.Base(path), src, opt)
	return p, ps, nil
}

// Decode is Read for a text at hand; name stands for the file in messages.
func Decode(name string, src []byte, opt Options) (*Policy, *Problems) {
	ps := &Problems{}
	d := &decoder{ps: ps}
	root := d.resolve(parse(name, src, ps))
	p := d.policy(root)
	if opt.Date.Known() {
		p.Calendar.Date = opt.Date
	}
	if form := syntaxOnly(ps.List); len(form) > 0 {
		return nil, &Problems{List: form}
	}
	d.own(root, opt)
	if ps.sort(name); ps.HasErrors() {
		return nil, ps
	}
	p.Hash = p.hash()
	return p, ps
}

// syntaxOnly keeps the faults of form: of a file that is no YAML nothing else can be said.
func syntaxOnly(all []Problem) []Problem {
	var out []Problem
	for _, p := range all {
		if p.Code == "E2001" {
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
	p := d.policy(d.resolve(parse("builtin.yaml", builtinSource, ps)))
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

// version is the form of the policy file that this program reads.
const version = "1"

// most periods and months of one period: a plan of ten yearly batches is far beyond any use.
const (
	mostPeriods = 10
	mostMonths  = 60
)

func (d *decoder) policy(root *node) *Policy {
	f := d.table(root, topKeys...)
	if v := d.must(f, root, "version"); v.shape != blank && d.text(v) != version {
		d.ps.add("E2008", v.at, i18n.F("版本 %[1]q 不受支持，只支持 %[2]s", "version %[1]q is not supported, only %[2]s", v.text, version))
	}
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
		if c, ok := d.clause(n, p.Levels); ok {
			p.Clauses = append(p.Clauses, c)
		}
	}
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
		f := d.table(item, "name", "zh", "en", "unit")
		l := LevelSpec{Name: d.id(d.must(f, item, "name")), Unit: d.text(d.must(f, item, "unit")),
			Text: i18n.T(d.text(d.must(f, item, "zh")), d.text(d.must(f, item, "en")))}
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

func isUniqueLast(levels []LevelSpec) bool {
	for _, l := range levels[:len(levels)-1] {
		if l.Name == WeightedLevel {
			return false
		}
	}
	return true
}
