package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// history writes one or two earlier posts of most cadres, back to back, ending where the present post begins.
func (b *builder) history() {
	r := b.o.rand(stageHistory)
	for i := range b.in.Cadres {
		c := &b.in.Cadres[i]
		if c.Arrival() || c.Authority != b.authority || chance(r, b.o.Blank) {
			continue
		}
		stints := b.earlier(r, c)
		for k := len(stints) - 1; k >= 0; k-- {
			b.in.History = append(b.in.History, stints[k])
		}
	}
}

// earlier lists earlier posts, the latest first, until the months before the present one are used up.
func (b *builder) earlier(r *rand.Rand, c *posting.Cadre) []posting.Stint {
	var out []posting.Stint
	end := c.PostSince
	for n := between(r, 1, 2); n > 0; n-- {
		start := end - posting.Month(between(r, 18, 72))
		if start <= c.WorkSince+12 {
			break
		}
		unit, post := b.formerPost(r, c, end)
		exchanged := posting.No
		if unit != b.unitID(c) {
			exchanged = posting.Yes
		}
		out = append(out, posting.Stint{Cadre: c.ID, Unit: unit, Post: post, From: start, To: end, Exchanged: exchanged})
		end = start
	}
	return out
}

// formerPost is the post before a done move where there was one, else a post that a junior of the time would hold, in
// words.
func (b *builder) formerPost(r *rand.Rand, c *posting.Cadre, end posting.Month) (unit, post string) {
	for _, d := range b.in.Done {
		if d.Cadre == c.ID && end == d.Month {
			return b.in.Posts[b.postAt(d.From)].Unit, d.From
		}
	}
	u := &b.in.Units[r.IntN(len(b.units))]
	if c.UnitSince < end {
		u = &b.in.Units[b.seats[b.postAt(c.Post)].unit]
	}
	title := "干部"
	switch {
	case c.Level >= posting.TownshipHead:
		title = pick(r, []string{"副职", "班子成员"})
	case c.Level == posting.TownshipDeputy:
		title = pick(r, []string{"股长", "办公室主任", "党政综合办公室主任"})
	case c.Level == posting.SectionHead:
		title = "副股长"
	}
	return u.ID, u.Name + title
}
