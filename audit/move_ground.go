package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// moveGround: nobody moves without a ground of his own or one at the end of his chain, and nobody is seconded but to a seat
// that is open, or by a pin.
type moveGround struct{}

// endless is the depth of a link whose chain never ends at a grounded move.
const endless = -1

func (k moveGround) judge(s *scene, c *policy.Clause, out *findings) {
	most := c.Int("max_chain")
	for cadre := range s.x.Cadres {
		sp, ok := s.changed(cadre)
		if !ok || sp.arrive() {
			continue
		}
		depth := k.depth(s, sp)
		if depth != endless && depth <= most {
			out.keep(1)
			continue
		}
		what := i18n.T("调整没有依据，也不因有依据的调整而起", "the move has no ground, and follows from none that has")
		switch {
		case sp.second():
			what = i18n.T("挂职岗位没有空出，也没有组织决定", "the seat is not open, and no decision is recorded")
		case depth != endless:
			what = i18n.F("连锁第%d环，超过%d环", "link %d of a chain, more than %d", depth, most)
		}
		out.breach(entry{subjects: []string{s.x.Cadres[cadre].ID, s.x.Posts[sp.post].ID}, period: sp.from, measured: depth, limit: most,
			unit: "link", breach: 1, text: s.about(c, sp, what)})
	}
	k.number(s, c, out)
}

// depth is that of a move; of a secondment 0 where it is grounded, else endless.
func (moveGround) depth(s *scene, sp spell) int {
	switch {
	case !sp.second():
		return s.depth(sp.cadre)
	case s.vacated(sp.post, sp.from) || s.fixedOn(sp.cadre, sp.post):
		return 0
	}
	return endless
}

// depth is 0 for a grounded move, 1 + that of the predecessor's move for a link, endless where none ends the chain.
// A chain is followed at most once round the cadres.
func (s *scene) depth(c int) int {
	for depth := range s.x.Cadres {
		t := s.begins[c]
		if len(s.own(c, t)) > 0 || s.openedBy(s.dest[c], t) {
			return depth
		}
		p := s.remains(s.dest[c], t)
		if !s.movedBy(p, t) || s.x.Seat(p) == posting.None {
			return endless
		}
		c = p
	}
	return endless
}

// number judges the most moves of a batch.
func (moveGround) number(s *scene, c *policy.Clause, out *findings) {
	if !c.Has("max_moves") {
		return
	}
	most := c.Int("max_moves")
	for t := 1; t <= s.periods(); t++ {
		n := 0
		for cadre := range s.x.Cadres {
			if s.moves(cadre, t) {
				n++
			}
		}
		if n <= most {
			out.keep(1)
			continue
		}
		out.breach(entry{subjects: []string{}, period: t, measured: n, limit: most, unit: "move", breach: n - most,
			text: of(c, s.batch(t), i18n.F("调整%d人，超过%d人", "%d moves, more than %d", n, most))})
	}
}
