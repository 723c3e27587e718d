package audit

import "cadre/posting"

// spell says that a cadre holds a main post in periods from to until, or, seconded, a seat beside it.
type spell struct {
	cadre, post int
	from, until int
	move        posting.Move // stay, arrive, second, or the type of the move
}

func (sp spell) stay() bool   { return sp.move == posting.MoveStay }
func (sp spell) arrive() bool { return sp.move == posting.MoveArrive }
func (sp spell) second() bool { return sp.move == posting.MoveSecond }

// moved tells whether the spell is a move of a seated cadre; so is a secondment to the kinds that judge any.
func (sp spell) moved() bool { return !sp.stay() && !sp.arrive() }

// spells are the spells of c in the plan: the stay up to his move, and his change.
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
	if sp, ok := s.changed(c); ok {
		out = append(out, sp)
	}
	return out
}

// changed is the one change of c in the plan: his move, placement or secondment; none for whoever stays or leaves.
func (s *scene) changed(c int) (sp spell, ok bool) {
	if s.begins[c] > 0 {
		return s.spell(c, s.dest[c], s.begins[c]), true
	}
	return s.seconded[c], s.seconded[c].post != posting.None
}

// spell is what going to q in t gives c: the main post to his last period, or a secondment for as long as one lasts.
func (s *scene) spell(c, q, t int) spell {
	sp := spell{c, q, t, s.x.Last(c), s.moveType(c, q)}
	if months := s.term(q); sp.second() && months > 0 {
		sp.until = min(t+ceilDiv(months, s.x.Calendar.Length)-1, sp.until)
	}
	return sp
}

// moveType is what going to q means for c.
func (s *scene) moveType(c, q int) posting.Move {
	seat := s.x.Seat(c)
	switch {
	case seat == posting.None:
		return posting.MoveArrive
	case seat == q:
		return posting.MoveStay
	case s.x.Seconded(q):
		return posting.MoveSecond
	case s.mission(q) && !s.mission(seat):
		return posting.MoveSupport
	}
	return s.between(seat, q, s.x.Cadres[c].Level)
}

// between is the type of a move from ordinary post p to q by one of the level.
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
