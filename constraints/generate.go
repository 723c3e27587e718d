package constraints

import (
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

// pairClause is an active clause of a pair kind, and whether the kind judges stays, secondments and returns.
type pairClause struct {
	*policy.Clause
	kind                    pairKind
	stays, seconds, returns bool
}

func pairClauses(x *posting.Index, pol *policy.Policy) []pairClause {
	var out []pairClause
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		if k, ok := newPairClause(c); ok && c.Active(x.Calendar.Date) {
			out = append(out, k)
		}
	}
	return out
}

// newPairClause is the clause with what its kind judges; false where it is of a plan kind.
func newPairClause(c *policy.Clause) (pairClause, bool) {
	k, ok := kinds[c.Kind].(pairKind)
	_, stays := k.(stayKind)
	_, spares := k.(returnKind)
	return pairClause{c, k, stays, policy.Kinds()[c.Kind].Seconds, !spares}, ok
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
	v := s.verdict(k.Clause, k.kind, sp)
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
func (s *scene) verdict(k *policy.Clause, kind pairKind, sp spell) verdict {
	return s.verdictOn(k, kind, sp, s.selected(k, sp.cadre, sp.post, sp.from))
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
