package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// spell is a candidate: cadre on post in periods from to to. A spell on the cadre's own seat is a stay, one of the seated
// on a secondment seat a secondment, which lies over the stay; any other is a move or placement.
type spell struct{ cadre, post, from, to int }

// covers tells whether the spell holds its post in period t.
func (sp spell) covers(t int) bool { return sp.from <= t && t <= sp.to }

// scene is the instance and policy with the facts that rule kinds share, computed once. See policy/spec/README.md for
// the words; every method has the name that the page gives.
type scene struct {
	*posting.Index
	pol        *policy.Policy
	H          int
	exceptions map[string][]*posting.Exception // by clause id
	due        [][][]*policy.Clause            // [cadre][t] clauses under which the cadre is due
	shares     []*policy.Clause                // the active yearly_share clauses
	eligible   map[*policy.Clause][][]bool     // [t][cadre] of each of them
	avoids     [][][]*policy.Clause            // [cadre][t] avoidance clauses that the seat breaks on the plan date
	planned    map[int]plannedSpell            // by cadre: what the plan before holds for him
	where      whereabouts
	pairs      []pairClause // the active clauses of pair kinds, in policy order
	records    records
}

func newScene(x *posting.Index, pol *policy.Policy) *scene {
	s := &scene{Index: x, pol: pol, H: x.Calendar.Periods,
		exceptions: map[string][]*posting.Exception{},
		eligible:   map[*policy.Clause][][]bool{},
		avoids:     make([][][]*policy.Clause, len(x.Cadres)),
		due:        make([][][]*policy.Clause, len(x.Cadres)),
	}
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		for j := range x.Exceptions {
			if c.Names(x.Exceptions[j].Clause) {
				s.exceptions[c.ID] = append(s.exceptions[c.ID], &x.Exceptions[j])
			}
		}
	}
	s.pairs = pairClauses(x, pol)
	s.locate()
	s.records = recordsOf(x.Instance)
	s.findDue()
	s.shares = pol.ActiveOf("yearly_share")
	for _, c := range s.shares {
		s.eligible[c] = s.eligibleSets(c)
	}
	s.findAvoidance()
	s.findPlanned()
	return s
}

func (s *scene) arrival(c int) bool        { return s.Seat(c) == posting.None }
func (s *scene) isStay(sp spell) bool      { return sp.post == s.Seat(sp.cadre) }
func (s *scene) start(t int) posting.Month { return s.Calendar.Start(t) }

// isMove tells whether the spell takes a seated cadre to another main post.
func (s *scene) isMove(sp spell) bool {
	return !s.isStay(sp) && !s.arrival(sp.cadre) && !s.Seconded(sp.post)
}

// returning tells whether a move of cadre c in t is a return from a mission.
func (s *scene) returning(c, t int) bool { return s.Returns(c) > 0 && t >= s.Returns(c) }

func (s *scene) isReturn(sp spell) bool { return s.isMove(sp) && s.returning(sp.cadre, sp.from) }

// notBefore tells whether a last month, open where not known, reaches the start of t.
func (s *scene) notBefore(last posting.Month, t int) bool {
	return !last.Known() || last >= s.start(t)
}

// moveType is the type of a move of cadre c from his seat to post q.
func (s *scene) moveType(c, q int) posting.Move {
	if s.arrival(c) {
		return posting.MoveArrive
	}
	p, level := &s.Posts[s.Seat(c)], s.Cadres[c].Level
	to := &s.Posts[q]
	switch {
	case to.Term == posting.TermSecondment:
		return posting.MoveSecond
	case to.Term == posting.TermMission && !s.OnMission(c):
		return posting.MoveSupport
	case level > 0 && to.Level > level:
		return posting.MovePromote
	case p.Weight != posting.Unknown && to.Weight != posting.Unknown && to.Weight > p.Weight:
		return posting.MoveAdvance
	case p.Unit != to.Unit:
		return posting.MoveTransfer
	}
	return posting.MoveRotate
}

// held and deferred: see the page on lists.
func (s *scene) held(c, t int) bool {
	p := &s.Cadres[c]
	return p.Review || p.Hold && s.notBefore(p.HoldUntil, t)
}

func (s *scene) deferred(c int) bool {
	return s.Cadres[c].Care && len(s.Cadres[c].Consents) == 0
}

// pinnedTo is the post on which a recorded decision fixes the cadre: his seat for 不动, the named one for 定岗; None else.
func (s *scene) pinnedTo(c int) int {
	switch s.Cadres[c].Disposition {
	case posting.Stay:
		return s.Seat(c)
	case posting.Fixed:
		return s.PostAt(s.Cadres[c].FixedPost)
	}
	return posting.None
}

// fixedOn tells whether the cadre is 定岗 on post q.
func (s *scene) fixedOn(c, q int) bool {
	return s.Cadres[c].Disposition == posting.Fixed && s.pinnedTo(c) == q
}

// pinnedAway tells whether the cadre is 定岗 on another post than his seat.
func (s *scene) pinnedAway(c int) bool {
	return s.Cadres[c].Disposition == posting.Fixed && s.pinnedTo(c) != s.Seat(c)
}

// pinnedToMove tells whether he has to move for it: a secondment seat is taken without a move.
func (s *scene) pinnedToMove(c int) bool { return s.pinnedAway(c) && !s.Seconded(s.pinnedTo(c)) }

// mustMove tells whether the cadre's disposition is 必动.
func (s *scene) mustMove(c int) bool { return s.Cadres[c].Disposition == posting.MustMove }

// exceptionsTo lists the recorded exceptions to the clause for any of the subject ids in period t. Hard clauses have none.
func (s *scene) exceptionsTo(c *policy.Clause, t int, subjects ...string) []*posting.Exception {
	if c.Modality == policy.Hard {
		return nil
	}
	var out []*posting.Exception
	for _, e := range s.exceptions[c.ID] {
		if e.Subject != "" && slices.Contains(subjects, e.Subject) && s.notBefore(e.Until, t) {
			out = append(out, e)
		}
	}
	return out
}

// excepted tells whether there is one.
func (s *scene) excepted(c *policy.Clause, t int, subjects ...string) bool {
	return len(s.exceptionsTo(c, t, subjects...)) > 0
}

// subjectsOf are the ids by which an exception may speak of a spell: cadre, destination, seat, and the unit of either.
func (s *scene) subjectsOf(sp spell) []string {
	ids := []string{s.Cadres[sp.cadre].ID, s.Posts[sp.post].ID, s.Posts[sp.post].Unit}
	if p := s.Seat(sp.cadre); p != posting.None {
		ids = append(ids, s.Posts[p].ID, s.Posts[p].Unit)
	}
	return ids
}

// exempt tells whether a breach of the clause by the spell is waived, by an exception or by a pin.
func (s *scene) exempt(c *policy.Clause, sp spell) bool {
	if c.Modality == policy.Hard {
		return false
	}
	if len(s.exceptions[c.ID]) > 0 && s.excepted(c, sp.from, s.subjectsOf(sp)...) || s.pinnedTo(sp.cadre) == sp.post {
		return true
	}
	return s.mustMove(sp.cadre) && sp.from == 1 && s.isMove(sp) && policy.Kinds()[c.Kind].Moving
}

// findDue lists, for every cadre and period, the active long_tenure clauses under which a move is due.
func (s *scene) findDue() {
	clauses := s.pol.ActiveOf("long_tenure")
	for c := range s.Cadres {
		s.due[c] = make([][]*policy.Clause, s.H+1)
		if !s.ours(c) || s.OnMission(c) {
			continue
		}
		for t := 1; t <= s.Last(c); t++ {
			for _, k := range clauses {
				if months, known := s.Tenure(c, t); known && months >= k.Months("must_years") &&
					k.For.Match(s.Index, c, s.Seat(c), t) == posting.Yes {
					s.due[c][t] = append(s.due[c][t], k)
				}
			}
		}
	}
}

// ours tells whether cadre c is seated, and person and post stand under the policy's authority.
func (s *scene) ours(c int) bool {
	p := s.Seat(c)
	return p != posting.None && s.Cadres[c].Authority == s.pol.Authority && s.Posts[p].Authority == s.pol.Authority
}

// findAvoidance lists, for every cadre and period, the active avoidance clauses that his seat breaks with the holders of
// the plan date, in policy order.
func (s *scene) findAvoidance() {
	for c := range s.Cadres {
		s.avoids[c] = make([][]*policy.Clause, s.H+1)
	}
	for i := range s.pol.Clauses {
		k := &s.pol.Clauses[i]
		switch {
		case !k.Active(s.Calendar.Date):
		case k.Kind == "kin_avoidance":
			s.avoidKin(k)
		case k.Kind == "area_avoidance":
			s.avoidArea(k)
		}
	}
}

func (s *scene) avoidKin(k *policy.Clause) {
	for _, tie := range s.kinTies(k) {
		a, b := s.Seat(tie[0]), s.Seat(tie[1])
		if a == posting.None || b == posting.None || !s.clashes(k, a, b) {
			continue
		}
		for _, c := range tie {
			for t := 1; t <= s.H; t++ {
				if own := s.avoids[c][t]; len(own) == 0 || own[len(own)-1] != k {
					s.avoids[c][t] = append(own, k)
				}
			}
		}
	}
}

func (s *scene) avoidArea(k *policy.Clause) {
	for c := range s.Cadres {
		for t := 1; t <= s.H; t++ {
			sp := spell{c, s.Seat(c), t, s.Last(c)}
			if sp.post != posting.None && s.verdict(&pairClause{Clause: k, kind: areaAvoidance{}}, sp).breach > 0 {
				s.avoids[c][t] = append(s.avoids[c][t], k)
			}
		}
	}
}

// selected matches both selectors of a clause: Yes, No, or Blank where a field is blank.
func (s *scene) selected(k *policy.Clause, c, q, t int) posting.Tri {
	a := k.For.Match(s.Index, c, s.Seat(c), t)
	if a == posting.No {
		return posting.No
	}
	return min3(a, k.To.Match(s.Index, c, q, t))
}

// min3 is three-valued "and": No wins over Blank wins over Yes.
func min3(a, b posting.Tri) posting.Tri {
	switch {
	case a == posting.No || b == posting.No:
		return posting.No
	case a == posting.Blank || b == posting.Blank:
		return posting.Blank
	}
	return posting.Yes
}

// ownGrounds are the printed ids of the grounds that cadre c has by himself in period t.
func (s *scene) ownGrounds(c, t int) []string {
	var out []string
	if s.returning(c, t) {
		out = append(out, "return")
	}
	for _, k := range s.citedFor(c, t) {
		out = append(out, k.Shown())
	}
	if s.mustMove(c) || s.pinnedToMove(c) {
		out = append(out, "pin")
	}
	return out
}

// citedFor lists the clauses that are grounds for a move of cadre c in t.
func (s *scene) citedFor(c, t int) []*policy.Clause {
	out := slices.Clone(s.due[c][t])
	for _, k := range s.shares {
		if s.eligible[k][t][c] && !s.held(c, t) && !s.deferred(c) {
			out = append(out, k)
		}
	}
	return append(out, s.avoids[c][t]...)
}

// hasOwnGround is len(ownGrounds) > 0, without the strings.
func (s *scene) hasOwnGround(c, t int) bool {
	if s.returning(c, t) || len(s.due[c][t]) > 0 || len(s.avoids[c][t]) > 0 || s.mustMove(c) || s.pinnedToMove(c) {
		return true
	}
	if s.held(c, t) || s.deferred(c) {
		return false
	}
	for _, sets := range s.eligible {
		if sets[t][c] {
			return true
		}
	}
	return false
}

// opens tells whether post q is free by the input alone in t: no holder on the plan date, or all are gone by t.
func (s *scene) opens(q, t int) bool { return s.predecessor(q, t) == posting.None }

// predecessor is the first holder of q on the plan date who is not gone by t, None where there is none. Gone is who leaves
// in or before t, or held a secondment seat beside his own until then.
func (s *scene) predecessor(q, t int) int {
	first := posting.None
	for _, h := range s.Holders(q) {
		if l := s.Leaves(h); (l == 0 || l > t) && (s.Seat(h) == q || s.Keeps(h, q, t)) && (first == posting.None || h < first) {
			first = h
		}
	}
	return first
}
