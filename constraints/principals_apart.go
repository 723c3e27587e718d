package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// principalsApart: the two principals of one unit do not go in one batch. One row for each unit and period.
type principalsApart struct{}

func (principalsApart) encode(b *builder, c *policy.Clause) {
	for u := range b.Units {
		first, second := b.principals(u)
		if first == posting.None || second == posting.None ||
			c.For.Match(b.Index, first, b.Seat(first), 1) != posting.Yes ||
			c.For.Match(b.Index, second, b.Seat(second), 1) != posting.Yes {
			continue
		}
		for t := 1; t <= b.H; t++ {
			b.keepApart(c, u, first, second, t)
		}
	}
}

// principals are the first main holders of the roles 书记 and 行政正职 in the unit.
func (s *scene) principals(u int) (party, government int) {
	party, government = posting.None, posting.None
	for _, c := range s.where.seated[u] {
		switch s.Posts[s.Seat(c)].Role {
		case posting.PartyPrincipal:
			if party == posting.None {
				party = c
			}
		case posting.GovernmentPrincipal:
			if government == posting.None {
				government = c
			}
		}
	}
	return party, government
}

func (b *builder) keepApart(c *policy.Clause, u, first, second, t int) {
	for _, p := range []int{first, second} {
		if t == 1 && (b.pinnedAway(p) || b.mustMove(p)) && c.Modality != policy.Hard {
			return
		}
	}
	unit, seats := b.Units[u].ID, []string{b.Units[u].ID}
	for _, p := range []int{first, second} {
		seats = append(seats, b.Cadres[p].ID, b.Posts[b.Seat(p)].ID)
	}
	if b.excepted(c, t, seats...) || b.goneByInput(first, t) && b.goneByInput(second, t) {
		return
	}
	terms, limit := []mip.Term{}, int64(1)
	for _, p := range []int{first, second} {
		terms = append(terms, b.moving(p, t, anywhere)...)
		if b.Leaves(p) == t {
			limit--
		}
	}
	b.atMost(c, name("apart", c.ID, unit, t), append([]string{unit}, ids(b.Index, first, second)...), terms, limit)
}

// goneByInput: leaves in t, or is moved in period 1 by a recorded decision.
func (s *scene) goneByInput(c, t int) bool {
	return s.Leaves(c) == t || t == 1 && (s.pinnedAway(c) || s.mustMove(c))
}
