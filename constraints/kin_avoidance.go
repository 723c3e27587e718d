package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// kinAvoidance: kin hold no clashing posts. For each tie and period, one row for every post that the first may hold:
// that post, plus all main posts of the second that clash with it, at most once; and one likewise with his secondment seats.
type kinAvoidance struct{}

func (kinAvoidance) encode(b *builder, c *policy.Clause) {
	b.keepKinApart(c, func(p, q int) bool { return b.clashes(c, p, q) })
}

// keepKinApart writes the rows by which kin hold no two posts that clash.
func (b *builder) keepKinApart(c *policy.Clause, clash func(p, q int) bool) {
	for n, tie := range b.kinTies(c) {
		for t := 1; t <= b.H; t++ {
			if !b.excepted(c, t, b.Cadres[tie[0]].ID, b.Cadres[tie[1]].ID) {
				b.separate(c, n, tie, t, clash)
			}
		}
	}
}

// kinTies lists the pairs of cadres that the clause speaks of, each once.
func (s *scene) kinTies(c *policy.Clause) [][2]int {
	var out [][2]int
	seen := map[[2]int]bool{}
	for _, tie := range s.Ties {
		a, b := s.CadreAt(tie.A), s.CadreAt(tie.B)
		if a == posting.None || b == posting.None || a == b || !slices.Contains(c.List("kin"), string(tie.Kin)) {
			continue
		}
		if pair := [2]int{min(a, b), max(a, b)}; !seen[pair] {
			seen[pair], out = true, append(out, pair)
		}
	}
	return out
}

// clash tells whether two posts of one unit stand under one direct leader or one above the other.
func (s *scene) clash(a, b int) posting.Tri {
	p, q := &s.Posts[a], &s.Posts[b]
	switch {
	case p.Unit != q.Unit:
		return posting.No
	case p.Superior == q.ID || q.Superior == p.ID || p.Superior != "" && p.Superior == q.Superior:
		return posting.Yes
	case !p.Role.Principal() && !q.Role.Principal() && (p.Superior == "" || q.Superior == ""):
		return posting.Blank
	}
	return posting.No
}

// clashes tells whether the clause takes two posts for clashing.
func (s *scene) clashes(c *policy.Clause, a, b int) bool {
	k := s.clash(a, b)
	return k == posting.Yes || k == posting.Blank && c.Forbid
}

// separate writes the rows of one tie in one period; a soft clause pays once for the tie, not once a row.
func (b *builder) separate(c *policy.Clause, n int, tie [2]int, t int, clash func(p, q int) bool) {
	rows := b.clashRows(c, tie, t, clash)
	if len(rows) == 0 {
		return
	}
	subjects := ids(b.Index, tie[0], tie[1])
	var excess []mip.Term
	if !c.Binding() {
		e := b.column(name("kin", c.ID, n, t), 1, c.Shown(), subjects)
		b.charge(c, e, 1)
		excess = []mip.Term{{Col: e, Coef: -1}}
	}
	for i, terms := range rows {
		b.row(c, name("kin", c.ID, n, t, i), subjects, append(terms, excess...), -mip.Inf, 1)
	}
}

func (b *builder) clashRows(c *policy.Clause, tie [2]int, t int, clash func(p, q int) bool) [][]mip.Term {
	var rows [][]mip.Term
	for _, p := range b.reachable(b.enc.columns(tie[0]), t) {
		first := b.covering(b.enc.columns(tie[0]), t, func(sp spell) bool { return sp.post == p })
		for _, columns := range [][]int{b.enc.byCadre[tie[1]], b.enc.seconds[tie[1]]} { // he may hold one of each at once
			second := b.covering(columns, t, func(sp spell) bool { return clash(p, sp.post) && b.forbidsPair(c, tie, p, sp.post, t) })
			if len(second) > 0 {
				rows = append(rows, slices.Concat(first, second))
			}
		}
	}
	return rows
}

// reachable lists the posts of those of some columns that cover t, in official order.
func (b *builder) reachable(columns []int, t int) []int {
	var out []int
	for _, i := range columns {
		if sp := b.enc.spells[i]; sp.covers(t) {
			out = append(out, sp.post)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// forbidsPair tells whether the clause forbids the two to hold these clashing posts in t: no exception or pins say otherwise.
func (b *builder) forbidsPair(c *policy.Clause, tie [2]int, p, q, t int) bool {
	if b.excepted(c, t, b.Posts[p].ID, b.Posts[q].ID, b.Posts[p].Unit) {
		return false
	}
	return c.Modality == policy.Hard || b.pinnedTo(tie[0]) != p || b.pinnedTo(tie[1]) != q
}
