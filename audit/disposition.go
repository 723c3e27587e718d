package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// disposition: recorded decisions on single cadres are kept, by those who stay and those who move.
type disposition struct{}

func (k disposition) judge(s *scene, c *policy.Clause, out *findings) {
	judgePairs(k, s, c, out)
	for cadre := range s.x.Cadres {
		k.unplaced(s, c, cadre, out)
	}
}

func (k disposition) assess(s *scene, c *policy.Clause, sp spell) result {
	who := &s.x.Cadres[sp.cadre]
	decided := who.Disposition != "" && who.Disposition != posting.Normal
	if !decided && len(who.Unsuited) == 0 || s.x.Leaves(sp.cadre) == 1 {
		return idle
	}
	what, broken := k.broken(s, who, sp)
	if !broken {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "decision", text: s.about(c, sp, what)}
}

// broken tells whether a decision on the cadre is broken by the spell, and how.
func (disposition) broken(s *scene, who *posting.Cadre, sp spell) (i18n.Text, bool) {
	opening := sp.stay() && sp.from == 1
	id := s.x.Posts[sp.post].ID
	switch {
	case who.Disposition == posting.Stay && sp.moved():
		return i18n.T("组织已定不动", "the recorded decision is to stay"), true
	case who.Disposition == posting.MustMove && opening:
		return i18n.T("组织已定必动，方案未调整", "the recorded decision is to move, and the plan does not"), true
	case who.Disposition == posting.Fixed && id != who.FixedPost && (opening || !sp.stay()),
		who.Disposition == posting.Fixed && sp.arrive() && sp.from != s.x.First(sp.cadre):
		return i18n.F("组织已定岗位：%s", "the recorded decision is the post %s", s.postName(s.x.PostAt(who.FixedPost))), true
	case !sp.stay() && (slices.Contains(who.Unsuited, id) || slices.Contains(who.Unsuited, s.unit(sp.post))):
		return i18n.T("组织已定不宜到该岗", "the recorded decision rules this post out"), true
	}
	return i18n.Text{}, false
}

// unplaced judges an arrival who is pinned on a post and holds none.
func (disposition) unplaced(s *scene, c *policy.Clause, cadre int, out *findings) {
	who, first := &s.x.Cadres[cadre], s.x.First(cadre)
	fixed := s.x.PostAt(who.FixedPost)
	if s.x.Seat(cadre) != posting.None || who.Disposition != posting.Fixed || s.begins[cadre] > 0 || first > s.x.Last(cadre) ||
		fixed == posting.None {
		return
	}
	sp := s.spell(cadre, fixed, first)
	switch applies := s.applies(c, sp); {
	case applies == posting.No:
		return
	case applies == posting.Blank && !c.Forbid:
		out.add(unverifiable, s.entry(sp, s.undecided(c, sp)))
		return
	}
	out.breach(entry{subjects: []string{who.ID, who.FixedPost}, period: first, measured: 1, unit: "decision", breach: 1,
		text: of(c, who.Name, i18n.F("组织已定到%s，方案未安排", "decided for %s, and not placed", s.postName(fixed)))})
}
