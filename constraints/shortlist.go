package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// facetKind is a pairKind that knows a post by its facet and its term: whatever the cadre, it refuses to take him to both
// of two posts that share them or to neither, but for posts of the cadre's own unit and the post on which he is fixed.
type facetKind interface {
	pairKind
	facet(s *scene, q int) facet
}

// facet is what a kind sees of a post, besides its term.
type facet [5]any

// termFacet is a facet among posts of one term, on which the type of every move depends.
type termFacet struct {
	term  posting.Term
	facet facet
}

// shortlist names for a cadre the posts that are worth judging: all but those of which a facet alone tells that a binding
// clause refuses him. Posts of equal facets lie in one bin, so that the work for a cadre is in the bins, which are few,
// and in the posts that are left.
type shortlist struct {
	*scene
	clauses []facetClause
	root    bin
	always  []int // posts that an exception speaks of: what it waives for one of a bin stands for the others
	cadre   int
}

// facetClause is a binding clause with a post for each facet, and what it says of the cadre at hand to each.
type facetClause struct {
	pairClause
	ids      map[termFacet]int
	sample   []int
	answered []int // 1 + cadre for whom the answer stands
	refuses  []bool
}

// bin holds the posts that share a facet under each clause from the root down.
type bin struct {
	id    int // facet under the clause of this depth
	below []*bin
	posts []int
}

// shortlist sorts the posts into bins, in time linear in posts and clauses.
func (b *builder) shortlist() func(cadre int) []int {
	l := &shortlist{scene: b.scene}
	for _, k := range b.pairs {
		if _, ok := k.kind.(facetKind); ok && k.Binding() && k.To.Empty() {
			l.clauses = append(l.clauses, facetClause{pairClause: k, ids: map[termFacet]int{}})
		}
	}
	named := map[string]bool{}
	for i := range b.Exceptions {
		named[b.Exceptions[i].Subject] = true
	}
	for q := range b.Posts {
		if named[b.Posts[q].ID] || named[b.Posts[q].Unit] {
			l.always = append(l.always, q)
		}
		for i := range l.clauses {
			l.clauses[i].idOf(b.scene, q)
		}
	}
	// coarse clauses first: where they refuse, a whole branch falls
	slices.SortStableFunc(l.clauses, func(a, b facetClause) int { return len(a.sample) - len(b.sample) })
	for q := range b.Posts {
		l.file(q)
	}
	return l.posts
}

// file puts a post into its bin.
func (l *shortlist) file(q int) {
	at := &l.root
	for i := range l.clauses {
		at = at.child(l.clauses[i].idOf(l.scene, q))
	}
	at.posts = append(at.posts, q)
}

func (k *facetClause) idOf(s *scene, q int) int {
	f := termFacet{s.Posts[q].Term, k.kind.(facetKind).facet(s, q)}
	id, ok := k.ids[f]
	if !ok {
		id = len(k.sample)
		k.ids[f], k.sample = id, append(k.sample, q)
		k.answered, k.refuses = append(k.answered, 0), append(k.refuses, false)
	}
	return id
}

func (n *bin) child(id int) *bin {
	if i := slices.IndexFunc(n.below, func(m *bin) bool { return m.id == id }); i >= 0 {
		return n.below[i]
	}
	n.below = append(n.below, &bin{id: id})
	return n.below[len(n.below)-1]
}

// posts lists the posts worth judging for cadre c, but his seat, in official order.
func (l *shortlist) posts(c int) []int {
	l.cadre = c
	out := slices.Clone(l.always)
	if u := l.UnitOf(l.Seat(c)); u != posting.None {
		out = append(out, l.where.postsOf[u]...)
	}
	if q := l.pinnedTo(c); q != posting.None {
		out = append(out, q)
	}
	out = l.collect(&l.root, 0, out)
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(q int) bool { return !l.takes(c, q) })
}

func (l *shortlist) collect(n *bin, depth int, out []int) []int {
	if depth == len(l.clauses) {
		return append(out, n.posts...)
	}
	for _, m := range n.below {
		if !l.refused(&l.clauses[depth], m.id) {
			out = l.collect(m, depth+1, out)
		}
	}
	return out
}

// refused tells whether the clause refuses the cadre at hand every post of the facet, in every period.
func (l *shortlist) refused(k *facetClause, id int) bool {
	if k.answered[id] == 1+l.cadre {
		return k.refuses[id]
	}
	c := l.cadre
	no := !l.mayBeExempt(k.Clause, c)
	for t := l.First(c); no && t <= l.Last(c); t++ {
		sp := l.spellTo(c, k.sample[id], t)
		no = l.judges(k.pairClause, sp) && l.verdict(&k.pairClause, sp).breach > 0
	}
	k.answered[id], k.refuses[id] = 1+c, no
	return no
}

// mayBeExempt tells whether something about the cadre, whatever the post, may exempt him from the clause.
func (s *scene) mayBeExempt(k *policy.Clause, c int) bool {
	if k.Modality == policy.Hard {
		return false
	}
	subjects := []string{s.Cadres[c].ID}
	if p := s.Seat(c); p != posting.None {
		subjects = append(subjects, s.Posts[p].ID, s.Posts[p].Unit)
	}
	return s.mustMove(c) && policy.Kinds()[k.Kind].Moving || slices.ContainsFunc(s.exceptions[k.ID],
		func(e *posting.Exception) bool { return slices.Contains(subjects, e.Subject) })
}
