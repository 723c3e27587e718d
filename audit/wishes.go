package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// wishes: ranked wishes are considered, those that went unmet for several cycles the more; nobody is sent where he will not
// go. Stays to the end are judged by rank. No text speaks of points.
type wishes struct{}

func (k wishes) judge(s *scene, c *policy.Clause, out *findings) {
	judgePairs(k, s, c, out)
	if c.Text("use") == "rank" {
		k.measure(s, c, out)
	}
}

// noWish is the rank where no wish meets a post.
const noWish = -1

func (k wishes) assess(s *scene, c *policy.Clause, sp spell) result {
	if c.Text("use") == "refusal" {
		return k.refusal(s, c, sp)
	}
	own := s.wishesOf(sp.cadre, false)
	if sp.stay() && sp.until != s.x.Last(sp.cadre) || len(own) == 0 {
		return idle
	}
	rank := s.rankOf(own, sp.post)
	r := result{breach: k.points(s, c, sp.cadre, rank), measured: rank, limit: 1, unit: "rank"}
	switch {
	case r.breach == 0:
		return result{}
	case rank == noWish:
		r.text = s.about(c, sp, i18n.T("不在本人志愿之内", "among none of the wishes"))
	default:
		r.text = s.about(c, sp, i18n.F("属本人第%d志愿", "wish no. %d", rank))
	}
	return r
}

func (wishes) refusal(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() {
		return idle
	}
	if s.rankOf(s.wishesOf(sp.cadre, true), sp.post) == noWish {
		return result{}
	}
	return result{breach: 1, measured: 1, unit: "post", text: s.about(c, sp, i18n.T("本人表示不愿去", "refused by the person"))}
}

// points are those of a post of the rank, and of the cycles waited for where the waiting goes on.
func (wishes) points(s *scene, c *policy.Clause, cadre, rank int) int {
	out, waits := c.Int("miss_points"), true
	if rank != noWish {
		out, waits = c.Int("rank_points")*(rank-1), rank != 1 && c.Text("credit_unit") != "any"
	}
	if !waits {
		return out
	}
	cycles := 0
	for _, l := range s.records.ledger[cadre] {
		cycles += l.Unmet
	}
	if c.Has("most_cycles") {
		cycles = min(cycles, c.Int("most_cycles"))
	}
	return out + c.Int("credit_points")*cycles
}

// wishesOf are the ranked wishes of c, or his refusals.
func (s *scene) wishesOf(c int, refusals bool) []*posting.Wish {
	var out []*posting.Wish
	for _, w := range s.records.wishes[c] {
		if w.Refuse == refusals && (refusals || w.Rank > 0) {
			out = append(out, w)
		}
	}
	return out
}

// rankOf is the least rank of the wishes that meet post p: by itself, its unit or its place; noWish where none does.
func (s *scene) rankOf(wishes []*posting.Wish, p int) int {
	meets := []string{s.x.Posts[p].ID, s.x.Posts[p].Unit}
	if z := s.x.PlaceOf(p); z != posting.None {
		meets = append(meets, s.x.Places[z].ID)
	}
	out := noWish
	for _, w := range wishes {
		if w.Target != "" && slices.Contains(meets, w.Target) && (out == noWish || w.Rank < out) {
			out = w.Rank
		}
	}
	return out
}

// measure counts those with wishes who hold a post at the end, by the best rank that one of their posts meets.
func (wishes) measure(s *scene, c *policy.Clause, out *findings) {
	n := map[string]float64{"people": 0, "first": 0, "top3": 0, "unmet": 0}
	for cadre := range s.x.Cadres {
		own := s.wishesOf(cadre, false)
		if len(own) == 0 || s.post(cadre, s.periods()) == posting.None || !s.matches(c, cadre, 1) {
			continue
		}
		best := noWish
		for _, p := range s.serves(cadre, s.periods()) {
			if r := s.rankOf(own, p); r != noWish && (best == noWish || r < best) {
				best = r
			}
		}
		n["people"]++
		switch {
		case best == noWish:
			n["unmet"]++
		case best == 1:
			n["first"]++
		}
		if best != noWish && best <= 3 {
			n["top3"]++
		}
	}
	for name, v := range n {
		out.metrics[c.ID+"."+name] = v
	}
}
