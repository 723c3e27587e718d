package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// generate adds a column for every spell that no binding pair clause refuses, with its pair costs. Posts that are not worth
// judging for a cadre are taken as refused.
func (b *builder) generate(worth func(cadre int) []int) {
	b.enc.byCadre, b.enc.seconds = make([][]int, len(b.Cadres)), make([][]int, len(b.Cadres))
	for c := range b.Cadres {
		b.stays(c)
		if !b.moves(c) {
			continue
		}
		kept, posts := 0, worth(c)
		b.enc.Judged += len(posts)
		for _, q := range posts {
			kept += int(count(b.moveTo(c, q)))
		}
		b.enc.Kept += kept
		b.enc.Dropped += b.destinations(c) - kept
	}
}

// moves tells whether cadre c can take another post within the horizon. A leaver neither moves nor is seconded.
func (s *scene) moves(c int) bool {
	return (s.arrival(c) || s.Leaves(c) == 0) && s.First(c) <= s.Last(c)
}

// takes tells whether q is a post that cadre c may come to hold: not his seat, and for an arrival no secondment seat.
func (s *scene) takes(c, q int) bool {
	return q != s.Seat(c) && !(s.arrival(c) && s.Seconded(q))
}

// destinations is the number of posts that c may come to hold.
func (s *scene) destinations(c int) int {
	if s.arrival(c) {
		return len(s.Posts) - s.where.secondments
	}
	return len(s.Posts) - 1
}

// pairClause is an active clause of a pair kind, whether the kind judges stays, secondments and returns, and whom the
// selectors match.
type pairClause struct {
	*policy.Clause
	kind                    pairKind
	stays, seconds, returns bool
	forAll                  [][]posting.Tri // by period and cadre; nil where `for` is to be asked
	toAll                   []posting.Tri   // by post; nil where `to` is to be asked
}

// pairClauses are the active clauses of pair kinds, in policy order, but those that bind first: what they refuse needs
// no other judgement.
func pairClauses(x *posting.Index, pol *policy.Policy) []pairClause {
	var out []pairClause
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		if k, ok := newPairClause(c); ok && c.Active(x.Calendar.Date) {
			k.match(x)
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b pairClause) int { return int(count(b.Binding())) - int(count(a.Binding())) })
	return out
}

// match matches the selectors once for all pairs, as far as they ask one side only.
func (k *pairClause) match(x *posting.Index) {
	if !k.For.Empty() {
		k.forAll = make([][]posting.Tri, x.Calendar.Periods+1)
		for t := 1; t <= x.Calendar.Periods; t++ {
			for c := range x.Cadres {
				k.forAll[t] = append(k.forAll[t], k.For.Match(x, c, x.Seat(c), t))
			}
		}
	}
	if k.To.OfPost() && !k.To.Empty() {
		for q := range x.Posts {
			k.toAll = append(k.toAll, k.To.Match(x, posting.None, q, 1))
		}
	}
}

// isFor says whether `for` matches cadre c in period t, isTo whether `to` matches him on post q.
func (k *pairClause) isFor(s *scene, c, t int) posting.Tri {
	switch {
	case k.For.Empty():
		return posting.Yes
	case k.forAll != nil:
		return k.forAll[t][c]
	}
	return k.For.Match(s.Index, c, s.Seat(c), t)
}

func (k *pairClause) isTo(s *scene, c, q, t int) posting.Tri {
	switch {
	case k.To.Empty():
		return posting.Yes
	case k.toAll != nil:
		return k.toAll[q]
	}
	return k.To.Match(s.Index, c, q, t)
}

// selects is scene.selected, from what is known already.
func (k *pairClause) selects(s *scene, c, q, t int) posting.Tri {
	a := k.isFor(s, c, t)
	if a == posting.No {
		return a
	}
	return min3(a, k.isTo(s, c, q, t))
}

// newPairClause is the clause with what its kind judges; false where it is of a plan kind.
func newPairClause(c *policy.Clause) (pairClause, bool) {
	k, ok := kinds[c.Kind].(pairKind)
	_, stays := k.(stayKind)
	_, spares := k.(returnKind)
	return pairClause{Clause: c, kind: k, stays: stays, seconds: policy.Kinds()[c.Kind].Seconds, returns: !spares}, ok
}

// stays adds the spells in which c keeps his seat from period 1 to each possible last one.
func (b *builder) stays(c int) {
	if b.arrival(c) {
		return
	}
	for e := 1; e <= b.Last(c); e++ {
		b.add(spell{c, b.Seat(c), 1, e})
	}
}

// moveTo adds the spells in which c takes q in each possible period, and tells whether there is one.
func (b *builder) moveTo(c, q int) bool {
	kept := false
	for t := b.First(c); t <= b.Last(c); t++ {
		kept = b.add(b.spellTo(c, q, t)) || kept
	}
	return kept
}

// add judges one spell and, unless a binding clause refuses it, gives it a column.
func (b *builder) add(sp spell) bool {
	type cost struct {
		clause *policy.Clause
		amount int64
	}
	var costs []cost
	for _, k := range b.pairs {
		amount := b.judge(k, sp)
		if amount == 0 {
			continue
		}
		if k.Binding() {
			return false
		}
		costs = append(costs, cost{k.Clause, amount})
	}
	col := b.spellColumn(sp)
	weighted := int64(0)
	for _, x := range costs {
		b.charge(x.clause, col, x.amount)
		weighted += x.amount * x.clause.Weight
	}
	b.enc.pairCost = append(b.enc.pairCost, weighted)
	return true
}

// judge is the breach that counts: selected, judged, and not exempt. Missing data count as the clause and kind say.
func (s *scene) judge(k pairClause, sp spell) int64 {
	if !s.judges(k, sp) {
		return 0
	}
	v := s.verdict(&k, sp)
	if v.breach == 0 || s.exempt(k.Clause, sp) {
		return 0
	}
	return v.breach
}

// judges tells whether the kind of the clause judges spells of this sort at all.
func (s *scene) judges(k pairClause, sp spell) bool {
	switch {
	case s.isStay(sp):
		return k.stays
	case s.isSecondment(sp):
		return k.seconds
	case s.isReturn(sp):
		return k.returns
	}
	return true
}

// refuser is the first binding clause that refuses a spell, nil where the spell has a column.
func (s *scene) refuser(sp spell) *policy.Clause {
	for _, k := range s.pairs {
		if k.Binding() && s.judge(k, sp) > 0 {
			return k.Clause
		}
	}
	return nil
}

// verdict is the judgement of a kind with selectors and blanks taken into account.
func (s *scene) verdict(k *pairClause, sp spell) verdict {
	return s.verdictOn(k.Clause, k.kind, sp, k.selects(s, sp.cadre, sp.post, sp.from))
}

// verdictOn is verdict where the selectors have been matched.
func (s *scene) verdictOn(k *policy.Clause, kind pairKind, sp spell, selected posting.Tri) verdict {
	var v verdict
	switch selected {
	case posting.No:
		return v
	case posting.Blank:
		v.unknown = !kind.judge(s, k, sp).idle
	default:
		v = kind.judge(s, k, sp)
	}
	if v.unknown && v.breach == 0 && k.Forbid {
		v.breach = 1
	}
	return v
}

func (b *builder) spellColumn(sp spell) mip.Col {
	what, of := "move", b.enc.byCadre
	switch {
	case b.isStay(sp):
		what = "stay"
	case b.isSecondment(sp):
		what, of = "second", b.enc.seconds
	}
	id, post := b.Cadres[sp.cadre].ID, b.Posts[sp.post].ID
	col := b.m.AddColumn(mip.Column{Name: name(what, id, post, sp.from, sp.to), Upper: 1, Integer: true,
		Stamp: mip.Stamp{Subjects: []string{id, post}}})
	b.enc.spells = append(b.enc.spells, sp)
	of[sp.cadre] = append(of[sp.cadre], int(col))
	b.enc.onPost[sp.post] = append(b.enc.onPost[sp.post], int(col))
	return col
}

// cover gives every seated cadre exactly one spell in each period until he leaves, and every arrival at most one.
// It stands whatever the policy says: it is what a plan is.
func (b *builder) cover() {
	stamp := func(c int) mip.Stamp { return mip.Stamp{Clause: "R50", Subjects: ids(b.Index, c)} }
	for c := range b.Cadres {
		b.keepHome(c, stamp(c))
		if b.arrival(c) {
			terms := b.hold(c, b.Last(c), func(spell) bool { return true })
			b.m.AddRow(mip.Constraint{Name: name("place", b.Cadres[c].ID), Lower: -mip.Inf, Upper: 1, Terms: terms, Stamp: stamp(c)})
			continue
		}
		for t := 1; t <= b.Last(c); t++ {
			terms := b.hold(c, t, func(spell) bool { return true })
			b.m.AddRow(mip.Constraint{Name: name("cover", b.Cadres[c].ID, t), Lower: 1, Upper: 1, Terms: terms, Stamp: stamp(c)})
		}
	}
}
