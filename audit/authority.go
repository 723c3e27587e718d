package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// authority: person and post both stand under the planning authority, and middle-level posts change hands only
// inside the unit or system.
type authority struct{}

func (k authority) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k authority) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	person, post := s.x.Cadres[sp.cadre].Authority, s.x.Posts[sp.post].Authority
	breach := 0
	for _, broken := range []bool{
		person != "" && person != s.pol.Authority,
		post != "" && post != s.pol.Authority,
		c.Text("nominated") == "forbid" && s.x.Posts[sp.post].Nominated && !s.fixedOn(sp.cadre, sp.post),
		sp.moved() && !s.returns(sp) && s.x.Posts[sp.post].Term == posting.TermOrdinary && k.tooFar(s, c.Text("staff_within"), s.x.Seat(sp.cadre), sp.post),
	} {
		if broken {
			breach++
		}
	}
	if breach == 0 && (person == "" || post == "") {
		return s.lacking(c, sp, i18n.T("管理权限", "the authority of person or post"))
	}
	return result{breach: breach, measured: breach, unit: "post",
		text: s.about(c, sp, i18n.T("人选或岗位不在本级管理权限或调整范围之内", "person or post lies outside the authority or the range of moves"))}
}

// tooFar tells whether a move between p and q, one of them below the leading posts, leaves its range.
func (authority) tooFar(s *scene, within string, p, q int) bool {
	from, to := &s.x.Posts[p], &s.x.Posts[q]
	if from.Leading && to.Leading || from.Unit == to.Unit || within == "any" {
		return false
	}
	return within == "unit" || s.system(p) == "" || s.system(p) != s.system(q)
}

// system is the 系统 of a post's unit, "" where not given.
func (s *scene) system(p int) string {
	if u := s.x.UnitOf(p); u != posting.None {
		return s.x.Units[u].System
	}
	return ""
}
