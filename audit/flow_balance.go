package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// flowBalance: moves from harder to better places (units) are no more than those the other way.
type flowBalance struct{}

func (k flowBalance) judge(s *scene, c *policy.Clause, out *findings) {
	var up, down int
	for t := 1; t <= s.periods(); t++ {
		rising, falling := k.movers(s, c, t)
		up, down = up+len(rising), down+len(falling)
		k.finding(s, c, t, k.free(s, rising), len(k.free(s, falling)), out)
	}
	out.metrics[c.ID+".up"], out.metrics[c.ID+".down"] = float64(up), float64(down)
}

// movers are those who move in t to a better tier, and to a harder one, pinned ones and returns included.
func (k flowBalance) movers(s *scene, c *policy.Clause, t int) (up, down []int) {
	for cadre := range s.x.Cadres {
		if !s.moves(cadre, t) || !s.matches(c, cadre, t) {
			continue
		}
		if m := s.moveType(cadre, s.dest[cadre]); m != posting.MoveTransfer && m != posting.MoveRotate {
			continue
		}
		switch direction(k.tier(s, c, s.x.Seat(cadre)), k.tier(s, c, s.dest[cadre])) {
		case "harder_to_better":
			up = append(up, cadre)
		case "better_to_harder":
			down = append(down, cadre)
		}
	}
	return up, down
}

func (flowBalance) tier(s *scene, c *policy.Clause, p int) int {
	if c.Text("by") == "unit" {
		return s.unitTier(p)
	}
	return s.placeTier(p)
}

// free are the movers whose move no pin decides, and no mission that ends.
func (flowBalance) free(s *scene, movers []int) []int {
	var out []int
	for _, c := range movers {
		if !s.pinnedToMove(c) && !s.returning(c, s.begins[c]) {
			out = append(out, c)
		}
	}
	return out
}

func (flowBalance) finding(s *scene, c *policy.Clause, t int, up []int, down int, out *findings) {
	if len(up) <= down {
		out.keep(1)
		return
	}
	out.breach(entry{subjects: s.ids(up), period: t, measured: len(up), limit: down, unit: "person", breach: len(up) - down,
		text: of(c, s.batch(t), i18n.F("由较艰苦到条件较好的%d人，反方向的%d人：%s", "%d go from harder to better, %d the other way: %s",
			len(up), down, s.names(up)))})
}
