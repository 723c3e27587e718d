package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// yearlyShare: at least a share of those eligible moves each year. One row for each period, or for each unit and period.
type yearlyShare struct{}

func (yearlyShare) encode(b *builder, c *policy.Clause) {
	for t := 1; t <= b.H; t++ {
		for _, g := range b.shareGroups(c, t) {
			if c.Modality == policy.Waivable && g.unit != "" && b.excepted(c, t, g.unit) {
				continue
			}
			if t == 1 {
				b.atLeast(c, name("share", c.ID, g.unit, t), subjectsOf(g.unit), b.countedMoves(c, g.members, t), g.asked(c)-g.earlier)
			} else {
				b.laterShare(c, g, t)
			}
		}
	}
}

// laterShare is the share of a later period, which is taken of the members who have not moved before it. With n such members, k who
// move and are short, and a share of num/den, k >= ceil(num n / den) is den k >= num n; rounding down asks for den - 1 less, to the nearest
// whole number (twice the row) for den - 1 less.
func (b *builder) laterShare(c *policy.Clause, g *shareGroup, t int) {
	r, n := c.Ratio("share"), int64(len(g.members))
	num, den, less := r.Num, r.Den, int64(0)
	switch c.Text("rounding") {
	case "down":
		less = den - 1
	case "nearest":
		num, den, less = 2*num, 2*den, den-1
	}
	if num*n-less <= 0 {
		return // asks for nothing, whoever moves
	}
	terms := scaled(b.countedMoves(c, g.members, t), den)
	for _, i := range g.members {
		for s := 1; s < t; s++ {
			terms = append(terms, scaled(b.moving(i, s, anywhere), num)...)
		}
	}
	terms = merge(terms)
	if !c.Binding() {
		e := b.column("short."+name("share", c.ID, g.unit, t), float64(g.asked(c)), c.Shown(), subjectsOf(g.unit))
		b.charge(c, e, 1)
		terms = append(terms, mip.Term{Col: e, Coef: float64(den)})
	}
	b.row(c, name("share", c.ID, g.unit, t), subjectsOf(g.unit), terms, float64(num*n-less), mip.Inf)
}

// shareGroup is the people over whom a share is taken: all together, or those of one unit.
type shareGroup struct {
	unit    string // "" together
	members []int
	earlier int64
}

// asked is the share of members and earlier movers, rounded as the clause says.
func (g *shareGroup) asked(c *policy.Clause) int64 {
	return portion(c.Ratio("share"), int64(len(g.members))+g.earlier, c.Text("rounding"))
}

func subjectsOf(unit string) []string {
	if unit == "" {
		return nil
	}
	return []string{unit}
}

// shareGroups divides E(t) and the earlier moves of the year.
func (b *builder) shareGroups(c *policy.Clause, t int) []*shareGroup {
	var order []string
	groups := map[string]*shareGroup{}
	group := func(unit string) *shareGroup {
		if c.Text("apply_to") == "together" {
			unit = ""
		}
		if groups[unit] == nil {
			groups[unit] = &shareGroup{unit: unit}
			order = append(order, unit)
		}
		return groups[unit]
	}
	for i, in := range b.eligible[c][t] {
		if in {
			g := group(b.Posts[b.Seat(i)].Unit)
			g.members = append(g.members, i)
		}
	}
	if t == 1 && c.Text("count") == "year" {
		for _, to := range b.earlierMoves(c) {
			group(b.Posts[to].Unit).earlier++
		}
	}
	slices.Sort(order)
	out := make([]*shareGroup, len(order))
	for i, u := range order {
		out[i] = groups[u]
	}
	return out
}

// earlierMoves lists the destinations of this year's earlier moves that count, one for each cadre.
func (s *scene) earlierMoves(c *policy.Clause) []int {
	var out []int
	seen := map[int]bool{}
	for _, d := range s.Done {
		i, from, to := s.CadreAt(d.Cadre), s.PostAt(d.From), s.PostAt(d.To)
		if i == posting.None || from == posting.None || to == posting.None || seen[i] ||
			s.eligible[c][1][i] || s.Seat(i) == posting.None ||
			c.For.Match(s.Index, i, s.Seat(i), 1) != posting.Yes || !s.earlierCounts(c, from, to) {
			continue
		}
		seen[i] = true
		out = append(out, to)
	}
	return out
}

// earlierCounts classes a move between two posts as moveType does, by the level of the post that was left.
func (s *scene) earlierCounts(c *policy.Clause, from, to int) bool {
	p, q := &s.Posts[from], &s.Posts[to]
	if p.Level > 0 && q.Level > p.Level || from == to ||
		p.Weight != posting.Unknown && q.Weight != posting.Unknown && q.Weight > p.Weight {
		return false
	}
	return c.Text("counts") == "other_post" || p.Unit != q.Unit
}

// countedMoves lists the moves of members in t that count.
func (b *builder) countedMoves(c *policy.Clause, members []int, t int) []mip.Term {
	var terms []mip.Term
	for _, i := range members {
		terms = append(terms, b.moving(i, t, func(sp spell) bool {
			m := b.moveType(i, sp.post)
			return m == posting.MoveTransfer || m == posting.MoveRotate && c.Text("counts") == "other_post"
		})...)
	}
	return terms
}

// eligibleSets is E(t) for t = 1..H, computed as if nobody moved.
func (s *scene) eligibleSets(c *policy.Clause) [][]bool {
	sets := make([][]bool, s.H+1)
	for t := 1; t <= s.H; t++ {
		sets[t] = make([]bool, len(s.Cadres))
		for i := range s.Cadres {
			sets[t][i] = s.isEligible(c, i, t)
		}
	}
	return sets
}

func (s *scene) isEligible(c *policy.Clause, i, t int) bool {
	p := &s.Cadres[i]
	months, known := s.Tenure(i, t)
	if !s.ours(i) || s.OnMission(i) || !known || months < c.Months("candidate_years") || s.Last(i) < t ||
		p.Duty.Away() && s.notBefore(p.DutyUntil, t) ||
		c.For.Match(s.Index, i, s.Seat(i), t) != posting.Yes {
		return false
	}
	for _, class := range c.List("exclude") {
		if class == "held" && s.held(i, t) || class == "deferred" && s.deferred(i) ||
			class == "pinned" && (p.Disposition == posting.Stay || p.Disposition == posting.Fixed) {
			return false
		}
	}
	return true
}
