package audit

import "cadre/posting"

// spell says that a cadre holds a main post in periods from to until.
type spell struct {
	cadre, post int
	from, until int
	move        posting.Move // stay, arrive, or the type of the move
}

func (sp spell) stay() bool   { return sp.move == posting.MoveStay }
func (sp spell) arrive() bool { return sp.move == posting.MoveArrive }

// moved tells whether the spell is a move of a seated cadre.
func (sp spell) moved() bool { return !sp.stay() && !sp.arrive() }

// spells are the spells of c in the plan: the stay up to his move, and the move or placement.
func (s *scene) spells(c int) []spell {
	var out []spell
	end := s.x.Last(c)
	if d := s.dropped[c]; d > 0 {
		end = d - 1
	}
	if b := s.begins[c]; b > 0 {
		end = b - 1
	}
	if seat := s.x.Seat(c); seat != posting.None && end >= 1 {
		out = append(out, spell{c, seat, 1, end, posting.MoveStay})
	}
	if s.begins[c] > 0 {
		out = append(out, s.spell(c, s.dest[c], s.begins[c]))
	}
	return out
}

// spell is the spell of c on q from t to his last period.
func (s *scene) spell(c, q, t int) spell {
	return spell{c, q, t, s.x.Last(c), s.moveType(c, q)}
}

// moveType is what going to q means for c.
func (s *scene) moveType(c, q int) posting.Move {
	seat := s.x.Seat(c)
	switch seat {
	case posting.None:
		return posting.MoveArrive
	case q:
		return posting.MoveStay
	}
	return s.between(seat, q, s.x.Cadres[c].Level)
}

// between is the type of a move from post p to q by one of the level.
func (s *scene) between(p, q int, level posting.Level) posting.Move {
	from, to := &s.x.Posts[p], &s.x.Posts[q]
	switch {
	case level != posting.LevelUnknown && to.Level > level:
		return posting.MovePromote
	case from.Weight != posting.Unknown && to.Weight != posting.Unknown && to.Weight > from.Weight:
		return posting.MoveAdvance
	case from.Unit != to.Unit:
		return posting.MoveTransfer
	}
	return posting.MoveRotate
}
