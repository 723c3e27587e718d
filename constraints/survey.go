package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// Touch counts whom a clause speaks of, and what it does there. A pair is a cadre who can move and a post that is not his
// seat. What a clause does to a pair is what it does in the period that is best for the pair.
type Touch struct {
	Clauses []*policy.Clause // one, but all holds and deferrals together
	Cadres  int              // known to be selected by `for`
	Posts   int              // known to be selected by `to`, for some cadre
	Pairs   int              // of these
	Refused int              // pairs that a binding pair clause forbids
	Charged int              // pairs that no clause forbids, and that cost something under a pair clause that does not bind
	Waived  int              // pairs that would be refused or charged but for an exception or a pin
	Unknown int              // pairs of which it cannot be told; where the clause does not bind, among those that no clause forbids
	Demands int              // of plan clauses: demands on the whole plan, each a row or a counted column of the model
}

// Survey counts, for every clause that is on and in force, in policy order. It looks at every pair anew, in time
// linear in clauses x pairs; `each` tells how many cadres one looked at stands for: 1 looks at all, more makes estimates.
func (e *Encoding) Survey(each int) []Touch {
	var out []Touch
	hold := -1
	for i := range e.scene.pol.Clauses {
		c := &e.scene.pol.Clauses[i]
		switch {
		case c.Off || !c.InForce(e.scene.Calendar.Date):
		case c.Shown() == policy.Hold && hold >= 0:
			out[hold].Clauses = append(out[hold].Clauses, c)
		default:
			if c.Shown() == policy.Hold {
				hold = len(out)
			}
			out = append(out, Touch{Clauses: []*policy.Clause{c}})
		}
	}
	for i := range out {
		newSurveyor(e, &out[i], max(each, 1)).run()
	}
	return out
}

// effect is what a clause does to a pair, the gravest last.
type effect int

const (
	apart   effect = iota // not selected
	kept                  // selected, nothing to say
	unknown               // a datum is lacking
	waived
	charged
	refused
)

// surveyor counts for one clause, or for all holds together.
type surveyor struct {
	*Touch
	e       *Encoding
	each    int
	clauses []surveyed
	posts   []bool // that are touched
}

// surveyed is a clause with what is the same for many pairs.
type surveyed struct {
	pairClause
	facets []int    // by post: 1 + facet, 0 where the post is judged by itself; nil: all are
	memo   []effect // by facet: 1 + what the clause does to the cadre at hand, 0 not known yet
}

func newSurveyor(e *Encoding, t *Touch, each int) *surveyor {
	v := &surveyor{Touch: t, e: e, each: each, posts: make([]bool, len(e.scene.Posts))}
	for _, k := range t.Clauses {
		pair, _ := newPairClause(k)
		pair.match(e.scene.Index)
		t.Demands += e.demands[k]
		v.clauses = append(v.clauses, surveyed{pairClause: pair})
		v.clauses[len(v.clauses)-1].sort(e.scene)
	}
	return v
}

// sort finds the facets of the posts, where the kind has some. What an exception speaks of is judged by itself.
func (k *surveyed) sort(s *scene) {
	by, ok := k.kind.(facetKind)
	if !ok || !k.To.Empty() {
		return
	}
	named := map[string]bool{}
	for i := range s.Exceptions {
		named[s.Exceptions[i].Subject] = true
	}
	k.facets = make([]int, len(s.Posts))
	ids := map[facet]int{}
	for q := range s.Posts {
		if named[s.Posts[q].ID] || named[s.Posts[q].Unit] || s.Posts[q].Term != posting.TermOrdinary {
			continue
		}
		f := by.facet(s, q)
		if ids[f] == 0 {
			ids[f] = len(ids) + 1
		}
		k.facets[q] = ids[f]
	}
	k.memo = make([]effect, len(ids)+1)
}

func (v *surveyor) run() {
	for c := range v.e.scene.Cadres {
		if v.meet(c) && c%v.each == 0 {
			v.cadre(c)
		}
	}
	for _, touched := range v.posts {
		v.Posts += int(count(touched))
	}
}

// meet matches `for` of the clauses with a cadre; false where none can be for him.
func (v *surveyor) meet(c int) bool {
	s, mine, any := v.e.scene, false, false
	for i := range v.clauses {
		k := &v.clauses[i]
		clear(k.memo)
		for t := 1; t <= s.H; t++ {
			any = any || k.isFor(s, c, t) != posting.No
		}
		mine = mine || k.isFor(s, c, 1) == posting.Yes
	}
	v.Cadres += int(count(mine))
	return any
}

// cadre counts the pairs of one cadre.
func (v *surveyor) cadre(c int) {
	s := v.e.scene
	lawful := v.e.lawfulPosts(c)
	for q := range s.Posts {
		if !s.takes(c, q) {
			continue
		}
		what := apart
		for i := range v.clauses {
			what = max(what, v.effect(&v.clauses[i], c, q, lawful[q]))
		}
		if what == apart {
			continue
		}
		v.posts[q] = true
		if s.moves(c) {
			v.tally(what)
		}
	}
}

func (v *surveyor) tally(what effect) {
	v.Pairs += v.each
	switch what {
	case refused:
		v.Refused += v.each
	case charged:
		v.Charged += v.each
	case waived:
		v.Waived += v.each
	case unknown:
		v.Unknown += v.each
	}
}

// lawfulPosts tells of each post whether some spell moves cadre c there.
func (e *Encoding) lawfulPosts(c int) []bool {
	out := make([]bool, len(e.scene.Posts))
	for _, i := range e.columns(c) {
		out[e.spells[i].post] = !e.scene.isStay(e.spells[i])
	}
	return out
}

// effect is the least grave over the periods. A plan kind does nothing to single pairs, and what does not bind costs
// nothing where another clause refuses.
func (v *surveyor) effect(k *surveyed, c, q int, lawful bool) effect {
	s := v.e.scene
	if k.kind == nil || !s.moves(c) || !k.Binding() && !lawful {
		t := min(max(1, s.First(c)), s.H)
		return effect(count(k.selects(s, c, q, t) == posting.Yes))
	}
	f := 0
	if k.facets != nil && s.Posts[q].Unit != s.unitID(c) && s.pinnedTo(c) != q {
		f = k.facets[q]
	}
	if f > 0 && k.memo[f] > 0 {
		return k.memo[f] - 1
	}
	best := refused
	for t := s.First(c); t <= s.Last(c) && best > kept; t++ {
		best = min(best, v.effectOf(k, s.spellTo(c, q, t)))
	}
	if f > 0 {
		k.memo[f] = best + 1
	}
	return best
}

// unitID is the unit of the seat of cadre c, "" for an arrival.
func (s *scene) unitID(c int) string {
	if p := s.Seat(c); p != posting.None {
		return s.Posts[p].Unit
	}
	return ""
}

func (v *surveyor) effectOf(k *surveyed, sp spell) effect {
	s := v.e.scene
	selected := k.selects(s, sp.cadre, sp.post, sp.from)
	if selected == posting.No || !s.judges(k.pairClause, sp) {
		return apart
	}
	switch verdict := s.verdictOn(k.Clause, k.kind, sp, selected); {
	case verdict.breach > 0 && s.exempt(k.Clause, sp):
		return waived
	case verdict.breach > 0 && k.Binding():
		return refused
	case verdict.unknown:
		return unknown
	case verdict.breach > 0:
		return charged
	}
	return kept
}

// Spell is a column of the model that says who holds what.
type Spell struct {
	Cadre, Post, From, To int
	Stay, Second          bool
}

// SpellAt is the spell that a column stands for; false for any other column.
func (e *Encoding) SpellAt(col mip.Col) (Spell, bool) {
	if int(col) >= len(e.spells) {
		return Spell{}, false
	}
	sp := e.spells[col]
	return Spell{sp.cadre, sp.post, sp.from, sp.to, e.scene.isStay(sp), e.scene.isSecondment(sp)}, true
}

// Spells lists the columns of the spells of cadre c, stays first.
func (e *Encoding) Spells(c int) []mip.Col {
	cols := e.columns(c)
	out := make([]mip.Col, len(cols))
	for i, col := range cols {
		out[i] = mip.Col(col)
	}
	return out
}

// ChargedTo is the clause that counts a column which is no spell, nil where none does.
func (e *Encoding) ChargedTo(col mip.Col) *policy.Clause { return e.chargedTo[col] }
