package audit

import (
	"strings"

	"cadre/posting"
)

// Metrics of a report, over the whole horizon. Those that single kinds add stand on their pages in policy/spec.
//
//	cadres_seated, cadres_arriving      people in the tables
//	stays                               seated cadres who neither move nor leave
//	moves                               moves of seated cadres; moves_transfer, _rotate, _advance, _promote, _support by type
//	returns                             of these, returns from a mission
//	secondments                         of the stays, cadres whom the plan seconds
//	placements, unplaced                arrivals placed, and not placed within the horizon
//	departures                          leavers of the input
//	seats_empty, seats_opened           posts empty at the end; of these, held on the plan date
//	flow_place_better_to_harder         moves by the tier (条件层次) of place; also _harder_to_better, _level, _unknown
//	flow_unit_better_to_harder ...      the same by the tier of unit
//	due, due_moved                      people due to move in period 1, and those of them who hold another post at the end
//	pins_stay, pins_move, pins_fixed, pins_unsuited   recorded decisions, people
//	exceptions_recorded, exceptions_used   approved exceptions, and those that waive something in this plan
//	waived_by_pin                       entries waived by a pin
//	lodging_used.<place>, lodging_limit.<place>   places used and there in the last period, by the first lodging clause
//	<clause>.up, <clause>.down          of flow_balance: moves to better tiers and to harder ones, pinned ones included
//	<clause>.moved, <clause>.class      of class_balance: who moves in period 1, of all and of the class
//	<clause>.breach                     sum of the breaches of a clause that is measured only
//	office_moved_<group>, office_hard_<group>   movers and arrivals, and those of them who go to a place of hardship class 1 or
//	                                    above, by group: women, men, sex_unknown; minority, han, ethnicity_unknown;
//	                                    age_to_35, age_36_to_45, age_46_to_55, age_from_56, age_unknown. For the check by the office
//	                                    alone; the only metrics that read protected attributes.
func (s *scene) measure(out *findings) {
	m := out.metrics
	for _, name := range fixedMetrics {
		m[name] = 0
	}
	for c := range s.x.Cadres {
		s.measurePerson(c, m)
		s.measurePins(c, m)
	}
	s.measureSeats(m)
	s.measureExceptions(out)
	s.measureLodging(m)
}

// fixedMetrics are present in every report, if only as 0.
var fixedMetrics = []string{"cadres_seated", "cadres_arriving", "stays", "moves", "moves_transfer", "moves_rotate", "moves_advance",
	"moves_promote", "moves_support", "returns", "secondments", "placements", "unplaced", "departures", "seats_empty", "seats_opened",
	"flow_place_better_to_harder", "flow_place_harder_to_better", "flow_place_level", "flow_place_unknown",
	"flow_unit_better_to_harder", "flow_unit_harder_to_better", "flow_unit_level", "flow_unit_unknown",
	"due", "due_moved", "pins_stay", "pins_move", "pins_fixed", "pins_unsuited",
	"exceptions_recorded", "exceptions_used", "waived_by_pin"}

func (s *scene) measurePerson(c int, m map[string]float64) {
	seated := s.x.Seat(c) != posting.None
	switch {
	case seated:
		m["cadres_seated"]++
	default:
		m["cadres_arriving"]++
	}
	if s.x.Leaves(c) > 0 {
		m["departures"]++
	}
	if s.seconded[c].post != posting.None {
		m["secondments"]++
	}
	if len(s.due(c, 1)) > 0 {
		m["due"]++
		if s.begins[c] > 0 {
			m["due_moved"]++
		}
	}
	switch q := s.dest[c]; {
	case s.begins[c] == 0 && !seated:
		m["unplaced"]++
	case s.begins[c] == 0:
		if s.x.Leaves(c) == 0 && s.dropped[c] == 0 {
			m["stays"]++
		}
	case !seated:
		m["placements"]++
		s.measureOffice(c, q, m)
	default:
		m["moves"]++
		if s.returning(c, s.begins[c]) {
			m["returns"]++
		}
		m["moves_"+string(s.moveType(c, q))]++
		m["flow_place_"+direction(s.placeTier(s.x.Seat(c)), s.placeTier(q))]++
		m["flow_unit_"+direction(s.unitTier(s.x.Seat(c)), s.unitTier(q))]++
		s.measureOffice(c, q, m)
	}
}

// direction compares two tiers, 1 the best.
func direction(from, to int) string {
	switch {
	case from == posting.Unknown || to == posting.Unknown:
		return "unknown"
	case to > from:
		return "better_to_harder"
	case to < from:
		return "harder_to_better"
	}
	return "level"
}

// listedHardship is the least hardship class of a hard place: 0 is a place that is not listed.
const listedHardship = 1

func (s *scene) measureOffice(c, q int, m map[string]float64) {
	for _, group := range s.groups(c) {
		m["office_moved_"+group]++
		if s.hardship(q) >= listedHardship {
			m["office_hard_"+group]++
		}
	}
}

// groups are the groups of the office check to which c belongs.
func (s *scene) groups(c int) []string {
	who := &s.x.Cadres[c]
	sex := map[string]string{"女": "women", "男": "men"}[who.Sex]
	if sex == "" {
		sex = "sex_unknown"
	}
	ethnicity := "minority"
	switch who.Ethnicity {
	case "":
		ethnicity = "ethnicity_unknown"
	case "汉族", "汉":
		ethnicity = "han"
	}
	return []string{sex, ethnicity, s.ageGroup(c)}
}

func (s *scene) ageGroup(c int) string {
	age, known := s.x.Age(c, 1)
	switch {
	case !known:
		return "age_unknown"
	case age <= 35:
		return "age_to_35"
	case age <= 45:
		return "age_36_to_45"
	case age <= 55:
		return "age_46_to_55"
	}
	return "age_from_56"
}

func (s *scene) measurePins(c int, m map[string]float64) {
	who := &s.x.Cadres[c]
	names := map[posting.Disposition]string{posting.Stay: "pins_stay", posting.MustMove: "pins_move", posting.Fixed: "pins_fixed"}
	if name := names[who.Disposition]; name != "" {
		m[name]++
	}
	if len(who.Unsuited) > 0 {
		m["pins_unsuited"]++
	}
}

func (s *scene) measureSeats(m map[string]float64) {
	for p := range s.x.Posts {
		if len(s.holders[s.periods()][p]) > 0 {
			continue
		}
		m["seats_empty"]++
		if len(s.x.Holders(p)) > 0 {
			m["seats_opened"]++
		}
	}
}

func (s *scene) measureExceptions(out *findings) {
	used := map[string]bool{}
	for _, e := range out.entries[waived] {
		if e.exception == pinned {
			out.metrics["waived_by_pin"]++
		}
		for _, no := range strings.Split(e.exception, groundSeparator) {
			used[no] = true
		}
	}
	numbers := map[string]bool{}
	for _, e := range s.x.Exceptions {
		numbers[e.No] = true
	}
	out.metrics["exceptions_recorded"] = float64(len(numbers))
	for no := range numbers {
		if used[no] {
			out.metrics["exceptions_used"]++
		}
	}
}

func (s *scene) measureLodging(m map[string]float64) {
	clauses := s.pol.ActiveOf("lodging")
	if len(clauses) == 0 {
		return
	}
	for z := range s.x.Places {
		l := lodging{}.lodgers(s, clauses[0], z, s.periods())
		if l.limited {
			m["lodging_used."+s.x.Places[z].ID], m["lodging_limit."+s.x.Places[z].ID] = float64(l.usedAll), float64(l.limit)
		}
	}
}
