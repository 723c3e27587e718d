package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// lodging: whoever serves away from home can commute, or has a lodging place.
type lodging struct{}

// guest is one who moves to a place, or is seconded there, and needs lodging.
type guest struct {
	cadre  int
	ground string // by which he is left out of the count, "" counted
}

// lodgers is the use of one place in one period, in lodging places.
type lodgers struct {
	used, usedAll int // without and with those left out
	limit         int
	limited       bool
	guests        []guest
}

func (k lodging) judge(s *scene, c *policy.Clause, out *findings) {
	k.unknown(s, c, out)
	for z := range s.x.Places {
		for t := 1; t <= s.periods(); t++ {
			k.place(s, c, z, t, out)
		}
	}
}

func (k lodging) place(s *scene, c *policy.Clause, z, t int, out *findings) {
	l := k.lodgers(s, c, z, t)
	switch {
	case !l.limited:
		return
	case l.used > l.limit:
		out.breach(k.entry(s, c, z, t, l, l.used, ""))
	case l.usedAll <= l.limit:
		out.keep(1)
	}
	if l.usedAll > l.limit && l.usedAll > l.used {
		out.add(waived, k.entry(s, c, z, t, l, l.usedAll, k.grounds(l)))
	}
}

func (lodging) entry(s *scene, c *policy.Clause, z, t int, l lodgers, used int, ground string) entry {
	var who []int
	for _, g := range l.guests {
		if g.ground == "" || ground != "" {
			who = append(who, g.cadre)
		}
	}
	place := &s.x.Places[z]
	return entry{subjects: append([]string{place.ID}, s.ids(who)...), period: t, measured: used, limit: l.limit, unit: "place",
		breach: max(0, used-l.limit), exception: ground,
		text: of(c, place.Name, i18n.F("周转住房需%d个，可用%d个：%s", "%d lodging places needed, %d there: %s", used, l.limit, s.names(who)))}
}

func (lodging) grounds(l lodgers) string {
	var out []string
	for _, g := range l.guests {
		out = append(out, g.ground)
	}
	return merged(out)
}

// lodgers counts the use of place z in t.
func (k lodging) lodgers(s *scene, c *policy.Clause, z, t int) lodgers {
	var l lodgers
	place, today := &s.x.Places[z], 0
	for cadre := range s.x.Cadres {
		need := k.size(s, c, cadre)
		lodged := s.x.Cadres[cadre].Lodging == place.ID
		if lodged && !s.left(cadre, t) {
			today += need
		}
		if lodged && s.x.Seat(cadre) != posting.None && s.post(cadre, t) == s.x.Seat(cadre) {
			l.used += need
		}
		if ground, ok := k.guest(s, c, cadre, z, t); ok {
			l.guests = append(l.guests, guest{cadre, ground})
			if ground == "" {
				l.used += need
			} else {
				l.usedAll += need
			}
		}
	}
	l.usedAll += l.used
	l.limited = place.Lodging != posting.Unknown || c.Forbid
	l.limit = max(max(place.Lodging, 0)-place.Outside, today)
	return l
}

// size is the number of lodging places that c needs.
func (lodging) size(s *scene, c *policy.Clause, cadre int) int {
	if f := s.x.Cadres[cadre].FamilySize; f != posting.Unknown && f >= c.Int("family_of") {
		return 2
	}
	return 1
}

// guest tells whether the move, placement or secondment of the cadre to a post at z covers t and needs lodging, and on
// what ground he is left out.
func (k lodging) guest(s *scene, c *policy.Clause, cadre, z, t int) (ground string, ok bool) {
	sp, ok := s.changed(cadre)
	if !ok || t < sp.from || t > sp.until || s.left(cadre, t) || s.x.PlaceOf(sp.post) != z {
		return "", false
	}
	needs := k.needs(s, c, sp)
	if needs == posting.No || needs == posting.Blank && !c.Forbid {
		return "", false
	}
	if no := s.waiver(c, sp.from, append(s.postSubjects(sp.post), s.x.Cadres[cadre].ID)...); no != "" {
		return no, true
	}
	if c.Modality != policy.Hard && s.fixedOn(cadre, sp.post) {
		return pinned, true
	}
	return "", true
}

// needs tells whether a spell needs lodging; Blank where the minutes that decide it are not known. Whoever is seconded to
// the place where he is lodged keeps his places, and needs no others.
func (lodging) needs(s *scene, c *policy.Clause, sp spell) posting.Tri {
	if z := s.x.PlaceOf(sp.post); sp.second() && z != posting.None && s.x.Cadres[sp.cadre].Lodging == s.x.Places[z].ID {
		return posting.No
	}
	if s.x.Posts[sp.post].LiveIn {
		return posting.Yes
	}
	return more(s.homeMinutes(sp.cadre, sp.post), c.Int("commute_minutes"))
}

// unknown lists the moves, placements and secondments whose need or whose place's lodging is not known.
func (k lodging) unknown(s *scene, c *policy.Clause, out *findings) {
	for cadre := range s.x.Cadres {
		sp, ok := s.changed(cadre)
		if !ok {
			continue
		}
		z, needs := s.x.PlaceOf(sp.post), k.needs(s, c, sp)
		blank := z == posting.None || s.x.Places[z].Lodging == posting.Unknown
		if !c.Forbid && (needs == posting.Blank || needs == posting.Yes && blank) {
			out.add(unverifiable, s.entry(sp, s.lacking(c, sp, i18n.T("路程或周转住房数量", "the travel time or the number of lodging places"))))
		}
	}
}
