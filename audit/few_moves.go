package audit

import (
	"cadre/policy"
	"cadre/posting"
)

// fewMoves: every move of a seated cadre counts one, but for those that a pin decides, support missions and returns. Only
// the level's value says so.
type fewMoves struct{}

func (k fewMoves) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (fewMoves) assess(s *scene, _ *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	if s.pinnedToMove(sp.cadre) || sp.move == posting.MoveSupport || s.returns(sp) {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "move", silent: true}
}
