package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// Decode reads a solution of the model as a plan's assignments, in official order: one for every cadre, and for every
// arrival who is placed. It fills in what the encoder knows: from, to, move, period, grounds. Whoever is seconded has the
// secondment alone: that he stays at home meanwhile goes without saying.
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
		a.To, a.Move, a.Period, a.Grounds = "", leaving(s.LeaveClass(c)), t, leaveGrounds(s.LeaveClass(c))
		return a, true
	}
	for _, i := range e.columns(c) {
		if sp := e.spells[i]; values[i] > 0.5 && !s.isStay(sp) {
			a.To, a.Move, a.Period = s.Posts[sp.post].ID, s.moveType(c, sp.post), sp.from
			a.Grounds = s.grounds(sp)
			return a, true
		}
	}
	return a, !s.arrival(c)
}

// leaving is what a departure is: whoever is only relieved of his post stays in service.
func leaving(class posting.LeaveClass) posting.Move {
	if class == posting.LeaveRelief {
		return posting.MoveRelieve
	}
	return posting.MoveLeave
}

func leaveGrounds(class posting.LeaveClass) []string {
	if class == posting.LeaveRetirement {
		return []string{"retirement"}
	}
	return []string{"departure:" + string(class)}
}

// grounds of a move, placement or secondment, as policy/spec/README.md prints them.
func (s *scene) grounds(sp spell) []string {
	var out []string
	switch {
	case s.isMove(sp):
		out = s.ownGrounds(sp.cadre, sp.from)
	case s.arrival(sp.cadre):
		out = append([]string{"arrival"}, s.pinGround(sp)...)
	default:
		out = s.pinGround(sp)
	}
	if !s.arrival(sp.cadre) && s.opens(sp.post, sp.from) {
		out = append(out, "vacancy")
	}
	if len(out) == 0 && s.isMove(sp) {
		out = append(out, "chain:"+s.Cadres[s.predecessor(sp.post, sp.from)].ID)
	}
	return append(out, s.usedExceptions(sp)...)
}

// pinGround is the ground of one who is 定岗 on the post of the spell.
func (s *scene) pinGround(sp spell) []string {
	if s.fixedOn(sp.cadre, sp.post) {
		return []string{"pin"}
	}
	return nil
}

// usedExceptions lists, in order of the input, the exceptions that waive a breach of a pair clause by the spell.
func (s *scene) usedExceptions(sp spell) []string {
	used := map[*posting.Exception]bool{}
	for _, k := range s.pairs {
		if !s.judges(k, sp) || s.verdict(&k, sp).breach == 0 {
			continue
		}
		for _, e := range s.exceptionsTo(k.Clause, sp.from, s.subjectsOf(sp)...) {
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
	if e.kept(c, q) {
		return ""
	}
	return e.refusedBy(c, q)
}

// refusedBy names the clause that refuses the last spell of cadre c on post q that one refuses, "" where none does.
func (e *Encoding) refusedBy(c, q int) string {
	s := e.scene
	first, spellOf := s.First(c), func(t int) spell { return s.spellTo(c, q, t) }
	if q == s.Seat(c) {
		first, spellOf = 1, func(t int) spell { return spell{c, q, 1, t} }
	} else if !s.moves(c) || !s.takes(c, q) {
		return ""
	}
	for t := s.Last(c); t >= first; t-- {
		if k := s.refuser(spellOf(t)); k != nil {
			return k.Shown()
		}
	}
	return ""
}

// Takers lists the cadres whom some spell moves to, places on, or seconds to, post q, in official order.
func (e *Encoding) Takers(q int) []int {
	var out []int
	for _, i := range e.onPost[q] {
		if sp := e.spells[i]; !e.scene.isStay(sp) && (len(out) == 0 || out[len(out)-1] != sp.cadre) {
			out = append(out, sp.cadre)
		}
	}
	return out
}

// kept tells whether some spell takes cadre c to post q.
func (e *Encoding) kept(c, q int) bool {
	return slices.ContainsFunc(e.columns(c), func(i int) bool { return e.takesTo(i, q) })
}

// takesTo tells whether column i is a spell that takes somebody to post q.
func (e *Encoding) takesTo(i, q int) bool {
	return e.spells[i].post == q && !e.scene.isStay(e.spells[i])
}

// Due, Eligible, Held and OwnGrounds answer, for the lists, what policy/spec/README.md defines.
func (e *Encoding) Due(c, t int) []*policy.Clause { return e.scene.due[c][t] }
func (e *Encoding) Held(c, t int) bool            { return e.scene.held(c, t) }
func (e *Encoding) Deferred(c int) bool           { return e.scene.deferred(c) }

// EligibleUnder lists the active share clauses in whose eligible set cadre c stands in t, in policy order.
func (e *Encoding) EligibleUnder(c, t int) []*policy.Clause {
	var out []*policy.Clause
	for _, k := range e.scene.shares {
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
	for _, i := range e.columns(c) {
		if e.takesTo(i, q) && (best < 0 || e.pairCost[i] < best) {
			best = e.pairCost[i]
		}
	}
	return best
}

// Periods is the number of periods of the horizon.
func (e *Encoding) Periods() int { return e.scene.H }

// Begins is the period in which column j would have somebody begin on another post where he need not: 0 for stays, for columns that
// are no spells, and for the spells of whoever cannot keep his seat to the end, such as a return from a mission or one whose terms run out.
func (e *Encoding) Begins(j int) int {
	if j >= len(e.spells) {
		return 0
	}
	sp := e.spells[j]
	if e.scene.isStay(sp) || !e.scene.arrival(sp.cadre) && !e.StaysOn(sp.cadre) {
		return 0
	}
	return sp.from
}

// Cadre is whom the spell of a column is about, posting.None where it is no spell.
func (e *Encoding) Cadre(j int) int {
	if j >= len(e.spells) {
		return posting.None
	}
	return e.spells[j].cadre
}

// ByUnit lists who has no seat in a unit, and then the people seated in each unit.
func (e *Encoding) ByUnit() [][]int {
	out := make([][]int, 1+len(e.scene.Units))
	for c := range e.scene.Cadres {
		u := posting.None
		if p := e.scene.Seat(c); p != posting.None {
			u = e.scene.UnitOf(p)
		}
		if u == posting.None {
			out[0] = append(out[0], c)
		} else {
			out[u+1] = append(out[u+1], c)
		}
	}
	return out
}

// StaysOn tells whether cadre c can keep his seat to his last period: there is a stay to it, and no hard duty to leave before. His
// stays come first.
func (e *Encoding) StaysOn(c int) bool {
	for t := 1; t <= e.scene.Last(c); t++ {
		if slices.ContainsFunc(e.scene.due[c][t], func(k *policy.Clause) bool { return k.Modality == policy.Hard }) {
			return false
		}
	}
	for _, i := range e.byCadre[c] {
		if sp := e.spells[i]; !e.scene.isStay(sp) {
			return false
		} else if sp.to == e.scene.Last(c) {
			return true
		}
	}
	return false
}
