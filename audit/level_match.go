package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// levelMatch: the level of the new post equals that of the person.
type levelMatch struct{}

func (k levelMatch) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (levelMatch) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	person, post := s.x.Cadres[sp.cadre].Level, s.x.Posts[sp.post].Level
	if person == posting.LevelUnknown || post == posting.LevelUnknown {
		return s.lacking(c, sp, i18n.T("职务层次", "the level of person or post"))
	}
	d, up, down := int(post-person), c.Int("up"), c.Int("down")
	limit := up
	if d < 0 {
		limit = -down
	}
	return result{breach: max(0, d-up, -d-down), measured: d, limit: limit, unit: "level",
		text: s.about(c, sp, i18n.F("本人%s，岗位%s", "the person is %s, the post %s", person.String(), post.String()))}
}
