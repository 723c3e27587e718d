package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
)

// teamComplement: members of a team complement each other in field or temperament; a team that is one-sided today is not
// made more so. Findings name nobody.
type teamComplement struct{}

func (k teamComplement) judge(s *scene, c *policy.Clause, out *findings) {
	words := k.all(s, c)
	for u := range s.x.Units {
		for t := 1; t <= s.periods(); t++ {
			k.unit(s, c, u, t, words, out)
		}
	}
}

func (k teamComplement) unit(s *scene, c *policy.Clause, u, t int, words []string, out *findings) {
	posts := s.team(c, u, t)
	now, today := k.counts(s, c, s.members(posts, t)), k.counts(s, c, s.former(posts))
	unit := &s.x.Units[u]
	kept := true
	for _, word := range words {
		n, limit := now[word], max(c.Int("most"), today[word])
		if n <= limit {
			continue
		}
		kept = false
		out.breach(entry{subjects: []string{unit.ID}, period: t, measured: n, limit: limit, unit: "person", breach: n - limit,
			text: of(c, unit.Name, i18n.F("班子中“%[1]s”的%[2]d人，不宜超过%[3]d人", "%[2]d in the team are listed as \"%[1]s\", no more than %[3]d asked", word, n, limit))})
	}
	if kept && len(posts) > 0 {
		out.keep(1)
	}
}

// listed are the words that a cadre lists, of the sort that the clause compares.
func (teamComplement) listed(s *scene, c *policy.Clause, cadre int) []string {
	if c.Text("by") == "fields" {
		return s.x.Cadres[cadre].Fields
	}
	return s.x.Cadres[cadre].Temperament
}

// all are the words that anybody lists, sorted.
func (k teamComplement) all(s *scene, c *policy.Clause) []string {
	var out []string
	for cadre := range s.x.Cadres {
		out = append(out, k.listed(s, c, cadre)...)
	}
	return sorted(out)
}

// counts is how many of the people list each word; a word that one lists twice is one.
func (k teamComplement) counts(s *scene, c *policy.Clause, people []int) map[string]int {
	out := map[string]int{}
	for _, cadre := range people {
		for _, word := range sorted(slices.Clone(k.listed(s, c, cadre))) {
			out[word]++
		}
	}
	return out
}
