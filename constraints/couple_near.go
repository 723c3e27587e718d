package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// coupleNear: couples serve near each other. Stated as the convex hull of each couple's pairs of states: a flow column
// for every pair that costs nothing, whose sums are bounded by the states of either spouse, and a column `apart` that
// takes what is left. Columns: the near pairs of states; rows: the states of both, plus one.
type coupleNear struct{}

func (coupleNear) encode(b *builder, c *policy.Clause) {
	couples := &policy.Clause{Kind: "kin_avoidance", Params: map[string]any{"kin": []string{string(posting.Spouse)}}}
	for n, tie := range b.kinTies(couples) {
		for t := 1; t <= min(b.H, b.Last(tie[0]), b.Last(tie[1])); t++ {
			if !b.excepted(c, t, b.Cadres[tie[0]].ID, b.Cadres[tie[1]].ID) {
				b.couple(c, n, tie, t)
			}
		}
	}
}

// state is where one spouse is in t: still on the seat, on a new post at a place, or (arrivals) without a post.
type state struct {
	kind  string // seat, moved, pinned, none
	place int
	terms []mip.Term
}

func (b *builder) couple(c *policy.Clause, n int, tie [2]int, t int) {
	first, second := b.states(tie[0], t), b.states(tie[1], t)
	subjects := ids(b.Index, tie[0], tie[1])
	apart := mip.Term{Col: b.column(name("apart", c.ID, n, t), 1, c.Shown(), subjects), Coef: 1}
	left, right := make([][]mip.Term, len(first)), make([][]mip.Term, len(second))
	all := []mip.Term{apart}
	block := mip.Block{Name: name("couple", n, t), Columns: []mip.Col{apart.Col}}
	for i := range first {
		for j := range second {
			if b.apart(c, &first[i], &second[j]) {
				continue
			}
			flow := mip.Term{Col: b.m.AddColumn(mip.Column{Name: name("near", c.ID, n, t, i, j), Upper: 1,
				Stamp: mip.Stamp{Clause: c.Shown(), Subjects: subjects}}), Coef: 1}
			left[i], right[j], all = append(left[i], flow), append(right[j], flow), append(all, flow)
			block.Columns = append(block.Columns, flow.Col)
		}
	}
	block.Rows = append(block.Rows, b.row(c, name("couple", c.ID, n, t), subjects, all, 1, mip.Inf))
	block.Rows = append(block.Rows, b.marginals(c, name("couple", c.ID, n, t, "a"), subjects, first, left)...)
	block.Rows = append(block.Rows, b.marginals(c, name("couple", c.ID, n, t, "b"), subjects, second, right)...)
	b.m.Blocks = append(b.m.Blocks, block)
	b.charge(c, apart.Col, 1)
}

// marginals: the flow through a state is at most the state. The state `none` is what the others leave over.
func (b *builder) marginals(c *policy.Clause, label string, subjects []string, states []state, flows [][]mip.Term) []mip.Row {
	var rows []mip.Row
	for i, f := range flows {
		if len(f) == 0 {
			continue
		}
		terms, limit := f, 0.0
		if states[i].kind == "none" {
			limit = 1
			for k := range states {
				terms = append(terms, states[k].terms...)
			}
		} else {
			terms = append(terms, scaled(states[i].terms, -1)...)
		}
		rows = append(rows, b.row(c, name(label, i), subjects, terms, -mip.Inf, limit))
	}
	return rows
}

// states lists where cadre i can be in t, by place in official order.
func (b *builder) states(i, t int) []state {
	var out []state
	if stays := b.staying(i, t); len(stays) > 0 {
		out = append(out, state{"seat", b.PlaceOf(b.Seat(i)), stays})
	}
	pin := posting.None
	if b.Cadres[i].Disposition == posting.Fixed {
		pin = b.pinnedTo(i)
	}
	for _, z := range b.reachablePlaces(i, t) {
		for _, kind := range []string{"moved", "pinned"} {
			terms := b.hold(i, t, func(sp spell) bool {
				return !b.isStay(sp) && b.PlaceOf(sp.post) == z && (sp.post == pin) == (kind == "pinned")
			})
			if len(terms) > 0 {
				out = append(out, state{kind, z, terms})
			}
		}
	}
	if b.arrival(i) {
		out = append(out, state{kind: "none", place: posting.None})
	}
	return out
}

// reachablePlaces lists the places of the posts that cadre i may hold in t, in official order; None first, where one has no place.
func (b *builder) reachablePlaces(i, t int) []int {
	var out []int
	for _, p := range b.reachable(b.enc.byCadre[i], t) {
		out = append(out, b.PlaceOf(p))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// apart tells whether a pair of states is a breach that counts: somebody moved, the places are not known to be near, and
// not everyone who moved was pinned there.
func (b *builder) apart(c *policy.Clause, p, q *state) bool {
	if p.kind == "none" || q.kind == "none" || p.kind != "moved" && q.kind != "moved" {
		return false
	}
	minutes, known := b.Minutes(p.place, q.place)
	return !known || minutes > c.Int("minutes")
}
