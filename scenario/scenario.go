// Package scenario answers "what if": a [File] names overlays on the data and the policy of an input, and grids of them;
// [File.Cases] lists the runs that follow, a [Sweep] makes them, in parallel and resumable, and [Compare] holds the plans
// against each other, person by person, with the gates that they have to pass.
//
// An overlay changes nothing on disk. On the policy it works as a file works on the book that it includes; on the tables
// as if somebody had edited their cells. So every fault is told with the line and column of the scenario.
package scenario

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

// File is a decoded scenario file. It is read-only after Read.
type File struct {
	Name      i18n.Text
	Base      string     // name of the run without overlay, against which all others are held
	Scenarios []Scenario // in order of the file, the base not among them
	Grids     []Grid
	Gates     []Gate
	Metrics   []Metric // shown first and with these directions; all others follow by name
	Frontiers []Frontier
	Across    Across
	Previous  string // folder of a plan of which as much as possible is kept, "" none
	Before    string // level before which changes to that plan count, "" the default
	Dir       string // folder of the file: paths in it are relative to this
}

// Across is what scenarios are crossed with. An empty list stands for what the command line says.
type Across struct {
	Inputs, Policies []string
	Solvers          []string
	Seeds            []int
	Gaps             []float64
	Repeats          int // of each run, with seeds that follow each other; at least 1
}

// Scenario is a named overlay.
type Scenario struct {
	Name string
	Note i18n.Text
	Overlay
	Where string
	near  []int // positions among all scenarios of the file, the nearest first: it is begun from what these come to
}

// Overlay is a set of changes: first those of the policy, then those of the tables, each in order.
type Overlay struct {
	Policy []policy.Tree
	Edits  []Edit
}

// then is the overlay with another laid over it.
func (o Overlay) then(p Overlay) Overlay {
	return Overlay{append(append([]policy.Tree{}, o.Policy...), p.Policy...), append(append([]Edit{}, o.Edits...), p.Edits...)}
}

// Edit is an edit of the tables. Closes names a post whose holders have to move, which only the data tell.
type Edit struct {
	workbook.Edit
	Closes string
}

// Grid is a family of scenarios: every combination of the values of its dimensions, over one fixed part.
type Grid struct {
	Name  string
	Note  i18n.Text
	Fixed Overlay
	Vary  []Dimension
	Where string
}

// Dimension is a list of overlays of which a combination takes one.
type Dimension struct {
	Name   string // R12.share
	Values []Choice
}

// Choice is one value of a dimension.
type Choice struct {
	Name string // 30%
	Overlay
}

// Frontier asks for the exact trade-off between goals.
type Frontier struct {
	Name   string
	Goals  []string // names of levels or ids of clauses, two or three
	Most   int      // points at most, 0 no limit
	Where  string
	Places []string // of the goals
}
