package constraints

import "cadre/posting"

// whereabouts say who and what is in a unit or at a place, so that a row of one unit does not go through all others. Lists
// are in official order.
type whereabouts struct {
	postsOf [][]int          // by unit: its posts
	seated  [][]int          // by unit: those whose seat is there
	stints  map[string][]int // by cadre id: rows of the history
	inUnit  [][]int          // by unit: those seated there or with a spell there; after generate
	atPlace [][]int          // by place: those with a spell there, or lodged there now; after generate

	secondments int // number of secondment seats
}

func (s *scene) locate() {
	s.where = whereabouts{postsOf: make([][]int, len(s.Units)), seated: make([][]int, len(s.Units)), stints: map[string][]int{}}
	for p := range s.Posts {
		s.where.secondments += int(count(s.Seconded(p)))
		if u := s.UnitOf(p); u != posting.None {
			s.where.postsOf[u] = append(s.where.postsOf[u], p)
		}
	}
	for c := range s.Cadres {
		if u := s.UnitOf(s.Seat(c)); u != posting.None {
			s.where.seated[u] = append(s.where.seated[u], c)
		}
	}
	for i := range s.History {
		id := s.History[i].Cadre
		s.where.stints[id] = append(s.where.stints[id], i)
	}
}

// locateSpells completes the lists once every spell has its column. Spells come in the order of cadres.
func (b *builder) locateSpells() {
	b.where.inUnit, b.where.atPlace = make([][]int, len(b.Units)), make([][]int, len(b.Places))
	for c := range b.Cadres {
		note(b.where.inUnit, b.UnitOf(b.Seat(c)), c)
		note(b.where.atPlace, b.PlaceAt(b.Cadres[c].Lodging), c)
		for _, i := range b.enc.columns(c) {
			q := b.enc.spells[i].post
			note(b.where.inUnit, b.UnitOf(q), c)
			note(b.where.atPlace, b.PlaceOf(q), c)
		}
	}
}

// note adds c to a list that is in official order, once.
func note(lists [][]int, at, c int) {
	if at == posting.None {
		return
	}
	if l := lists[at]; len(l) == 0 || l[len(l)-1] != c {
		lists[at] = append(l, c)
	}
}
