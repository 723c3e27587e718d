package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
)

// moveGround: nobody moves without a ground of his own or one at the end of his chain. A link (a move that is not grounded)
// needs its predecessor to move; a depth column for every cadre with links rises by at least one along each link, so that
// no cycle of links closes and no chain is longer than max_chain. Rows: one for each pair of cadres joined by a link.
type moveGround struct{}

func (moveGround) encode(b *builder, c *policy.Clause) {
	links := b.links()
	depth := map[int]mip.Col{}
	for i := range b.Cadres {
		if len(links[i]) > 0 {
			depth[i] = b.m.AddColumn(mip.Column{Name: name("depth", b.Cadres[i].ID), Upper: float64(c.Int("max_chain")),
				Stamp: mip.Stamp{Clause: c.Shown(), Subjects: ids(b.Index, i)}})
		}
	}
	for i := range b.Cadres {
		if len(links[i]) > 0 {
			b.chain(c, i, links[i], depth)
		}
	}
	b.openSeatsOnly(c)
	b.mostMoves(c)
}

// openSeatsOnly forbids secondments to seats that are not open, but for those that are decided: a secondment has no chain.
func (b *builder) openSeatsOnly(c *policy.Clause) {
	for i := range b.Cadres {
		for _, col := range b.enc.seconds[i] {
			if sp := b.enc.spells[col]; !b.opens(sp.post, sp.from) && b.pinnedTo(i) != sp.post {
				b.forbid(c, "taken", col)
			}
		}
	}
}

// forbid is the row by which the clause keeps a spell out that has a column.
func (b *builder) forbid(c *policy.Clause, what string, col int) {
	sp := b.enc.spells[col]
	id, post := b.Cadres[sp.cadre].ID, b.Posts[sp.post].ID
	b.row(c, name(what, c.ID, id, post, sp.from), []string{id, post}, []mip.Term{{Col: mip.Col(col), Coef: 1}}, -mip.Inf, 0)
}

// links lists, by cadre, the spells that are links.
func (b *builder) links() [][]int {
	out := make([][]int, len(b.Cadres))
	for i, sp := range b.enc.spells {
		if b.isMove(sp) && !b.hasOwnGround(sp.cadre, sp.from) && !b.opens(sp.post, sp.from) {
			out[sp.cadre] = append(out[sp.cadre], i)
		}
	}
	return out
}

func (b *builder) chain(c *policy.Clause, i int, links []int, depth map[int]mip.Col) {
	byPredecessor := map[int][]mip.Term{}
	var order []int
	all := []mip.Term{{Col: depth[i], Coef: -1}}
	for _, col := range links {
		sp := b.enc.spells[col]
		h := b.predecessor(sp.post, sp.from)
		if h == i { // he holds the post beside his own: a chain that closes on itself
			b.row(c, name("self", b.Cadres[i].ID, b.Posts[sp.post].ID, sp.from), ids(b.Index, i), []mip.Term{{Col: mip.Col(col), Coef: 1}}, -mip.Inf, 0)
			continue
		}
		b.predecessorMoves(c, col, sp)
		if byPredecessor[h] == nil {
			order = append(order, h)
		}
		byPredecessor[h] = append(byPredecessor[h], mip.Term{Col: mip.Col(col), Coef: 1})
		all = append(all, mip.Term{Col: mip.Col(col), Coef: 1})
	}
	b.row(c, name("link", b.Cadres[i].ID), ids(b.Index, i), all, -mip.Inf, 0)
	slices.Sort(order)
	for _, h := range order {
		if d, ok := depth[h]; ok {
			b.deeper(c, i, h, depth[i], d, byPredecessor[h])
		}
	}
}

// deeper: depth(i) >= depth(h) + 1 where i takes the seat of h.
func (b *builder) deeper(c *policy.Clause, i, h int, di, dh mip.Col, links []mip.Term) {
	m := int64(c.Int("max_chain")) + 1
	terms := append([]mip.Term{{Col: di, Coef: 1}, {Col: dh, Coef: -1}}, scaled(links, -m)...)
	b.row(c, name("chain", b.Cadres[i].ID, b.Cadres[h].ID), ids(b.Index, i, h), terms, float64(1-m), mip.Inf)
}

// predecessorMoves: a link needs its predecessor gone. Where the post has one holder the seat row says so already.
func (b *builder) predecessorMoves(c *policy.Clause, col int, sp spell) {
	if len(b.Holders(sp.post)) == 1 && len(b.pol.ActiveOf("headcount")) > 0 {
		return
	}
	h := b.predecessor(sp.post, sp.from)
	terms := append([]mip.Term{{Col: mip.Col(col), Coef: 1}}, b.staying(h, sp.from)...)
	b.row(c, name("after", b.Cadres[sp.cadre].ID, b.Posts[sp.post].ID, sp.from), ids(b.Index, sp.cadre, h), terms, -mip.Inf, 1)
}

func (b *builder) mostMoves(c *policy.Clause) {
	if !c.Has("max_moves") {
		return
	}
	for t := 1; t <= b.H; t++ {
		var terms []mip.Term
		for i := range b.Cadres {
			if !b.arrival(i) {
				terms = append(terms, b.moving(i, t, anywhere)...)
			}
		}
		b.atMost(c, name("moves", c.ID, t), nil, terms, int64(c.Int("max_moves")))
	}
}
