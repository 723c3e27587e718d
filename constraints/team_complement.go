package constraints

import (
	"maps"
	"slices"

	"cadre/mip"
	"cadre/policy"
)

// teamComplement: not too many members of a leading team list one word. One row for each team, word and period that could
// have too many.
type teamComplement struct{}

func (teamComplement) encode(b *builder, c *policy.Clause) {
	for u := range b.Units {
		for t := 1; t <= b.H; t++ {
			team := map[int]bool{}
			for _, p := range b.team(c, u, t) {
				team[p] = true
			}
			if len(team) > 0 {
				b.complement(c, u, t, team)
			}
		}
	}
}

// complement writes the rows of one team in one period. Words are numbered in alphabetical order: any may stand in the data,
// not every one in a name.
func (b *builder) complement(c *policy.Clause, u, t int, team map[int]bool) {
	listing, today := map[string][]mip.Term{}, map[string]int64{}
	for _, i := range b.where.inUnit[u] {
		member := b.hold(i, t, func(sp spell) bool { return team[sp.post] })
		for _, word := range b.words(c, i) {
			listing[word] = append(listing[word], member...)
			today[word] += count(team[b.Seat(i)])
		}
	}
	for n, word := range slices.Sorted(maps.Keys(listing)) {
		b.atMost(c, name("alike", c.ID, b.Units[u].ID, n, t), []string{b.Units[u].ID}, listing[word], max(int64(c.Int("most")), today[word]))
	}
}

// words are those that cadre i lists, each once.
func (s *scene) words(c *policy.Clause, i int) []string {
	words := slices.Clone(s.Cadres[i].Fields)
	if c.Text("by") == "temperament" {
		words = slices.Clone(s.Cadres[i].Temperament)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
