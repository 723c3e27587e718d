package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// serviceMinimum: nobody leaves the townships before the minimum service there has ended. No rows.
type serviceMinimum struct{}

func (serviceMinimum) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	until := s.Cadres[sp.cadre].ServesUntil
	if !until.Known() || until < s.start(sp.from) || s.unitKind(s.Seat(sp.cadre)) != posting.Township {
		return verdict{}
	}
	to := s.unitKind(sp.post)
	return verdict{breach: count(to != "" && to != posting.Township), unknown: to == ""}
}

// unitKind is the kind of the unit of post p, "" where not given.
func (s *scene) unitKind(p int) posting.UnitKind {
	if u := s.UnitOf(p); u != posting.None {
		return s.Units[u].Kind
	}
	return ""
}
