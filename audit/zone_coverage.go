package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// zoneCoverage: by the stated age everybody has served the stated time in each zone; a move from that age on goes to a
// zone that is still open.
type zoneCoverage struct{}

func (k zoneCoverage) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k zoneCoverage) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.moved() {
		return idle
	}
	age, known := s.x.Age(sp.cadre, sp.from)
	open := k.open(s, c, sp.cadre)
	zone := s.zone(sp.post)
	switch {
	case !known:
		return s.lacking(c, sp, i18n.T("出生年月", "birth"))
	case age < c.Int("from_age") || len(open) == 0 || slices.Contains(open, zone):
		return result{}
	case zone == "":
		return s.lacking(c, sp, i18n.T("岗位所在片区", "the zone of the post"))
	}
	return result{breach: 1, measured: len(open), unit: "zone",
		text: s.about(c, sp, i18n.F("还有%d个片区任职未满规定年限，拟任岗位不在其中", "%d zones in which the stated time has not been served, and the post is in none of them", len(open)))}
}

// zone is the 片区 of the place of a post, "" where blank.
func (s *scene) zone(p int) string {
	if z := s.x.PlaceOf(p); z != posting.None {
		return s.x.Places[z].Zone
	}
	return ""
}

// open are the zones of the clause in which c has served less than the stated time.
func (zoneCoverage) open(s *scene, c *policy.Clause, cadre int) []string {
	served := s.served(cadre)
	return slices.DeleteFunc(slices.Clone(c.List("zones")), func(z string) bool { return served[z] >= c.Months("years") })
}

// served are the months of c by zone: ended stints in units of the table, and his time in post.
func (s *scene) served(c int) map[string]int {
	out := map[string]int{}
	for _, stint := range s.records.stints[c] {
		u := s.x.UnitAt(stint.Unit)
		if u == posting.None || !stint.From.Known() || !stint.To.Known() {
			continue
		}
		if z := s.x.PlaceAt(s.x.Units[u].Place); z != posting.None {
			out[s.x.Places[z].Zone] += max(0, int(stint.To-stint.From))
		}
	}
	months, _ := s.x.Tenure(c, 1) // 0 where not known
	out[s.zone(s.x.Seat(c))] += months
	return out
}
