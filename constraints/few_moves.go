package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// fewMoves: every move of a seated cadre counts, but those out on a mission and back and those that a recorded decision asks
// for. No rows.
type fewMoves struct{}

func (fewMoves) judge(s *scene, _ *policy.Clause, sp spell) verdict {
	if s.arrival(sp.cadre) {
		return verdict{idle: true}
	}
	d := s.Cadres[sp.cadre].Disposition
	asked := d == posting.MustMove || d == posting.Fixed || s.returning(sp.cadre, sp.from)
	return verdict{breach: count(!asked && s.moveType(sp.cadre, sp.post) != posting.MoveSupport)}
}
