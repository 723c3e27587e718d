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
	s.eachKinInPost(c.List("kin"), func(a, b, t int) { k.pair(s, c, a, b, t, out) })
}

// eachKinInPost visits every pair of kin, in every period in which both hold a main post.
func (s *scene) eachKinInPost(groups []string, visit func(a, b, t int)) {
	for _, tie := range s.related(groups) {
		for t := 1; t <= s.periods(); t++ {
			if s.post(tie[0], t) != posting.None && s.post(tie[1], t) != posting.None {
				visit(tie[0], tie[1], t)
			}
		}
	}
}

// related are the pairs of cadres who are kin of one of the groups, in the order of the ties. Two who are kin in several
// ways, or whose tie is entered from both sides, are one pair.
func (s *scene) related(groups []string) [][2]int {
	var out [][2]int
	seen := map[[2]int]bool{}
	for i := range s.x.Ties {
		if a, b, ok := s.tied(groups, i); ok && !seen[[2]int{a, b}] {
			seen[[2]int{a, b}], seen[[2]int{b, a}] = true, true
			out = append(out, [2]int{a, b})
		}
	}
	return out
}

// tied are the two of a tie of one of the groups.
func (s *scene) tied(groups []string, i int) (a, b int, ok bool) {
	tie := &s.x.Ties[i]
	a, b = s.x.CadreAt(tie.A), s.x.CadreAt(tie.B)
	return a, b, slices.Contains(groups, string(tie.Kin)) && a != posting.None && b != posting.None
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
func (kinAvoidance) seatClashes(s *scene, c *policy.Clause, cadre int) bool {
	for _, i := range s.ties[cadre] {
		a, b, ok := s.tied(c.List("kin"), i)
		if !ok || s.x.Seat(a) == posting.None || s.x.Seat(b) == posting.None {
			continue
		}
		if clash := s.clash(s.x.Seat(a), s.x.Seat(b)); clash == posting.Yes || clash == posting.Blank && c.Forbid {
			return true
		}
	}
	return false
}
