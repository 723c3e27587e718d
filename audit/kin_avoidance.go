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
	s.eachKinInPost(c.List("kin"), func(a, b, t int) { s.judgeKin(c, k.rule(s), a, b, t, out) })
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

// kinRule is what two kin may not hold at once: Blank where that cannot be told.
type kinRule struct {
	clash         func(p, q int) posting.Tri
	broken, blank i18n.Text
}

func (k kinAvoidance) rule(s *scene) kinRule {
	return kinRule{s.clash,
		i18n.T("有亲属关系，岗位有直接上下级关系或者受同一领导直接领导", "kin in posts under one direct leader, or one directly above the other"),
		i18n.T("有亲属关系，缺少直接上级信息，无法核实", "kin in one organ; cannot be verified: the direct superior is not given")}
}

// judgeKin judges two kin in t by the posts that each holds, main posts before secondment seats. The first pair of posts
// that clash counts, one that is not exempt before those that are.
func (s *scene) judgeKin(c *policy.Clause, rule kinRule, a, b, t int, out *findings) {
	var broken, blank []entry
	for _, p := range s.serves(a, t) {
		for _, q := range s.serves(b, t) {
			switch clash := rule.clash(p, q); {
			case clash == posting.Yes || clash == posting.Blank && c.Forbid:
				broken = append(broken, s.kinEntry(c, a, b, p, q, t, rule.broken))
			case clash == posting.Blank:
				blank = append(blank, s.kinEntry(c, a, b, p, q, t, rule.blank))
			}
		}
	}
	switch {
	case len(broken) > 0:
		unexempt := slices.IndexFunc(broken, func(e entry) bool { return e.exception == "" })
		out.breach(broken[max(unexempt, 0)])
	case len(blank) > 0:
		e := blank[0].bare()
		e.measured = posting.Unknown
		out.add(unverifiable, e)
	default:
		out.keep(1)
	}
}

// serves are the posts of c in t at which he serves: the main post, then the seat to which the plan seconds him.
func (s *scene) serves(c, t int) []int {
	out := []int{s.post(c, t)}
	if q := s.beside(c, t); q != posting.None {
		out = append(out, q)
	}
	return out
}

func (s *scene) kinEntry(c *policy.Clause, a, b, p, q, t int, what i18n.Text) entry {
	whom := i18n.F("%[1]s（%[2]s）、%[3]s（%[4]s）", "%[1]s (%[2]s), %[3]s (%[4]s)", s.name(a), s.postName(p), s.name(b), s.postName(q))
	return entry{subjects: []string{s.x.Cadres[a].ID, s.x.Cadres[b].ID, s.x.Posts[p].ID, s.x.Posts[q].ID}, period: t,
		measured: 1, unit: "pair", breach: 1, exception: s.kinExempt(c, a, b, p, q, t), text: of(c, whom, what)}
}

// kinExempt: an exception on either, or on one of the two posts or their unit; or both are fixed on these posts by pins.
func (s *scene) kinExempt(c *policy.Clause, a, b, p, q, t int) string {
	if c.Modality == policy.Hard {
		return ""
	}
	subjects := slices.Concat(s.ids([]int{a, b}), s.postSubjects(p), s.postSubjects(q))
	if no := s.exception(c, t, subjects...); no != "" {
		return no
	}
	if s.settled(a, p) && s.settled(b, q) {
		return pinned
	}
	return ""
}

// settled tells whether a pin fixes c on post p, which he holds: 不动 and it is p0, or 定岗 on it.
func (s *scene) settled(c, p int) bool {
	return s.x.Seat(c) == p && s.x.Cadres[c].Disposition == posting.Stay || s.fixedOn(c, p)
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
