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
	groups := make([][]*shareGroup, b.H+1)
	for t := 1; t <= b.H; t++ {
		groups[t] = slices.DeleteFunc(b.shareGroups(c, t), func(g *shareGroup) bool {
			return c.Modality == policy.Waivable && g.unit != "" && b.excepted(c, t, g.unit)
		})
	}
	counts, sums := newShareCounts(b, c, groups), map[string]*shareSum{}
	for t := 1; t <= b.H; t++ {
		for _, g := range groups[t] {
			if sums[g.unit] == nil {
				sums[g.unit] = &shareSum{}
			}
			if t == 1 {
				short := b.atLeast(c, name("share", c.ID, g.unit, t), subjectsOf(g.unit), b.countedMoves(c, g.members, t), g.asked(c)-g.earlier)
				sums[g.unit].add(t, max(0, g.asked(c)-g.earlier), short)
			} else {
				b.sumOfShares(counts, g, t, sums[g.unit], b.laterShare(counts, g, t))
			}
		}
	}
}

// shareSum is what the shares of a group ask of the periods so far together: at least this many moves and missing moves of those who
// are eligible in one of them.
type shareSum struct {
	least   int64
	periods []int
	short   []mip.Term
}

// add goes on by a period in which so many are asked for.
func (s *shareSum) add(t int, asked int64, short []mip.Term) {
	s.least += asked
	s.short = append(s.short, short...)
	s.periods = append(s.periods, t)
}

// sumOfShares adds the row by which the periods up to t together see at least the moves that their rounded shares ask for. It follows
// from the steps, once they are whole; the relaxation, which asks for parts of a person, needs it. Whoever moves or is missing
// before t takes at most one off what t asks for, so that the fewest in all come of the fewest in each.
func (b *builder) sumOfShares(counts *shareCounts, g *shareGroup, t int, sum *shareSum, short []mip.Term) {
	c := counts.clause
	sum.add(t, g.askedOf(c, max(0, int64(len(g.members))-sum.least)), short)
	if sum.least > 0 {
		terms := append(slices.Clone(sum.short), counts.before(g.unit, sum.periods, t)...)
		b.row(c, name("shares", c.ID, g.unit, t), subjectsOf(g.unit), merge(terms), float64(sum.least), mip.Inf)
	}
}

// laterShare is the share of a later period, which is taken of the members who have not moved before it: a step function of their
// number. Column i of the steps may be 1 once so many have moved that one person less is asked for; with the steps whole, every
// right-hand side is the integer that the rounding gives, and the relaxation loses little.
func (b *builder) laterShare(counts *shareCounts, g *shareGroup, t int) (short []mip.Term) {
	c := counts.clause
	asked := g.askedOf(c, int64(len(g.members)))
	if asked == 0 {
		return nil
	}
	terms := counts.counted(g, t)
	link, last := scaled(counts.before(g.unit, []int{t}, t-1), -1), int64(0)
	for i := int64(1); i <= asked; i++ {
		z := b.column(name("step", c.ID, g.unit, t, i), 1, c.Shown(), subjectsOf(g.unit))
		if i > 1 {
			b.row(c, name("steps", c.ID, g.unit, t, i), subjectsOf(g.unit), []mip.Term{{Col: z, Coef: 1}, {Col: z - 1, Coef: -1}}, -mip.Inf, 0)
		}
		enough := g.leavers(c, asked-i)
		link, last = append(link, mip.Term{Col: z, Coef: float64(enough - last)}), enough
		terms = append(terms, mip.Term{Col: z, Coef: 1})
	}
	b.row(c, name("step", c.ID, g.unit, t), subjectsOf(g.unit), link, -mip.Inf, 0)
	return b.atLeast(c, name("share", c.ID, g.unit, t), subjectsOf(g.unit), terms, asked)
}

// leavers is the least number of members who have to be gone so that no more than so many are asked for.
func (g *shareGroup) leavers(c *policy.Clause, most int64) int64 {
	n := int64(len(g.members))
	for gone := int64(0); gone < n; gone++ {
		if g.askedOf(c, n-gone) <= most {
			return gone
		}
	}
	return n
}

// shareGroup is the people over whom a share is taken: all together, or those of one unit.
type shareGroup struct {
	unit    string // "" together
	members []int
	earlier int64
}

// asked is the share of members and earlier movers, rounded as the clause says.
func (g *shareGroup) asked(c *policy.Clause) int64 {
	return g.askedOf(c, int64(len(g.members))+g.earlier)
}

// askedOf is the share of n people.
func (g *shareGroup) askedOf(c *policy.Clause, n int64) int64 {
	return portion(c.Ratio("share"), n, c.Text("rounding"))
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
