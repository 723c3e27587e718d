package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// areaAvoidance: nobody holds a listed post of the area in which he grew up; stays are judged too. No rows.
type areaAvoidance struct{}

func (areaAvoidance) judgesStays() {}

func (areaAvoidance) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if !s.Posts[sp.post].HomeArea {
		return verdict{}
	}
	grew, place := s.Cadres[sp.cadre].GrewUp, s.PlaceOf(sp.post)
	if grew == posting.Elsewhere {
		return verdict{}
	}
	if grew == "" || place == posting.None {
		return verdict{unknown: true}
	}
	area := s.Places[place].ID
	if c.Text("area") == "parent" {
		area, grew = s.parentOf(area), s.parentOf(grew)
	}
	return verdict{breach: count(area == grew)}
}

// parentOf is the parent of a place, or the place itself where it has none.
func (s *scene) parentOf(id string) string {
	if p := s.PlaceAt(id); p != posting.None && s.Places[p].Parent != "" {
		return s.Places[p].Parent
	}
	return id
}
