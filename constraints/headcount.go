package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// headcount: one seat, one holder, and no grade of a unit above its number. One row for each post and period, which
// is also the row of the vacancy column; one for each unit, grade and period whose number could be exceeded.
type headcount struct{}

func (headcount) encode(b *builder, c *policy.Clause) {
	for p := range b.Posts {
		for t := 1; t <= b.H; t++ {
			if today := len(b.Holders(p)); today > 1 {
				b.overfull(c, []int{p}, []string{b.Posts[p].ID}, name("seat", b.Posts[p].ID, t), 1, int64(today), t)
			} else {
				b.seat(c, p, t)
			}
		}
	}
	for u := range b.Units {
		for _, g := range []posting.Grade{posting.GradeHead, posting.GradeDeputy, posting.GradeMiddle} {
			b.grade(c, u, g)
		}
	}
}

// seat: holders + vacancy = 1.
func (b *builder) seat(c *policy.Clause, p, t int) {
	if _, ok := b.vacant[[2]int{p, t}]; ok {
		b.row(c, name("seat", b.Posts[p].ID, t), []string{b.Posts[p].ID}, merge(b.holders(p, t)), -mip.Inf, 1)
		return
	}
	v := b.vacancyColumn(c, p, t)
	b.row(c, name("seat", b.Posts[p].ID, t), []string{b.Posts[p].ID},
		append(merge(b.holders(p, t)), mip.Term{Col: v, Coef: 1}), 1, 1)
}

func (b *builder) grade(c *policy.Clause, u int, g posting.Grade) {
	limit := int64(b.Units[u].Headcount(g))
	var posts []int
	today := int64(0)
	for _, p := range b.where.postsOf[u] {
		if q := &b.Posts[p]; q.Counts && q.Role.Grade() == g && !b.Seconded(p) {
			posts = append(posts, p)
			today += int64(len(b.Holders(p)))
		}
	}
	if limit == posting.Unknown || len(posts) == 0 {
		return
	}
	for t := 1; t <= b.H; t++ {
		label := name("grade", b.Units[u].ID, int(g), t)
		if today > limit {
			b.overfull(c, posts, []string{b.Units[u].ID}, label, limit, today, t)
			continue
		}
		b.atMost(c, label, []string{b.Units[u].ID}, b.holdings(posts, t), limit)
	}
}

func (b *builder) holdings(posts []int, t int) []mip.Term {
	var terms []mip.Term
	for _, p := range posts {
		terms = append(terms, b.holders(p, t)...)
	}
	return merge(terms)
}

// overfull: above its number, a group takes nobody in until it is back under it. z = 1 once somebody has entered.
func (b *builder) overfull(c *policy.Clause, posts []int, subjects []string, label string, limit, today int64, t int) {
	z := b.column("enter."+label, 1, c.Shown(), subjects)
	entering := b.entering(posts, t)
	if len(entering) > 0 {
		b.row(c, label+".enter", subjects, append(entering, mip.Term{Col: z, Coef: -activityf(entering)}), -mip.Inf, 0)
	}
	terms := append(b.holdings(posts, t), mip.Term{Col: z, Coef: float64(today - limit)})
	b.row(c, label, subjects, terms, -mip.Inf, float64(today))
}

// entering lists the spells by which someone who held no post of the group comes to one in or before t.
func (b *builder) entering(posts []int, t int) []mip.Term {
	inside := map[int]bool{}
	for _, p := range posts {
		for _, h := range b.Holders(p) {
			inside[h] = true
		}
	}
	var terms []mip.Term
	for _, p := range posts {
		for _, i := range b.enc.onPost[p] {
			if sp := b.enc.spells[i]; sp.from <= t && !inside[sp.cadre] {
				terms = append(terms, mip.Term{Col: mip.Col(i), Coef: 1})
			}
		}
	}
	return terms
}

func activityf(terms []mip.Term) float64 { return float64(activity(terms)) }
