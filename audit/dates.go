package audit

import (
	"slices"

	"cadre/posting"
)

// givers are those who give up post q in t: they held it in the period before (on the plan date, for the first), and do
// not hold it in t.
func (s *scene) givers(q, t int) []int {
	var out []int
	for _, h := range s.holders[t-1][q] {
		if !slices.Contains(s.holders[t][q], h) {
			out = append(out, h)
		}
	}
	return out
}

// stated is the assignment by which c changes or leaves in t, as the plan gives it; the zero one where it gives none.
func (s *scene) stated(c, t int) posting.Assignment {
	if i := s.row[c]; i != posting.None && s.given[c][i].Period == t {
		return s.given[c][i]
	}
	return posting.Assignment{}
}

// earliest is the first month in which the change or leaving of c can take effect, as far as the input alone decides it:
// the start of its period, but not before he arrives or leaves, the mission or secondment that ends with it is over, and
// those who give the post up have left or end the duty for which they held it.
func (s *scene) earliest(c int) posting.Month {
	sp, ok := s.changed(c)
	switch {
	case s.x.Leaves(c) > 0:
		return max(s.start(s.x.Leaves(c)), s.leaveMonth(c))
	case s.dropped[c] > 0:
		return s.start(s.dropped[c])
	case !ok:
		return 0
	}
	out := max(s.start(sp.from), s.x.Cadres[c].Arrives) // not known for whoever is seated
	if s.endsWith(sp) {
		out = max(out, s.x.Cadres[c].DutyUntil+1)
	}
	for _, h := range s.givers(sp.post, sp.from) {
		out = max(out, s.vacates(h, sp.post, sp.from))
	}
	return out
}

// endsWith tells whether a mission ends with the change, or a secondment of the plan date that is over by its period.
func (s *scene) endsWith(sp spell) bool {
	end := s.x.Ends(sp.cadre)
	return s.returns(sp) || end > 0 && sp.from >= end && slices.ContainsFunc(s.concurrent[sp.cadre], s.x.Seconded)
}

// leaveMonth is the month of the recorded departure of c; not known where there is none.
func (s *scene) leaveMonth(c int) posting.Month {
	var out posting.Month
	for _, d := range s.x.Departures {
		if d.Cadre == s.x.Cadres[c].ID {
			out = d.Month // as posting.Index, the last of several
		}
	}
	return out
}

// vacates is the month in which h gives up q in t, by the input: he leaves, or the duty ends for which he held it beside
// his main post; not known where a change of the plan decides it.
func (s *scene) vacates(h, q, t int) posting.Month {
	switch {
	case s.x.Leaves(h) == t:
		return s.leaveMonth(h)
	case s.post(h, t) == s.x.Seat(h) && s.seconded[h].post != q:
		return s.x.Cadres[h].DutyUntil + 1
	}
	return 0
}
