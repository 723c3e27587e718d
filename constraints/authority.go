package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// authority: person and post stand under the planning authority. No rows.
type authority struct{}

func (authority) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	pinned := s.fixedOn(sp.cadre, sp.post)
	v := verdict{
		breach: count(p.Authority != "" && p.Authority != s.pol.Authority) +
			count(q.Authority != "" && q.Authority != s.pol.Authority) +
			count(q.Nominated && !pinned && c.Text("nominated") == "forbid") +
			count(!s.arrival(sp.cadre) && !s.isReturn(sp) && q.Term == posting.TermOrdinary && s.beyond(c.Text("staff_within"), s.Seat(sp.cadre), sp.post)),
		unknown: p.Authority == "" || q.Authority == "",
	}
	v.unknown = v.unknown && v.breach == 0
	return v
}

// facet: a post of another authority is refused whatever else it is.
func (authority) facet(s *scene, q int) facet {
	p := &s.Posts[q]
	if p.Authority != "" && p.Authority != s.pol.Authority {
		return facet{"other"}
	}
	return facet{p.Authority, p.Nominated, p.Leading, s.system(q)}
}

// beyond tells whether a move between posts of which one is no leading post goes farther than allowed.
func (s *scene) beyond(within string, from, to int) bool {
	p, q := &s.Posts[from], &s.Posts[to]
	if p.Leading && q.Leading || p.Unit == q.Unit || within == "any" {
		return false
	}
	return within == "unit" || s.system(from) == "" || s.system(from) != s.system(to)
}

func (s *scene) system(p int) string {
	if u := s.UnitOf(p); u != posting.None {
		return s.Units[u].System
	}
	return ""
}
