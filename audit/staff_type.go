package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// staffType: the staff type of the person suits the post.
type staffType struct{}

func (k staffType) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (staffType) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	has, asked := string(s.x.Cadres[sp.cadre].Staff), string(s.x.Posts[sp.post].Staff)
	switch {
	case asked == "" || has == asked:
		return result{}
	case has == "":
		return s.lacking(c, sp, i18n.T("编制类型", "the staff type"))
	case slices.ContainsFunc(c.Table("allowed"), func(r policy.Row) bool { return r["from"] == has && r["to"] == asked }):
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "post",
		text: s.about(c, sp, i18n.F("本人%s编制，岗位要求%s编制", "staff type %s, the post asks %s", has, asked))}
}
