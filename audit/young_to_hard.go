package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// youngToHard: young cadres with little grass-roots work go to the grass roots and to hard places.
type youngToHard struct{}

func (k youngToHard) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (youngToHard) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	young, narrow := posting.Blank, posting.Blank
	if age, known := s.x.Age(sp.cadre, 1); known {
		young = tri(age <= c.Int("age"))
	}
	if g := s.x.Cadres[sp.cadre].Grassroots; g != posting.Unknown {
		narrow = tri(g < c.Int("grassroots_months"))
	}
	hard := s.hardship(sp.post)
	switch target := both(young, narrow); {
	case target == posting.No:
		return idle
	case s.grassroots(sp.post) || hard != posting.Unknown && hard >= c.Int("hardship"):
		return result{}
	case target == posting.Blank:
		return s.lacking(c, sp, i18n.T("出生年月或基层工作经历", "birth or grass-roots work"))
	}
	return result{breach: 1, measured: 1, unit: "person",
		text: s.about(c, sp, i18n.T("基层工作经历较少，所任岗位不在基层或艰苦地方", "little grass-roots work, and the post is neither at the grass roots nor in a hard place"))}
}

// grassroots tells whether a post is in a township.
func (s *scene) grassroots(p int) bool {
	u := s.x.UnitOf(p)
	return u != posting.None && s.x.Units[u].Kind == posting.Township
}
