package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// seatsFilled: no principal seat or must-fill seat stays empty; other seats are filled where possible.
type seatsFilled struct{}

func (k seatsFilled) judge(s *scene, c *policy.Clause, out *findings) {
	for p := range s.x.Posts {
		if !k.judged(s, c, p) {
			continue
		}
		for t := 1; t <= s.periods(); t++ {
			if c.To.Match(s.x, posting.None, p, t) == posting.Yes {
				k.seat(s, c, p, t, out)
			}
		}
	}
}

func (seatsFilled) judged(s *scene, c *policy.Clause, p int) bool {
	post := &s.x.Posts[p]
	open := post.Filling == posting.Fillable || post.Filling == posting.MustFill
	first := post.Role.Principal() || post.Filling == posting.MustFill
	return open && post.Authority == s.pol.Authority && first == (c.Text("seats") == "principal")
}

func (seatsFilled) seat(s *scene, c *policy.Clause, p, t int, out *findings) {
	if len(s.holders[t][p]) > 0 {
		out.keep(1)
		return
	}
	out.breach(entry{subjects: []string{s.x.Posts[p].ID}, period: t, measured: 0, limit: 1, unit: "seat", breach: 1,
		exception: s.waiver(c, t, s.postSubjects(p)...),
		text:      of(c, s.postName(p), i18n.T("待补", "left empty"))})
}
