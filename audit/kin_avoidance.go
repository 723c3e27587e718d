package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// kinAvoidance: kin do not hold posts of one organ that share a direct leader or stand one above the other.
type kinAvoidance struct{}

func (k kinAvoidance) judge(s *scene, c *policy.Clause, out *findings) {
	for i := range s.x.Ties {
		for t := 1; t <= s.periods(); t++ {
			if a, b, ok := k.tied(s, c, i); ok && s.post(a, t) != posting.None && s.post(b, t) != posting.None {
				k.pair(s, c, a, b, t, out)
			}
		}
	}
}

// tied are the two of a tie of a listed group.
func (kinAvoidance) tied(s *scene, c *policy.Clause, i int) (a, b int, ok bool) {
	tie := &s.x.Ties[i]
	a, b = s.x.CadreAt(tie.A), s.x.CadreAt(tie.B)
	return a, b, slices.Contains(c.List("kin"), string(tie.Kin)) && a != posting.None && b != posting.None
}

func (k kinAvoidance) pair(s *scene, c *policy.Clause, a, b, t int, out *findings) {
	p, q := s.post(a, t), s.post(b, t)
	e := entry{subjects: []string{s.x.Cadres[a].ID, s.x.Cadres[b].ID, s.x.Posts[p].ID, s.x.Posts[q].ID}, period: t,
		measured: 1, unit: "pair", breach: 1}
	whom := i18n.F("%[1]s（%[2]s）、%[3]s（%[4]s）", "%[1]s (%[2]s), %[3]s (%[4]s)", s.name(a), s.postName(p), s.name(b), s.postName(q))
	switch clash := s.clash(p, q); {
	case clash == posting.Yes || clash == posting.Blank && c.Forbid:
		e.text = of(c, whom, i18n.T("有亲属关系，岗位有直接上下级关系或者受同一领导直接领导", "kin in posts under one direct leader, or one directly above the other"))
		e.exception = k.exempt(s, c, a, b, t)
		out.breach(e)
	case clash == posting.Blank:
		e.measured = posting.Unknown
		e.text = of(c, whom, i18n.T("有亲属关系，缺少直接上级信息，无法核实", "kin in one organ; cannot be verified: the direct superior is not given"))
		out.add(unverifiable, e)
	default:
		out.keep(1)
	}
}

// exempt: an exception on either, or on one of the two posts or their unit; or both are fixed by pins.
func (kinAvoidance) exempt(s *scene, c *policy.Clause, a, b, t int) string {
	if c.Modality == policy.Hard {
		return ""
	}
	p, q := s.post(a, t), s.post(b, t)
	subjects := slices.Concat(s.ids([]int{a, b}), s.postSubjects(p), s.postSubjects(q))
	if no := s.exception(c, t, subjects...); no != "" {
		return no
	}
	if s.settled(a, t) && s.settled(b, t) {
		return pinned
	}
	return ""
}

// settled tells whether a pin fixes the spell of c in t: 不动 and he stays, or 定岗 on the post that he holds.
func (s *scene) settled(c, t int) bool {
	stays := !s.movedBy(c, t) && s.x.Cadres[c].Disposition == posting.Stay
	return stays || s.fixedOn(c, s.post(c, t))
}

// clash tells whether posts p and q stand in the relation that kin avoid; Blank where a superior that would decide it
// is not given.
func (s *scene) clash(p, q int) posting.Tri {
	a, b := &s.x.Posts[p], &s.x.Posts[q]
	switch {
	case a.Unit != b.Unit:
		return posting.No
	case a.Superior == b.ID, b.Superior == a.ID, a.Superior != "" && a.Superior == b.Superior:
		return posting.Yes
	case !a.Role.Principal() && !b.Role.Principal() && (a.Superior == "" || b.Superior == ""):
		return posting.Blank
	}
	return posting.No
}

// seatClashes tells whether c's seat breaks the clause with the holders of the plan date.
func (k kinAvoidance) seatClashes(s *scene, c *policy.Clause, cadre int) bool {
	for _, i := range s.ties[cadre] {
		a, b, ok := k.tied(s, c, i)
		if !ok || s.x.Seat(a) == posting.None || s.x.Seat(b) == posting.None {
			continue
		}
		if clash := s.clash(s.x.Seat(a), s.x.Seat(b)); clash == posting.Yes || clash == posting.Blank && c.Forbid {
			return true
		}
	}
	return false
}
