// Package policy is the rule book as data: a [Policy] is an ordered list of clauses, each of one rule kind, for whom,
// how strictly, with which numbers and on what authority. The kinds are stated in spec/<kind>.md; their front matter is
// the schema by which clauses are checked. The entry is [Read].
//
// The package may import posting and internal/i18n, and judges nothing.
package policy

import (
	"fmt"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Modality is how strictly a clause holds.
type Modality string

const (
	Hard     Modality = "hard"     // 必须、不得: never broken
	Waivable Modality = "waivable" // 应当: hard unless an exception or a pin is recorded
	Level    Modality = "level"    // 一般: broken as little as possible, before all later levels
	Weighted Modality = "weighted" // 有计划地、注重: weighed inside the last level
	Report   Modality = "report"   // measured only
)

// Word is the word of the Chinese drafting ladder.
func (m Modality) Word() string {
	return map[Modality]string{Hard: "必须", Waivable: "应当", Level: "一般", Weighted: "有计划地", Report: "统计"}[m]
}

// Regime is what kind of year the batch falls in.
type Regime string

const (
	Ordinary  Regime = "ordinary"
	Election  Regime = "election"  // 换届
	Stability Regime = "stability" // 换届后稳定期
)

// WeightScale is the number of units of the level `weighted` in one point, and the precision of weights.
const WeightScale = 1000

// WeightedLevel is the name of the level that collects every weighted clause.
const WeightedLevel = "weighted"

// Hold is the one id under which holds and deferrals of every kind are printed.
const Hold = "HOLD"

// Policy is a decoded rule book. It is read-only after Read.
type Policy struct {
	Name      i18n.Text
	Authority string // 管理权限 under which the plan is made
	Calendar  posting.Calendar
	Regime    Regime
	Levels    []LevelSpec // in order, the most important first; WeightedLevel last
	Clauses   []Clause    // in order of the file, an included file's first
	Hash      string      // sha256 of the decoded content
	file      string      // the named file, as places of its own begin
}

// LevelSpec is one goal of the ordered list.
type LevelSpec struct {
	Name string
	Text i18n.Text
	Unit string
	Tolerance
	Cap
}

// Cap is the most that a level may come to, in units of 1/Scale; nothing where Capped is false.
type Cap struct {
	Capped bool
	Most   int64
}

// Scale is the number of units of a level in one of those that people count in.
func (l *LevelSpec) Scale() int64 {
	if l.Name == WeightedLevel {
		return WeightScale
	}
	return 1
}

// Tolerance says when a level counts as solved: within a share of its value, or within so many of its units. Where neither is
// stated (Own is false), the gap of the run holds.
type Tolerance struct {
	Own    bool
	Gap    Ratio // relative; Num 0 where not stated
	Within int   // in units
}

// Clause is one rule of the book.
type Clause struct {
	ID       string
	Kind     string
	Name     i18n.Text
	Modality Modality
	Level    string // for Modality Level and for duties: the level that counts the breach
	Weight   int64  // for Modality Weighted: in 1/WeightScale points per unit of breach
	For, To  Selector
	Params   map[string]any // by the kind's schema: int, Ratio, bool, string, []string, []Row
	Forbid   bool           // unknown: forbid
	Citation Citation
	From     posting.Month // first and last month in which the clause is in force; not known: open
	Until    posting.Month
	Off      bool
	Of       string // id of the clause of whose thresholds this is a row, "" none
	Where    string // file:line:column of the clause or row
}

// Citation is the source of a clause and the levels for which it may be cited; an empty list sets no limit.
type Citation struct {
	Text   i18n.Text
	Covers []posting.Level
}

// Ratio is an exact share. Den is positive.
type Ratio struct{ Num, Den int64 }

// Row is one row of a table parameter, by column name; a blank cell is "".
type Row map[string]string

// Shown is the id under which the clause may be printed: Hold for every kind of hold, else ID.
func (c *Clause) Shown() string {
	if s, ok := Kinds()[c.Kind]; ok && s.Hold {
		return Hold
	}
	return c.ID
}

// Active tells whether the clause is in force on the plan date and binds or is counted.
func (c *Clause) Active(date posting.Month) bool {
	return !c.Off && c.Modality != Report && c.InForce(date)
}

// InForce tells whether the date lies in the clause's dates.
func (c *Clause) InForce(date posting.Month) bool {
	return (!c.From.Known() || date >= c.From) && (!c.Until.Known() || date <= c.Until)
}

// Binding tells whether a breach is forbidden: hard, or waivable.
func (c *Clause) Binding() bool { return c.Modality == Hard || c.Modality == Waivable }

// Names tells whether an exception recorded for `id` speaks of this clause: its id, or a part of it before a dot.
func (c *Clause) Names(id string) bool {
	return id == c.ID || id != "" && strings.HasPrefix(c.ID, id+".")
}

// Rule is the part of the id before the first dot, which the clauses of one rule share.
func (c *Clause) Rule() string {
	stem, _, _ := strings.Cut(c.ID, ".")
	return stem
}

// The parameter readers return the declared type, and the zero value for an optional parameter that was not given.
// They panic where the kind's schema declares no such parameter: a fault of the program, never of the policy.

// Int reads a parameter of type int.
func (c *Clause) Int(name string) int { return param[int](c, name) }

// Months reads a parameter of type years, in months.
func (c *Clause) Months(name string) int { return param[int](c, name) }

// Ratio reads a parameter of type ratio.
func (c *Clause) Ratio(name string) Ratio { return param[Ratio](c, name) }

// Flag reads a parameter of type flag.
func (c *Clause) Flag(name string) bool { return param[bool](c, name) }

// Text reads a parameter of type enum.
func (c *Clause) Text(name string) string { return param[string](c, name) }

// List reads a parameter of type list.
func (c *Clause) List(name string) []string { return param[[]string](c, name) }

// Table reads a parameter of type table.
func (c *Clause) Table(name string) []Row { return param[[]Row](c, name) }

// Has tells whether the parameter was given.
func (c *Clause) Has(name string) bool { _, ok := c.Params[name]; return ok }

func param[T any](c *Clause, name string) T {
	given, known := c.Params[name] // parameters are read for every pair: the declaration is looked up only where none is given
	if !known {
		if _, ok := Kinds()[c.Kind].Parameters[name]; !ok {
			panic(fmt.Sprintf("kind %s declares no parameter %q", c.Kind, name))
		}
	}
	v, _ := given.(T)
	return v
}

// ActiveOf lists the active clauses of a kind, in order.
func (p *Policy) ActiveOf(kind string) []*Clause {
	var out []*Clause
	for i := range p.Clauses {
		if c := &p.Clauses[i]; c.Kind == kind && c.Active(p.Calendar.Date) {
			out = append(out, c)
		}
	}
	return out
}
