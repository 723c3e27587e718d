package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// zoneCoverage: from the stated age on, a move goes to a zone in which its cadre has not served long enough yet. No rows.
type zoneCoverage struct{}

func (zoneCoverage) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	age, known := s.Age(sp.cadre, sp.from)
	if !known {
		return verdict{unknown: true}
	}
	open := s.openZones(c, sp.cadre)
	if age < c.Int("from_age") || len(open) == 0 {
		return verdict{}
	}
	zone := s.zone(s.PlaceOf(sp.post))
	return verdict{breach: count(zone != "" && !slices.Contains(open, zone)), unknown: zone == ""}
}

// zone is the zone of a place, "" where it is not given.
func (s *scene) zone(place int) string {
	if place == posting.None {
		return ""
	}
	return s.Places[place].Zone
}

// openZones lists the zones of the clause in which cadre c has served less than the stated time.
func (s *scene) openZones(c *policy.Clause, i int) []string {
	served := s.served(i)
	var open []string
	for _, z := range c.List("zones") {
		if served[z] < c.Months("years") {
			open = append(open, z)
		}
	}
	return open
}

// served is the months that cadre i has served in each zone: the stints of his history that have both dates, and his seat.
func (s *scene) served(i int) map[string]int {
	out := map[string]int{}
	for _, n := range s.where.stints[s.Cadres[i].ID] {
		h := &s.History[n]
		u := s.UnitAt(h.Unit)
		if u != posting.None && h.From.Known() && h.To.Known() {
			out[s.zone(s.PlaceAt(s.Units[u].Place))] += max(0, int(h.To-h.From))
		}
	}
	if months, known := s.Tenure(i, 1); known {
		out[s.zone(s.PlaceOf(s.Seat(i)))] += months
	}
	return out
}
