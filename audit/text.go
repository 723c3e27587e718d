package audit

import (
	"fmt"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// holdText is all that is ever said of a hold or deferral, whatever its kind.
var holdText = i18n.T("暂不列入本批（组织掌握）", "not in this batch (held by the organisation)")

// about is a finding on a spell: who is to go where (or stays where), what is the matter, by which clause.
func (s *scene) about(c *policy.Clause, sp spell, what i18n.Text) i18n.Text {
	who, where := s.name(sp.cadre), s.postName(sp.post)
	switch {
	case sp.stay():
		return i18n.F("%[1]s（任%[2]s）：%[3]s（%[4]s）", "%[1]s (in post: %[2]s): %[3]s (%[4]s)", who, where, what, c.Name)
	case sp.second():
		return i18n.F("%[1]s拟挂职%[2]s：%[3]s（%[4]s）", "%[1]s to be seconded to %[2]s: %[3]s (%[4]s)", who, where, what, c.Name)
	}
	return i18n.F("%[1]s拟任%[2]s：%[3]s（%[4]s）", "%[1]s to %[2]s: %[3]s (%[4]s)", who, where, what, c.Name)
}

// of is a finding on whatever `whom` names.
func of(c *policy.Clause, whom any, what i18n.Text) i18n.Text {
	return i18n.F("%[1]s：%[2]s（%[3]s）", "%[1]s: %[2]s (%[3]s)", whom, what, c.Name)
}

func (s *scene) name(c int) string { return s.x.Cadres[c].Name }

// names are several people, as Chinese lists them.
func (s *scene) names(cs []int) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = s.name(c)
	}
	return strings.Join(out, "、")
}

// ids are the ids of several cadres.
func (s *scene) ids(cs []int) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = s.x.Cadres[c].ID
	}
	return out
}

// postName is the full name of a post; a post named without its unit is given it.
func (s *scene) postName(p int) string {
	if p == posting.None {
		return ""
	}
	post := &s.x.Posts[p]
	unit := s.unitName(post.Unit)
	if strings.HasPrefix(post.Name, unit) {
		return post.Name
	}
	return unit + post.Name
}

func (s *scene) unitName(id string) string {
	if u := s.x.UnitAt(id); u != posting.None {
		return s.x.Units[u].Name
	}
	return id
}

// withGround adds to a finding why it is waived.
func withGround(text i18n.Text, ground string) i18n.Text {
	if ground == pinned {
		return i18n.F("%s；按组织决定安排", "%s; by recorded decision", text)
	}
	return i18n.F("%s；经批准的例外（%s）", "%s; approved exception (%s)", text, ground)
}

// batch names period t.
func (s *scene) batch(t int) i18n.Text {
	if s.periods() == 1 {
		return i18n.T("本批", "this batch")
	}
	return i18n.F("第%d期", "batch %d", t)
}

// span is a number of months in words.
func span(months int) i18n.Text {
	return i18n.F("%[1]d年%[2]d个月", "%[3]s %[4]s", months/12, months%12, counted(months/12, "year"), counted(months%12, "month"))
}

// counted is a number with its English noun.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
