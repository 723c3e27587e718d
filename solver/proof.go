package solver

import (
	"math"
	"slices"
)

// Proof is a lower bound on the only level of a model, as a tree: each inner node divides what is left of the model
// in two, each leaf bounds it by row multipliers or shows by a ray that nothing is left. It is the language of
// docs/certificate.md in floating point. solver/certify rounds all numbers, recomputes every bound in exact arithmetic
// and trusts none of it, so that a proof may be as careless as it likes: it costs strength, never truth.
//
// Begin with [NewProof] and let it grow by Branch, Split and the setters of leaves: it is complete at every moment, since
// a leaf that has no multipliers of its own takes those of the nearest node above. It is for one goroutine.
type Proof struct {
	Shared  [][]float64 // multipliers that leaves may add up
	Ladders []Ladder    // their rows and columns stand behind those of the model
	Cuts    []Cut       // rows implied by those of the model; leaves may weigh them
	Nodes   []ProofNode // Nodes[0] is the root; children stand behind their parent
}

// ProofKind says what a node of a proof is.
type ProofKind uint8

// Kinds of nodes. All but leaves divide what is left in two.
const (
	// KindLeaf bounds what is left, or shows that nothing is.
	KindLeaf ProofKind = iota
	// KindBranch: the integer column Column is at most At in node Low, at least At+1 in node High.
	KindBranch
	// KindSplit: the integer columns Columns are nonnegative. All are zero in node Low; in node High at least one is not, so
	// that their sum is at least 1: a row that the leaves below may weigh.
	KindSplit
	// KindDivide: row Row of the model is a partition, a sum of nonnegative integer columns that is at most 1. Those of Columns
	// are zero in node Low; all others of the row are zero in node High.
	KindDivide
	// KindSum: the sum of integer columns Columns, with integer Coefs (nil: ones), is at most At in node Low, at least At+1 in
	// node High: on both sides a row that the leaves below may weigh.
	KindSum
)

// ProofNode is one node. Columns are ascending; see [ProofKind] for the rest.
//
// Multipliers are indexed by row: first the model's, then one for each cut, then one for each split on whose High side, and each
// sum on either side of which, the node stands, from the root down; what a short slice leaves out is zero. A positive one
// weighs the row's lower side, a negative one its upper side. Slices may be shared between nodes: nobody changes
// them. Inner nodes may hold multipliers for the leaves below that have none.
//
// Of are entries of Shared (ascending), whose sum are the multipliers of a leaf, in the place of Multipliers: where leaves combine a few, each is
// written once.
//
// Limits are rows of the model that the points of a leaf keep as well, not only by their multipliers: sums of binary columns, with integer
// weights of at least zero, with a most, no column in two of them. Its bound then has, in the place of what the columns' bounds allow, the least of a
// 0/1 knapsack for each of these rows, which a checker solves by dynamic programming: multipliers of the other rows are the worths
// of the generalised assignment problem. With Some the leaf stands on the High side of a split, and only points count
// that have one of the columns of the last one. [Proof.Bound] looks at neither, which makes it weaker.
type ProofNode struct {
	Kind      ProofKind
	Column    int
	At        int64
	Columns   []int
	Coefs     []int64
	Row       int
	Low, High int

	Multipliers []float64
	Of          []int
	Ray         bool  // Multipliers exclude any point (Farkas): costs count as zero
	Limits      []int // ascending
	Some        bool
}

// Cut is a row that holds for all points of the model, by mixed-integer rounding (Nemhauser and Wolsey, Mathematical
// Programming 46, 1990) of a weighted sum of rows whose data are integers.
//
// Row Rows[e] has weight Y[e] / Divisor. Of its two sides the lower one counts where Y[e] > 0 and the upper one where it is
// negative, the other way round for rows listed in Other; s_i >= 0 is how far the row's activity lies from that side.
// Columns count as z_j >= 0 from their lower bound at the root up, those listed in Upper from their upper bound down. The
// weighted sum of rows then says, exactly,
//
//	sum of g_j z_j + sum of g_i s_i = h,
//
// and with f = h - floor(h) > 0, f_j = g_j - floor(g_j) the cut, in the form that multipliers of leaves weigh, is
//
//	sum over integer z, s of (floor(g) + min(1, f_j/f)) + sum over others of max(g, 0)/f  >=  ceil(h),
//
// each term times its z or s, and s of a row counting as integer where its coefficients and that side are integers on integer
// columns. Rows count the model's (earlier levels included), then the cuts before this one. A sum that needs an infinite side or
// bound, or whose h is an integer, makes no cut: certify drops it, and what leaves weigh of it.
type Cut struct {
	Rows    []int // ascending
	Y       []int64
	Divisor int64
	Other   []int // ascending, part of Rows
	Upper   []int // columns, ascending
}

// largestDivisor: up to here weights are tried as fractions of small denominators, which make cuts of small integers.
const largestDivisor = 256

// coarseDivisor is taken for all other weights.
const coarseDivisor = 1 << 20

// fractionTol is how near to fractions of one denominator weights must be.
const fractionTol = 1e-9

// Fractions states weights as integers over one divisor: exactly where they are fractions of a small denominator, else
// rounded to 2^-20.
func Fractions(weights []float64) (y []int64, divisor int64) {
	y = make([]int64, len(weights))
	for d := int64(1); d <= largestDivisor; d++ {
		exact := true
		for e, w := range weights {
			v := w * float64(d)
			exact = exact && math.Abs(v-math.Round(v)) <= fractionTol*math.Max(1, math.Abs(v))
			y[e] = int64(math.Round(v))
		}
		if exact {
			return y, d
		}
	}
	for e, w := range weights {
		y[e] = int64(math.Round(w * coarseDivisor))
	}
	return y, coarseDivisor
}

// NewProof is the proof of one leaf with these multipliers (indexed by mip.Row; nil: those of no row).
func NewProof(multipliers []float64) *Proof {
	return &Proof{Nodes: []ProofNode{{Multipliers: multipliers}}}
}

// Branch divides the leaf node on the integer column, and returns the two new leaves.
func (p *Proof) Branch(node, column int, at int64) (low, high int) {
	return p.divide(node, ProofNode{Kind: KindBranch, Column: column, At: at})
}

// Split divides the leaf node by a set of nonnegative integer columns (ascending), and returns the two new leaves.
func (p *Proof) Split(node int, columns []int) (zero, some int) {
	return p.divide(node, ProofNode{Kind: KindSplit, Columns: columns})
}

// Divide divides the leaf node by some of the columns (ascending) of a partition: they are zero in the first of the new leaves,
// the other columns of the row in the second.
func (p *Proof) Divide(node, row int, columns []int) (low, high int) {
	return p.divide(node, ProofNode{Kind: KindDivide, Row: row, Columns: columns})
}

// Sum divides the leaf node by an integer sum: at most at in the first of the new leaves, at least at+1 in the second. Columns
// are ascending; coefs nil are ones.
func (p *Proof) Sum(node int, columns []int, coefs []int64, at int64) (low, high int) {
	return p.divide(node, ProofNode{Kind: KindSum, Columns: columns, Coefs: coefs, At: at})
}

// divide makes an inner node of a leaf; the multipliers that it has stay for those below.
func (p *Proof) divide(node int, n ProofNode) (low, high int) {
	low = len(p.Nodes)
	n.Low, n.High, n.Multipliers = low, low+1, p.Nodes[node].Multipliers
	p.Nodes[node] = n
	p.Nodes = append(p.Nodes, ProofNode{}, ProofNode{})
	return low, low + 1
}

// Plain is the proof where its ladders cannot follow: what the root's multipliers of the first rows say. Without ladders it is p itself.
func (p *Proof) Plain(rows int) *Proof {
	if len(p.Ladders) == 0 {
		return p
	}
	y := p.Nodes[0].Multipliers
	return NewProof(slices.Clone(y[:min(len(y), rows)]))
}

// Expanded is the proof without shared multipliers: each leaf has its sum.
func (p *Proof) Expanded() *Proof {
	if len(p.Shared) == 0 {
		return p
	}
	out := *p
	out.Shared, out.Nodes = nil, slices.Clone(p.Nodes)
	for i := range out.Nodes {
		if n := &out.Nodes[i]; len(n.Of) > 0 {
			n.Multipliers, n.Of = p.Total(n.Of), nil
		}
	}
	return &out
}

// Total adds up shared multipliers; those that are not there count nothing.
func (p *Proof) Total(of []int) (y []float64) {
	for _, k := range of {
		if k < 0 || k >= len(p.Shared) {
			continue
		}
		for i, v := range p.Shared[k] {
			if i == len(y) {
				y = append(y, 0)
			}
			y[i] += v
		}
	}
	return y
}

// Weigh gives a node multipliers of its own.
func (p *Proof) Weigh(node int, multipliers []float64) { p.Nodes[node].Multipliers = multipliers }

// Exclude gives a leaf a ray.
func (p *Proof) Exclude(node int, ray []float64) {
	p.Nodes[node].Multipliers, p.Nodes[node].Ray = ray, true
}

// Warm is what one solve leaves behind for the next one of nearly the same model: the same columns and rows by index,
// with other costs, sides, bounds or coefficients; rows may have been appended. A backend may ignore any part of it and must
// not trust it: it saves time, and changes no answer but among equals.
type Warm struct {
	Multipliers []float64     // of the root, indexed by mip.Row
	Basis       []BasisStatus // of the root's relaxation: columns, then rows; nil where none
	Proof       *Proof        // of the bound, nil none: it may still prove enough
}

// BasisStatus says where a column or row stands in a basis of the simplex method.
type BasisStatus uint8

// Where a column, or the activity of a row, stands.
const (
	AtLower BasisStatus = iota
	AtUpper
	Basic
	Free // neither basic nor at a bound, since it has none
)
