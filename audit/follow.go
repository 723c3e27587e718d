package audit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// fault is an impossible sequence of assignments, printed as P02.
type fault struct {
	cadre, period   int
	measured, limit int
	what            faultText
}

// read takes the assignments, sorted for each cadre by period and post, then by all else that a line says, so that the
// order of the lines plays no part.
func (s *scene) read(plan *posting.Plan) error {
	var errs []error
	for _, a := range plan.Assignments {
		c := s.x.CadreAt(a.Cadre)
		if c == posting.None {
			errs = append(errs, i18n.E("方案中的干部 %q 不在干部表中", "the plan names cadre %q, who is not in the table of cadres", a.Cadre))
			continue
		}
		if a.To != "" && s.x.PostAt(a.To) == posting.None {
			errs = append(errs, i18n.E("方案派干部 %q 到岗位 %q，岗位表中没有这个岗位", "the plan sends cadre %q to post %q, which is not in the table of posts", a.Cadre, a.To))
			continue
		}
		if a.Period == 0 {
			a.Period = s.usualPeriod(c, a.To)
		}
		s.given[c] = append(s.given[c], a)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for c := range s.given {
		slices.SortStableFunc(s.given[c], func(a, b posting.Assignment) int {
			if c := cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(s.x.PostAt(a.To), s.x.PostAt(b.To))); c != 0 {
				return c
			}
			return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) // two lines of one person for one post: a fault
		})
		s.follow(c)
	}
	return nil
}

// usualPeriod is the period of an assignment that gives none.
func (s *scene) usualPeriod(c int, to string) int {
	switch {
	case s.x.Seat(c) == posting.None:
		return s.x.First(c)
	case to == "" && s.x.Leaves(c) > 0:
		return s.x.Leaves(c)
	}
	return 1
}

// follow walks through the assignments of one cadre and keeps the first change of post; whatever cannot follow from
// the one before is a fault. A secondment stands beside the main post, whose stay may be listed for the same period.
func (s *scene) follow(c int) {
	now, last, same := s.x.Seat(c), 0, 1
	for i, a := range s.given[c] {
		to, changes := s.x.PostAt(a.To), false
		switch {
		case to == posting.None && s.x.Seat(c) == posting.None: // an arrival left unplaced
		case a.Period < 1 || a.Period > s.x.Calendar.Periods:
			s.fault(c, a.Period, a.Period, s.x.Calendar.Periods, faultPeriod)
		case s.continues(c, to, a.Period): // the secondment goes on
		case to != now && s.x.Seconded(to):
			changes = s.second(c, to, a.Period)
		case a.Period == last:
			same++
			s.fault(c, a.Period, same, 1, faultTwice)
		case to == now:
			last = a.Period
		default:
			if changes = s.change(c, to, a.Period); changes {
				now = to
			}
			last = a.Period
		}
		if changes && s.row[c] == posting.None {
			s.row[c] = i
		}
	}
}

// continues tells whether c is seconded to post q since before t.
func (s *scene) continues(c, q, t int) bool {
	return q != posting.None && s.beside(c, t) == q && s.seconded[c].from < t
}

// second records that c is seconded to seat q from t on, and tells whether he can be: one who has a main post, leaves
// nowhere within the horizon, and is neither moved nor seconded already.
func (s *scene) second(c, q, t int) bool {
	switch {
	case s.x.Seat(c) == posting.None:
		s.fault(c, t, 1, 0, faultNoHome)
	case s.x.Leaves(c) > 0:
		s.fault(c, t, 1, 0, faultLeaver)
	case s.changes(c):
		s.fault(c, t, 2, 1, faultSecond)
	default:
		s.seconded[c] = s.spell(c, q, t)
		return true
	}
	return false
}

// changes tells whether a change of c has been read already.
func (s *scene) changes(c int) bool {
	return s.begins[c] > 0 || s.dropped[c] > 0 || s.seconded[c].post != posting.None
}

// change records that c goes to post `to` (None: leaves) in t, and tells whether it can.
func (s *scene) change(c, to, t int) bool {
	leaves := s.x.Leaves(c)
	switch {
	case leaves > 0 && t >= leaves:
		if to != posting.None {
			s.fault(c, t, 1, 0, faultLeaver)
		}
		return to == posting.None
	case s.changes(c):
		s.fault(c, t, 2, 1, faultSecond)
		return false
	case to == posting.None:
		s.dropped[c] = t
		return true
	case leaves > 0:
		s.fault(c, t, 1, 0, faultLeaver)
	case t < s.x.First(c):
		s.fault(c, t, t, s.x.First(c), faultEarly)
	}
	s.dest[c], s.begins[c] = to, t
	return true
}

func (s *scene) fault(c, t, measured, limit int, what faultText) {
	s.faults = append(s.faults, fault{c, t, measured, limit, what})
}
