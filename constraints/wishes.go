package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// wishes: ranked wishes are met, those left unmet for cycles first, and refusals are heard. Stays to the end are judged too,
// but by refusals. No rows.
type wishes struct{}

func (wishes) judgesStays() {}

func (wishes) judge(s *scene, c *policy.Clause, sp spell) verdict {
	own := s.records.wishes[s.Cadres[sp.cadre].ID]
	if c.Text("use") == "refusal" {
		if s.isStay(sp) {
			return verdict{idle: true}
		}
		_, met := s.meets(own, sp.post, true)
		return verdict{breach: count(met)}
	}
	if !wishing(own) || s.isStay(sp) && sp.to != s.Last(sp.cadre) {
		return verdict{idle: true}
	}
	rank, met := s.meets(own, sp.post, false)
	return verdict{breach: int64(wishPoints(c, rank, met, s.unmet(sp.cadre)))}
}

// wishing tells whether there is a ranked wish.
func wishing(own []*posting.Wish) bool {
	for _, w := range own {
		if !w.Refuse && w.Rank > 0 {
			return true
		}
	}
	return false
}

// meets finds the least rank among the wishes, or among the refusals, that post q meets.
func (s *scene) meets(own []*posting.Wish, q int, refusals bool) (rank int, met bool) {
	for _, w := range own {
		if w.Refuse == refusals && (w.Rank > 0 || refusals) && s.isAt(q, w.Target) && (!met || w.Rank < rank) {
			rank, met = w.Rank, true
		}
	}
	return rank, met
}

// isAt tells whether the target of a wish is post q, its unit or its place.
func (s *scene) isAt(q int, target string) bool {
	z := s.PlaceOf(q)
	return target == s.Posts[q].ID || target == s.Posts[q].Unit || z != posting.None && target == s.Places[z].ID
}

// wishPoints is what a post of that rank costs one who has waited for so many cycles.
func wishPoints(c *policy.Clause, rank int, met bool, cycles int) int {
	points, waits := c.Int("miss_points"), !met
	if met {
		points = c.Int("rank_points") * (rank - 1)
	}
	if c.Text("credit_unit") != "any" {
		waits = !met || rank != 1
	}
	if waits {
		points += c.Int("credit_points") * capped(c, "most_cycles", cycles)
	}
	return points
}

// unmet is the number of cycles in which none of the first wishes of cadre i was met.
func (s *scene) unmet(i int) int {
	n := 0
	for _, row := range s.records.ledger[s.Cadres[i].ID] {
		n += row.Unmet
	}
	return n
}
