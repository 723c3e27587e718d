package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// statedGround: no change without a ground, and no ground of a source that does not cover the person's level. Moves and
// placements always have a ground to print, secondments need not. One row for each spell that it keeps out.
type statedGround struct{}

func (statedGround) encode(b *builder, c *policy.Clause) {
	for col, sp := range b.enc.spells {
		switch {
		case b.isStay(sp):
		case b.isSecondment(sp) && !b.opens(sp.post, sp.from) && len(b.grounds(sp)) == 0, b.isMove(sp) && b.miscited(sp):
			b.forbid(c, "groundless", col)
		}
	}
}

// miscited tells whether a clause that would be printed as a ground of the move may not be cited for its cadre's level.
func (s *scene) miscited(sp spell) bool {
	level := s.Cadres[sp.cadre].Level
	return level != posting.LevelUnknown && slices.ContainsFunc(s.citedFor(sp.cadre, sp.from), func(k *policy.Clause) bool {
		return len(k.Citation.Covers) > 0 && !slices.Contains(k.Citation.Covers, level)
	})
}
