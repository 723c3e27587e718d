package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// evenVolume: moves come in even numbers, batch by batch.
type evenVolume struct{}

func (k evenVolume) judge(s *scene, c *policy.Clause, out *findings) {
	var numbers []int
	for t := 1; t <= s.periods(); t++ {
		n := k.moves(s, c, t)
		numbers = append(numbers, n)
		if c.Has("least") {
			least := c.Int("least")
			k.band(out, t, n, least, least-n, of(c, s.batch(t), i18n.F("调整%d人，少于%d人", "%d moves, fewer than %d", n, least)))
		}
		if c.Has("most") {
			most := c.Int("most")
			k.band(out, t, n, most, n-most, of(c, s.batch(t), i18n.F("调整%d人，超过%d人", "%d moves, more than %d", n, most)))
		}
	}
	if c.Has("spread") {
		apart, spread := slices.Max(numbers)-slices.Min(numbers), c.Int("spread")
		k.band(out, 1, apart, spread, apart-spread, of(c, i18n.T("各批之间", "between batches"), i18n.F("最多与最少相差%d人，超过%d人", "the numbers differ by %d, more than %d", apart, spread)))
	}
}

// moves is the number of those who move in t.
func (evenVolume) moves(s *scene, c *policy.Clause, t int) int {
	n := 0
	for cadre := range s.x.Cadres {
		if s.x.Seat(cadre) != posting.None && s.moves(cadre, t) && s.matches(c, cadre, t) {
			n++
		}
	}
	return n
}

func (evenVolume) band(out *findings, t, measured, limit, breach int, text i18n.Text) {
	if breach <= 0 {
		out.keep(1)
		return
	}
	out.breach(entry{subjects: []string{}, period: t, measured: measured, limit: limit, unit: "move", breach: breach, text: text})
}
