package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// Decode reads a solution of the model as a plan's assignments, in official order: one for every cadre, and for every
// arrival who is placed. It fills in what the encoder knows: from, to, move, period, grounds.
func (e *Encoding) Decode(values []float64) []posting.Assignment {
	var out []posting.Assignment
	for c := range e.scene.Cadres {
		if a, ok := e.assignment(c, values); ok {
			out = append(out, a)
		}
	}
	return out
}

func (e *Encoding) assignment(c int, values []float64) (posting.Assignment, bool) {
	s := e.scene
	a := posting.Assignment{Cadre: s.Cadres[c].ID, Period: 1, Move: posting.MoveStay}
	if !s.arrival(c) {
		a.From, a.To = s.Cadres[c].Post, s.Cadres[c].Post
	}
	if t := s.Leaves(c); t > 0 && !s.arrival(c) {
		a.To, a.Move, a.Period, a.Grounds = "", posting.MoveLeave, t, leaveGrounds(s.LeaveClass(c))
		return a, true
	}
	for _, i := range e.byCadre[c] {
		if sp := e.spells[i]; values[i] > 0.5 && !s.isStay(sp) {
			a.To, a.Move, a.Period = s.Posts[sp.post].ID, s.moveType(c, sp.post), sp.from
			a.Grounds = s.grounds(sp)
			return a, true
		}
	}
	return a, !s.arrival(c)
}

func leaveGrounds(class posting.LeaveClass) []string {
	if class == posting.LeaveRetirement {
		return []string{"retirement"}
	}
	return []string{"departure:" + string(class)}
}

// grounds of a move or placement, as policy/spec/README.md prints them.
func (s *scene) grounds(sp spell) []string {
	var out []string
	if s.arrival(sp.cadre) {
		out = []string{"arrival"}
		if s.Cadres[sp.cadre].Disposition == posting.Fixed && s.pinnedTo(sp.cadre) == sp.post {
			out = append(out, "pin")
		}
		return append(out, s.usedExceptions(sp)...)
	}
	out = s.ownGrounds(sp.cadre, sp.from)
	if s.opens(sp.post, sp.from) {
		out = append(out, "vacancy")
	}
	if len(out) == 0 {
		out = append(out, "chain:"+s.Cadres[s.predecessor(sp.post, sp.from)].ID)
	}
	return append(out, s.usedExceptions(sp)...)
}

// usedExceptions lists, in order of the input, the exceptions that waive a breach of a pair clause by the spell.
func (s *scene) usedExceptions(sp spell) []string {
	used := map[*posting.Exception]bool{}
	for i := range s.pol.Clauses {
		c := &s.pol.Clauses[i]
		k, ok := kinds[c.Kind].(pairKind)
		if !ok || !c.Active(s.Calendar.Date) || s.verdict(c, k, sp).breach == 0 {
			continue
		}
		for _, e := range s.exceptionsTo(c, sp.from, s.subjectsOf(sp)...) {
			used[e] = true
		}
	}
	var out []string
	for i := range s.Exceptions {
		if used[&s.Exceptions[i]] {
			out = append(out, "exception:"+s.Exceptions[i].No)
		}
	}
	return out
}

// Excluded names the clause (printed id) that refused cadre c on post q, "" where a spell was kept. It judges the pair anew.
func (e *Encoding) Excluded(c, q int) string {
	if e.Lawful(c, q) {
		return ""
	}
	return e.refusedBy(c, q)
}

// refusedBy names the clause that refuses the last spell of cadre c on post q that one refuses, "" where none does.
func (e *Encoding) refusedBy(c, q int) string {
	s := e.scene
	first, spellOf := s.First(c), func(t int) spell { return spell{c, q, t, s.Last(c)} }
	if q == s.Seat(c) {
		first, spellOf = 1, func(t int) spell { return spell{c, q, 1, t} }
	} else if !s.moves(c) {
		return ""
	}
	for t := s.Last(c); t >= first; t-- {
		if k := s.refuser(spellOf(t), e.pairs); k != nil {
			return k.Shown()
		}
	}
	return ""
}

// Takers lists the cadres whom some spell moves to, or places on, post q, in official order.
func (e *Encoding) Takers(q int) []int {
	var out []int
	for _, i := range e.onPost[q] {
		if sp := e.spells[i]; !e.scene.isStay(sp) && (len(out) == 0 || out[len(out)-1] != sp.cadre) {
			out = append(out, sp.cadre)
		}
	}
	return out
}

// Lawful tells whether some spell moves or places cadre c on post q.
func (e *Encoding) Lawful(c, q int) bool {
	for _, i := range e.byCadre[c] {
		if sp := e.spells[i]; sp.post == q && !e.scene.isStay(sp) {
			return true
		}
	}
	return false
}

// Due, Eligible, Held and OwnGrounds answer, for the lists, what policy/spec/README.md defines.
func (e *Encoding) Due(c, t int) []*policy.Clause { return e.scene.due[c][t] }
func (e *Encoding) Held(c, t int) bool            { return e.scene.held(c, t) }
func (e *Encoding) Deferred(c int) bool           { return e.scene.deferred(c) }

// EligibleUnder lists the active share clauses in whose eligible set cadre c stands in t, in policy order.
func (e *Encoding) EligibleUnder(c, t int) []*policy.Clause {
	var out []*policy.Clause
	for _, k := range e.scene.pol.ActiveOf("yearly_share") {
		if e.scene.eligible[k][t][c] {
			out = append(out, k)
		}
	}
	return out
}

// PairCost is what the weighted clauses charge for cadre c on post q, judged on this person and post alone, in units of
// 1/policy.WeightScale; the smallest over the periods.
func (e *Encoding) PairCost(c, q int) int64 {
	best := int64(-1)
	for _, i := range e.byCadre[c] {
		if sp := e.spells[i]; sp.post == q && !e.scene.isStay(sp) && (best < 0 || e.pairCost[i] < best) {
			best = e.pairCost[i]
		}
	}
	return best
}
