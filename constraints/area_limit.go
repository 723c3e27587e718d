package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// areaLimit: whoever has served the stated years at one level in one area leaves the area when he moves. No rows.
type areaLimit struct{}

func (areaLimit) sparesReturns() {}

func (areaLimit) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	from, to := s.PlaceOf(s.Seat(sp.cadre)), s.PlaceOf(sp.post)
	served := s.Cadres[sp.cadre].AreaMonths
	if served == posting.Unknown || from == posting.None || to == posting.None {
		return verdict{unknown: true}
	}
	served += s.since(s.Calendar.Date, sp.from)
	return verdict{breach: count(served >= c.Months("years") && s.area(c, from) == s.area(c, to))}
}

// area is the id of the area in which a place lies, as the clause compares them: the place or its parent.
func (s *scene) area(c *policy.Clause, place int) string {
	id := s.Places[place].ID
	if c.Text("area") == "parent" {
		return s.parentOf(id)
	}
	return id
}
