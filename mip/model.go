// Package mip holds the neutral model that encoders write and solvers read: columns, rows, and ordered
// objective levels of a mixed-integer linear program, always minimised. It knows nothing of cadres or posts.
//
// The main type is [Model]; build one with [Model.AddColumn], [Model.AddRow] and [Model.AddLevel], and check it
// with [Model.Check]. Models of policies hold integers only; they are stored as float64, which is exact up to
// 2^53. The package imports the standard library only.
package mip

import "math"

// Inf is the bound that is none.
var Inf = math.Inf(1)

// Col indexes Model.Columns, Row indexes Model.Rows.
type (
	Col int
	Row int
)

// Column is a variable with its bounds. An unbounded side is -Inf or +Inf.
type Column struct {
	Name         string
	Lower, Upper float64
	Integer      bool
	Stamp        Stamp
}

// Term is one coefficient of a row or of a level.
type Term struct {
	Col  Col
	Coef float64
}

// Constraint is a row: Lower <= sum of Terms <= Upper. Equal sides make an equation, an infinite side none.
// A column occurs at most once among the terms.
type Constraint struct {
	Name         string
	Lower, Upper float64
	Terms        []Term
	Stamp        Stamp
}

// Stamp says in whose name a row or column stands, so that a conflict, a price or a violated row can be told in
// the words of the policy. Clause is a clause id; Subjects are ids of people, posts, units or places.
type Stamp struct {
	Clause   string
	Subjects []string
}

// Level is one objective of an ordered list: minimise Constant + sum of Terms. The value that people read is the
// objective divided by Scale, in Unit. Negated marks an objective that its source maximises: Terms and Constant are
// the source's, negated, and so is the value to report.
type Level struct {
	Name, Unit string
	Scale      int64
	Terms      []Term
	Constant   float64
	Negated    bool
}

// Block names a set of rows and columns that an encoder states in convex-hull form (couples), so that an engine
// that prices blocks in closed form need not search for it.
type Block struct {
	Name    string
	Columns []Col
	Rows    []Row
}

// Model is a mixed-integer program with ordered objectives. Levels[0] comes first: a later level is minimised only
// among the plans that keep the earlier ones. Backends take models with at most one level; solver/lexico takes any.
// A Model may be read by many goroutines; only its builder changes it.
type Model struct {
	Name string
	// Choices is how many columns, the first ones, are what is chosen: the others only count what the choices make, and rows give
	// each its least or its most. 0: not known. Files do not have it.
	Choices int
	Columns []Column
	Rows    []Constraint
	Levels  []Level
	Blocks  []Block
	Rounded Rounding // of the file that the model was read from
}

// AddColumn appends a column and returns its index.
func (m *Model) AddColumn(c Column) Col {
	m.Columns = append(m.Columns, c)
	return Col(len(m.Columns) - 1)
}

// AddRow appends a row and returns its index. The terms are kept, not copied.
func (m *Model) AddRow(r Constraint) Row {
	m.Rows = append(m.Rows, r)
	return Row(len(m.Rows) - 1)
}

// AddLevel appends an objective level and returns its index.
func (m *Model) AddLevel(l Level) int {
	m.Levels = append(m.Levels, l)
	return len(m.Levels) - 1
}

// Value is the level's objective at x (indexed by Col), before division by Scale.
func (l *Level) Value(x []float64) float64 { return l.Constant + Dot(l.Terms, x) }

// Dot is the sum of the terms at x.
func Dot(terms []Term, x []float64) float64 {
	s := 0.0
	for _, t := range terms {
		s += t.Coef * x[t.Col]
	}
	return s
}

// WithLevel returns a model that shares columns, rows and blocks with m and has level k as its only objective.
// Rows may be appended to the copy without changing m.
func (m *Model) WithLevel(k int) *Model {
	c := *m
	c.Columns = m.Columns[:len(m.Columns):len(m.Columns)]
	c.Rows = m.Rows[:len(m.Rows):len(m.Rows)]
	c.Levels = m.Levels[k : k+1 : k+1]
	return &c
}
