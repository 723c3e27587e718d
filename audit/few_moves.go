package audit

import "cadre/policy"

// fewMoves: every move of a seated cadre counts one, but for those that a pin decides. Only the level's value says so.
type fewMoves struct{}

func (k fewMoves) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (fewMoves) assess(s *scene, _ *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	if s.pinnedToMove(sp.cadre) {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "move", silent: true}
}
