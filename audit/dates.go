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

// dates are, by cadre, the first month in which his change or leaving can take effect, not known for one who has none:
// the start of its period, but not before he arrives or leaves, the mission or secondment that it ends is over, and
// whoever gives the post up has done so. The members of a cycle take the latest of their dates.
//
// Dates of one period depend on each other and on secondments begun before; each pass settles one link of every chain.
func (s *scene) dates() []posting.Month {
	out := make([]posting.Month, len(s.x.Cadres))
	for c := range out {
		out[c] = s.ownDate(c)
	}
	for changed := true; changed; {
		changed = false
		for c := range out {
			sp, ok := s.changed(c)
			if !ok || s.left(c, sp.from) {
				continue
			}
			for _, h := range s.givers(sp.post, sp.from) {
				if d := s.vacates(h, sp.post, sp.from, out[h]); d > out[c] {
					out[c], changed = d, true
				}
			}
		}
	}
	return out
}

// ownDate is the first month for the change of c as far as he himself decides it.
func (s *scene) ownDate(c int) posting.Month {
	sp, ok := s.changed(c)
	switch {
	case s.x.Leaves(c) > 0:
		return max(s.start(s.x.Leaves(c)), s.leaveMonth(c))
	case s.dropped[c] > 0:
		return s.start(s.dropped[c])
	case !ok:
		return 0
	case s.x.Seat(c) == posting.None:
		return max(s.start(sp.from), s.x.Cadres[c].Arrives)
	case s.endsWith(sp):
		return max(s.start(sp.from), s.x.Cadres[c].DutyUntil+1)
	}
	return s.start(sp.from)
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

// vacates is the month in which h gives up q in t, where his own change, if he has one, takes effect on the date: with that
// change, or when the secondment by which he holds q is over.
func (s *scene) vacates(h, q, t int, date posting.Month) posting.Month {
	switch sp := s.seconded[h]; {
	case sp.post == q && sp.until+1 == t:
		return date + posting.Month(s.term(q))
	case s.post(h, t) != s.x.Seat(h):
		return date
	}
	return s.x.Cadres[h].DutyUntil + 1
}
