package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// qualification: the person has what the post asks for. The text names the requirement, never what the person is.
type qualification struct{}

func (k qualification) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

// requirement is one thing that a post may ask for; meets is Blank where the person's field is blank.
type requirement struct {
	item   string
	stated bool
	meets  posting.Tri
	name   i18n.Text
}

func (k qualification) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	listed := slices.DeleteFunc(k.requirements(&s.x.Cadres[sp.cadre], &s.x.Posts[sp.post]), func(r requirement) bool {
		return !slices.Contains(c.List("items"), r.item)
	})
	n, broken, blank := unmet(listed)
	if n == 0 && blank != (i18n.Text{}) {
		return s.lacking(c, sp, blank)
	}
	return result{breach: n, measured: n, unit: "requirement",
		text: s.about(c, sp, i18n.F("不具备岗位要求的%s", "does not have what the post asks: %s", broken))}
}

// unmet counts and names the stated requirements that are known not to be met, and names those that cannot be known.
func unmet(all []requirement) (n int, broken, blank i18n.Text) {
	for _, r := range all {
		switch {
		case !r.stated:
		case r.meets == posting.No:
			n++
			broken = join(broken, r.name)
		case r.meets == posting.Blank:
			blank = join(blank, r.name)
		}
	}
	return n, broken, blank
}

func (qualification) requirements(who *posting.Cadre, post *posting.Post) []requirement {
	return []requirement{
		{"party", post.NeedParty != "", equal(who.Party, post.NeedParty), i18n.T("政治面貌条件", "the political affiliation")},
		{"ethnicity", post.NeedEthnicity != "", equal(who.Ethnicity, post.NeedEthnicity), i18n.T("民族条件", "the ethnicity set by law")},
		{"degree", post.NeedDegree != 0, atLeast(who.Degree != 0, int(who.Degree), int(post.NeedDegree)),
			i18n.F("%s以上学历", "the degree (%s)", post.NeedDegree.String())},
		{"licence", post.NeedLicence != "", tri(slices.Contains(who.Licences, post.NeedLicence)),
			i18n.F("执业资格（%s）", "the licence (%s)", post.NeedLicence)},
		{"grassroots", post.NeedGrassroots != 0, atLeast(who.Grassroots != posting.Unknown, who.Grassroots, post.NeedGrassroots),
			i18n.F("基层工作经历（%d个月）", "the grass-roots work (%d months)", post.NeedGrassroots)},
	}
}

// equal compares a person's field with the one asked for; Blank where the person's is.
func equal(has, asked string) posting.Tri {
	if has == "" {
		return posting.Blank
	}
	return tri(has == asked)
}

// atLeast compares a person's number with the one asked for; Blank where the person's is not known.
func atLeast(known bool, has, asked int) posting.Tri {
	if !known {
		return posting.Blank
	}
	return tri(has >= asked)
}
