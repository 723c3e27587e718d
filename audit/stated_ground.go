package audit

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// statedGround: every change has a ground, and none is cited whose source does not cover the person's level.
type statedGround struct{}

func (k statedGround) judge(s *scene, c *policy.Clause, out *findings) {
	for _, category := range []string{"work", "training", "long", "avoidance", "other"} {
		out.metrics[c.ID+"."+category] = 0
	}
	for cadre := range s.x.Cadres {
		grounds := s.departure(cadre)
		sp, changes := s.changed(cadre)
		if changes {
			grounds = s.grounds(sp)
			k.change(s, c, sp, grounds, out)
		}
		if len(grounds) > 0 {
			out.metrics[c.ID+"."+k.category(s, sp, changes, grounds[0])]++
		}
	}
}

func (k statedGround) change(s *scene, c *policy.Clause, sp spell, grounds []string, out *findings) {
	e := entry{subjects: []string{s.x.Cadres[sp.cadre].ID, s.x.Posts[sp.post].ID}, period: sp.from, breach: 1}
	kept := len(grounds) > 0
	if !kept {
		e.limit, e.unit = 1, "ground"
		e.text = s.about(c, sp, i18n.T("没有写明依据", "no ground is stated"))
		out.breach(e)
	}
	for _, g := range grounds {
		covered, source := k.covered(s, sp.cadre, g)
		if covered == posting.Yes {
			continue
		}
		kept = false
		e.measured, e.limit, e.unit = 1, 0, "level"
		if covered == posting.No {
			e.text = s.about(c, sp, i18n.F("所引依据%s不适用于本人职务层次", "the ground %s does not cover the level of the person", source))
			out.breach(e)
			continue
		}
		e.measured = posting.Unknown
		e.text = s.about(c, sp, i18n.F("缺少职务层次，无法核实所引依据%s是否适用", "cannot be verified whether the ground %s covers the person: the level is not given", source))
		out.add(unverifiable, e)
	}
	if kept {
		out.keep(1)
	}
}

// covered tells whether the citation of a ground that is a clause covers the level of the cadre, and names the clause;
// other grounds cover everybody.
func (statedGround) covered(s *scene, cadre int, ground string) (posting.Tri, i18n.Text) {
	k := s.clause(ground)
	if k == nil || len(k.Citation.Covers) == 0 {
		return posting.Yes, i18n.Text{}
	}
	source := i18n.F("%[1]s（%[2]s）", "%[1]s (%[2]s)", k.ID, k.Name)
	level := s.x.Cadres[cadre].Level
	if level == posting.LevelUnknown {
		return posting.Blank, source
	}
	return tri(slices.Contains(k.Citation.Covers, level)), source
}

// clause is the active clause of the id, nil where the ground is none.
func (s *scene) clause(id string) *policy.Clause {
	for i := range s.pol.Clauses {
		if k := &s.pol.Clauses[i]; k.ID == id && k.Active(s.pol.Calendar.Date) {
			return k
		}
	}
	return nil
}

// categories are those of Art. 4, by the kind of the clause that is the ground.
var categories = map[string]string{"young_to_hard": "training", "long_tenure": "long", "yearly_share": "long",
	"kin_avoidance": "avoidance", "area_avoidance": "avoidance", "kin_function": "avoidance"}

// category is where a change belongs by its first ground.
func (statedGround) category(s *scene, sp spell, changes bool, ground string) string {
	k := s.clause(ground)
	switch {
	case changes && sp.second():
		return "training"
	case k != nil && categories[k.Kind] != "":
		return categories[k.Kind]
	case slices.Contains([]string{groundVacancy, groundArrival, groundRetirement, pinned}, ground),
		strings.HasPrefix(ground, markChain), strings.HasPrefix(ground, markDeparture):
		return "work"
	}
	return "other"
}
