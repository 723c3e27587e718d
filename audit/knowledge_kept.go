package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// knowledgeKept: after the batch every unit keeps a share of people who know it.
type knowledgeKept struct{}

func (k knowledgeKept) judge(s *scene, c *policy.Clause, out *findings) {
	for u := range s.x.Units {
		for t := 1; t <= s.periods(); t++ {
			k.unit(s, c, u, t, out)
		}
	}
}

func (k knowledgeKept) unit(s *scene, c *policy.Clause, u, t int, out *findings) {
	unit := &s.x.Units[u]
	kept, today := k.count(s, c, unit.ID, t)
	limit := min(rounded(c.Ratio("share"), s.strength(u), "up"), today)
	if kept >= limit {
		out.keep(1)
		return
	}
	out.breach(entry{subjects: []string{unit.ID}, period: t, measured: kept, limit: limit, unit: "person", breach: limit - kept,
		exception: s.waiver(c, t, unit.ID),
		text:      of(c, unit.Name, i18n.F("熟悉本单位情况的留任%d人，应当不少于%d人", "%d who know the unit remain, at least %d asked", kept, limit))})
}

// count is the number of cadres of the unit who know it and hold a main post of it in t, and of those who would if
// nobody moved.
func (k knowledgeKept) count(s *scene, c *policy.Clause, unit string, t int) (kept, today int) {
	for cadre := range s.x.Cadres {
		seat := s.x.Seat(cadre)
		if seat == posting.None || s.unit(seat) != unit || !k.knows(s, c, cadre) {
			continue
		}
		if p := s.post(cadre, t); p != posting.None && s.unit(p) == unit {
			kept++
		}
		if !s.left(cadre, t) {
			today++
		}
	}
	return kept, today
}

// knows tells whether c has been in his unit long enough on the plan date; where that is blank, his time in post counts.
func (knowledgeKept) knows(s *scene, c *policy.Clause, cadre int) bool {
	who := &s.x.Cadres[cadre]
	since := who.UnitSince
	if !since.Known() {
		since = who.PostSince
	}
	return since.Known() && int(s.pol.Calendar.Date-since) >= c.Int("months")
}
