package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// areaAvoidance: nobody holds a post marked 地域回避 of the area in which he grew up. Stays are judged too.
type areaAvoidance struct{}

func (k areaAvoidance) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (areaAvoidance) assess(s *scene, c *policy.Clause, sp spell) result {
	if !s.x.Posts[sp.post].HomeArea {
		return result{}
	}
	grew, where := s.x.Cadres[sp.cadre].GrewUp, s.x.PlaceOf(sp.post)
	if grew == posting.Elsewhere {
		return result{}
	}
	if grew == "" || where == posting.None {
		return s.lacking(c, sp, i18n.T("成长地或岗位所在地", "where the person grew up, or the place of the post"))
	}
	if s.area(c, grew) != s.area(c, s.x.Places[where].ID) {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "post",
		text: s.about(c, sp, i18n.T("岗位在本人成长地，应当回避", "the post is in the area in which the person grew up"))}
}

// area is the place itself or its parent (itself where it has none), as the clause compares them.
func (s *scene) area(c *policy.Clause, place string) string {
	z := s.x.PlaceAt(place)
	if c.Text("area") == "parent" && z != posting.None && s.x.Places[z].Parent != "" {
		return s.x.Places[z].Parent
	}
	return place
}
