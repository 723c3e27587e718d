package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// disposition: recorded decisions on single cadres are kept, by those who stay, those who move and those seconded.
type disposition struct{}

func (k disposition) judge(s *scene, c *policy.Clause, out *findings) {
	judgePairs(k, s, c, out)
	for cadre := range s.x.Cadres {
		k.unplaced(s, c, cadre, out)
		k.notSeconded(s, c, cadre, out)
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
	elsewhere := opening && !s.x.Seconded(s.x.PostAt(who.FixedPost)) || !sp.stay()
	id := s.x.Posts[sp.post].ID
	switch {
	case who.Disposition == posting.Stay && sp.moved():
		return i18n.T("组织已定不动", "the recorded decision is to stay"), true
	case who.Disposition == posting.MustMove && opening:
		return i18n.T("组织已定必动，方案未调整", "the recorded decision is to move, and the plan does not"), true
	case who.Disposition == posting.Fixed && id != who.FixedPost && elsewhere,
		who.Disposition == posting.Fixed && sp.arrive() && sp.from != s.x.First(sp.cadre),
		who.Disposition == posting.Fixed && sp.second() && sp.from != 1:
		return i18n.F("组织已定岗位：%s", "the recorded decision is the post %s", s.postName(s.x.PostAt(who.FixedPost))), true
	case !sp.stay() && (slices.Contains(who.Unsuited, id) || slices.Contains(who.Unsuited, s.unit(sp.post))):
		return i18n.T("组织已定不宜到该岗", "the recorded decision rules this post out"), true
	}
	return i18n.Text{}, false
}

// unplaced judges an arrival who is pinned on a post and holds none.
func (k disposition) unplaced(s *scene, c *policy.Clause, cadre int, out *findings) {
	who, first := &s.x.Cadres[cadre], s.x.First(cadre)
	fixed := s.x.PostAt(who.FixedPost)
	if s.x.Seat(cadre) != posting.None || who.Disposition != posting.Fixed || s.begins[cadre] > 0 || first > s.x.Last(cadre) ||
		fixed == posting.None {
		return
	}
	k.missing(s, c, s.spell(cadre, fixed, first), out)
}

// notSeconded judges one who is pinned on a secondment seat and is not seconded to it at all.
func (k disposition) notSeconded(s *scene, c *policy.Clause, cadre int, out *findings) {
	who := &s.x.Cadres[cadre]
	fixed := s.x.PostAt(who.FixedPost)
	if s.x.Seat(cadre) == posting.None || s.x.Seat(cadre) == fixed || who.Disposition != posting.Fixed || !s.x.Seconded(fixed) || s.x.Leaves(cadre) == 1 {
		return
	}
	if s.seconded[cadre].post != fixed {
		k.missing(s, c, s.spell(cadre, fixed, 1), out)
	}
}

// missing is the finding that a spell which a decision asks for is not in the plan.
func (disposition) missing(s *scene, c *policy.Clause, sp spell, out *findings) {
	switch applies := s.applies(c, sp); {
	case applies == posting.No:
		return
	case applies == posting.Blank && !c.Forbid:
		out.add(unverifiable, s.entry(sp, s.undecided(c, sp)))
		return
	}
	out.breach(entry{subjects: []string{s.x.Cadres[sp.cadre].ID, s.x.Posts[sp.post].ID}, period: sp.from, measured: 1, unit: "decision", breach: 1,
		text: of(c, s.name(sp.cadre), i18n.F("组织已定到%s，方案未安排", "decided for %s, and not placed", s.postName(sp.post)))})
}
