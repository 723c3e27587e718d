// Package certify proves, and checks the proofs of, lower bounds on the ordered levels of a [mip.Model] in exact
// arithmetic. [Build] grows a proof with the help of a [solver.Relaxer], whose floating-point numbers it uses but does
// not trust; [Verify] needs no solver. docs/certificate.md states the format.
//
// It may import solver, mip, internal/i18n and the standard library only.
package certify

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"

	"cadre/internal/i18n"
)

// Version of the format. Version 1 lacked divisions, sums, empty leaves, cuts, refutations and tolerances of single levels, version 2
// leaves with limits, version 3 ladders, version 4 multipliers over any denominator and points within a tolerance; all are read, and Build writes the first one that has what it needs.
const (
	Version = 5
	climbed = 4 // with powers of two as denominators and exact points only
	limited = 3 // without ladders
	plain   = 2 // without limits
)

// MaxBytes is how long a certificate may be, written as JSON.
const MaxBytes = 64 << 20

// Certificate holds one proof per level of a model, in order. Model and Plan are hashes of what it belongs to, Gap is
// the relative gap that was asked for; they are the caller's to fill in and to compare. Digest is a hash of all other
// contents: it tells a damaged certificate from one that never proved what it states.
type Certificate struct {
	Version int     `json:"version"`
	Model   string  `json:"model_sha256"`
	Plan    string  `json:"plan_sha256"`
	Gap     float64 `json:"gap"`
	// Within is how far the solution may be off in a row: not at all (0, as in every plan), or mip.FeasTol (see Near).
	Within float64 `json:"within,omitempty"`
	Levels []Proof `json:"levels"`
	// Infeasible, where not nil, proves that the model has no feasible point. There are no levels then.
	Infeasible *Refutation `json:"infeasible,omitempty"`
	Digest     string      `json:"digest"`
}

// Refutation is a tree as those of Proof, whose leaves are all rays.
type Refutation struct {
	Ladders []Ladder `json:"ladders,omitempty"`
	Cuts    []Cut    `json:"cuts,omitempty"`
	Shared  []Shared `json:"shared,omitempty"`
	Nodes   []Node   `json:"nodes"`
}

// Proof says that level Name is nowhere below Bound where no earlier level exceeds its Value; both are exact, in the
// integers of the model, constants included. Nodes is a tree: Nodes[0] is the root, children stand behind their
// parent.
type Proof struct {
	Name      string     `json:"name"`
	Value     Number     `json:"value"`
	Bound     Number     `json:"bound"`
	Tolerance *Tolerance `json:"tolerance,omitempty"`
	Ladders   []Ladder   `json:"ladders,omitempty"`
	Cuts      []Cut      `json:"cuts,omitempty"`
	Shared    []Shared   `json:"shared,omitempty"`
	Nodes     []Node     `json:"nodes"`
}

// Shared are multipliers that leaves of the same shift may add up: Y[i] / 2^Shift is that of row Rows[i].
type Shared struct {
	Shift int   `json:"shift"`
	Rows  []int `json:"rows"`
	Y     Ints  `json:"y"`
}

// Ladder restates a column by steps, as solver.Ladder: columns and rows behind those of the model and of earlier levels. Or it names the steps
// of a ladder that the model has.
type Ladder struct {
	Given      []int   `json:"given,omitempty"`
	Column     int     `json:"column"`
	At         []int64 `json:"at"`
	Partitions []int   `json:"partitions"`
	Nested     bool    `json:"nested,omitempty"`
}

// Cut is a row implied by others, as solver.Cut; multipliers of leaves weigh it in integers, see docs/certificate.md.
type Cut struct {
	Rows    []int `json:"rows"`
	Y       Ints  `json:"y"`
	Divisor int64 `json:"divisor"`
	Other   []int `json:"other,omitempty"`
	Upper   []int `json:"upper,omitempty"`
}

// Tolerance is what was asked for on one level, where that is not Certificate.Gap; the caller's to fill in and to compare.
type Tolerance struct {
	Gap    float64 `json:"gap"`
	AbsGap float64 `json:"abs_gap"`
}

// Asked is the tolerance of level k.
func (c *Certificate) Asked(k int) Tolerance {
	if t := c.Levels[k].Tolerance; t != nil {
		return *t
	}
	return Tolerance{Gap: c.Gap}
}

// Node is exactly one of the five.
type Node struct {
	Branch *Branch `json:"branch,omitempty"`
	Split  *Split  `json:"split,omitempty"`
	Divide *Divide `json:"divide,omitempty"`
	Sum    *Sum    `json:"sum,omitempty"`
	Leaf   *Leaf   `json:"leaf,omitempty"`
}

// Branch divides the values of an integer column: at most At in node Low, at least At+1 in node High.
type Branch struct {
	Column int   `json:"column"`
	At     int64 `json:"at"`
	Low    int   `json:"low"`
	High   int   `json:"high"`
}

// Split divides by a set of nonnegative integer columns: all are zero in node Zero; in node Some at least one is not,
// so that their sum is at least 1: a row that leaves below may weigh.
type Split struct {
	Columns []int `json:"columns"`
	Zero    int   `json:"zero"`
	Some    int   `json:"some"`
}

// Divide divides by some of the columns of a partition, a row of the model that takes at most one of its nonnegative integer
// columns: Columns are zero in node Zero, the other columns of the row in node Other.
type Divide struct {
	Row     int   `json:"row"`
	Columns []int `json:"columns"`
	Zero    int   `json:"zero"`
	Other   int   `json:"other"`
}

// Sum divides by a sum of integer columns with integer coefficients: at most At in node Low, at least At+1 in node High. Each is
// a row that leaves below may weigh. Without Coefs all are one.
type Sum struct {
	Columns []int `json:"columns"`
	Coefs   Ints  `json:"coefs,omitempty"`
	At      int64 `json:"at"`
	Low     int   `json:"low"`
	High    int   `json:"high"`
}

// Leaf bounds what is left of the model at its place: Y[i] / 2^Shift is the multiplier of row Rows[i], all others are
// zero. Rows count the model's rows first, then one row for each earlier level ("at most its value"), then those of ladders, then the cuts, then one for each
// split on whose Some side the leaf stands and each sum above it, from the root down. Bound is what the multipliers give, exactly, not
// rounded up. With Ray the costs count as zero, and a positive bound proves that nothing is left. A ray that is Empty weighs no
// row and has bound zero: some column's bounds cross.
//
// Of are entries of the proof's Shared (ascending), which are added to the multipliers.
//
// With Over the multiplier of row Rows[i] is Exact[i] / Over, all integers of any size, in the place of Shift and Y: columns without bounds
// ask for multipliers that no power of two divides.
//
// Limits are rows of the model that the columns keep as well: a knapsack for each (see knapsack.go). With Some, at least one of the
// columns of the last split above the leaf is one.
type Leaf struct {
	Shift  int      `json:"shift"`
	Rows   []int    `json:"rows"`
	Y      Ints     `json:"y"`
	Over   *Number  `json:"over,omitempty"`
	Exact  []Number `json:"exact,omitempty"`
	Of     []int    `json:"of,omitempty"`
	Limits []int    `json:"limits,omitempty"`
	Some   bool     `json:"some,omitempty"`
	Ray    bool     `json:"ray,omitempty"`
	Empty  bool     `json:"empty,omitempty"`
	Bound  Number   `json:"bound"`

	none bool // while a tree grows: no finite bound
}

// sign is that of the e-th multiplier.
func (l *Leaf) sign(e int) int {
	if l.Over != nil {
		return l.Exact[e].Sign()
	}
	return cmp.Compare(l.Y[e], 0)
}

// weight is the e-th multiplier times denominator.
func (l *Leaf) weight(e int) *big.Int {
	if l.Over != nil {
		return l.Exact[e].Num()
	}
	return big.NewInt(l.Y[e])
}

// denominator is what the integers of the multipliers are divided by.
func (l *Leaf) denominator() *big.Int {
	if l.Over != nil {
		return l.Over.Num()
	}
	return new(big.Int).Lsh(big.NewInt(1), uint(l.Shift))
}

// check says what is wrong with multipliers over a denominator of their own, nil where nothing is or there are none.
func (l *Leaf) check() error {
	switch {
	case l.Over == nil && len(l.Exact) == 0:
		return nil
	case l.Over == nil || !l.Over.IsInt() || l.Over.Sign() <= 0:
		return i18n.E("over 不是正整数", "what exact multipliers are over is no positive integer")
	case len(l.Exact) != len(l.Rows) || slices.ContainsFunc(l.Exact, func(y Number) bool { return !y.IsInt() }):
		return i18n.E("exact 应为每个约束一个整数", "it has not one integer for each row")
	case len(l.Y)+len(l.Of)+len(l.Limits)+l.Shift != 0:
		return i18n.E("exact 须单独使用：不与 y、shift、of、limits 同用", "exact multipliers stand alone: no y, shift, of or limits")
	}
	return nil
}

// Seal sets the digest.
func (c *Certificate) Seal() { c.Digest = c.sum() }

// sum hashes the contents: equal contents, however they were formatted, give equal sums.
func (c *Certificate) sum() string {
	bare := *c
	bare.Digest = ""
	if bare.Levels == nil {
		bare.Levels = []Proof{} // as a reader gets it
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(&bare); err != nil {
		return "" // numbers and names can always be written
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Write writes the certificate as JSON, one node a line.
func (c *Certificate) Write(w io.Writer) error {
	e := errWriter{w: w}
	e.print(`{"version":%d,"model_sha256":%s,"plan_sha256":%s,"gap":%s,`, c.Version, quote(c.Model), quote(c.Plan), quote(c.Gap))
	if c.Within != 0 {
		e.print(`"within":%s,`, quote(c.Within))
	}
	e.print(`"levels":[`)
	for k := range c.Levels {
		p := &c.Levels[k]
		e.print("%s\n"+`{"name":%s,"value":%s,"bound":%s,`, comma(k), quote(p.Name), quote(p.Value), quote(p.Bound))
		if p.Tolerance != nil {
			e.print(`"tolerance":%s,`, quote(p.Tolerance))
		}
		e.tree(p.Ladders, p.Cuts, p.Shared, p.Nodes)
		e.print("}")
	}
	e.print("\n],")
	if c.Infeasible != nil {
		e.print("\n" + `"infeasible":{`)
		e.tree(c.Infeasible.Ladders, c.Infeasible.Cuts, c.Infeasible.Shared, c.Infeasible.Nodes)
		e.print("},\n")
	}
	e.print(`"digest":%s}`+"\n", quote(c.Digest))
	return e.err
}

// tree writes ladders, cuts, shared multipliers and nodes, one a line.
func (e *errWriter) tree(ladders []Ladder, cuts []Cut, shared []Shared, nodes []Node) {
	if len(ladders) > 0 {
		lines(e, "ladders", ladders)
		e.print(",\n")
	}
	if len(cuts) > 0 {
		lines(e, "cuts", cuts)
		e.print(",\n")
	}
	if len(shared) > 0 {
		lines(e, "shared", shared)
		e.print(",\n")
	}
	lines(e, "nodes", nodes)
}

func lines[T any](e *errWriter, key string, list []T) {
	e.print("%s:[", quote(key))
	for i := range list {
		e.print("%s\n%s", comma(i), quote(&list[i]))
	}
	e.print("]")
}

// errWriter keeps the first error.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) print(format string, args ...any) {
	if e.err == nil {
		_, e.err = fmt.Fprintf(e.w, format, args...)
	}
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// quote is v as JSON; the types of a certificate can always be written.
func quote(v any) []byte {
	b, _ := json.Marshal(v)
	return b
}

// ErrNewer is the error of a certificate of a later version.
var ErrNewer = i18n.E("证书比这个 cadre 新", "the certificate is newer than this cadre")

// Read reads a certificate. The error says why it is none; it is ErrNewer where only a later cadre can tell.
func Read(r io.Reader) (*Certificate, error) {
	text, err := io.ReadAll(io.LimitReader(r, 2*MaxBytes+1)) // twice: it may have been formatted otherwise
	if err != nil {
		return nil, err
	}
	if len(text) > 2*MaxBytes {
		return nil, i18n.E("证书超过 %d MiB", "the certificate is longer than %d MiB", 2*MaxBytes>>20)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	c := &Certificate{}
	err = d.Decode(c)
	switch {
	case c.Version > Version: // whatever else in it is new
		return nil, i18n.E("%s：版本为 %d，应不超过 %d", "%s: it has version %d, expected one up to %d", ErrNewer, c.Version, Version)
	case err != nil:
		return nil, i18n.E("证书不能读取：%s", "the certificate cannot be read: %s", err)
	case c.Version < 1:
		return nil, i18n.E("证书的版本为 %d，应为 1 到 %d", "the certificate has version %d, expected one from 1 to %d", c.Version, Version)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, i18n.E("证书不能读取：结尾之后还有内容", "the certificate cannot be read: something follows its end")
	}
	return c, nil
}

// exact says whether a node is a leaf over a denominator of its own.
func (n Node) exact() bool { return n.Leaf != nil && n.Leaf.Over != nil }
