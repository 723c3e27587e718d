package audit

import (
	"slices"
	"time"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// executableOrder: the plan can be carried out as it says: nobody takes a seat before it is given up, and a cycle moves on
// one day. What a plan does not say is not judged.
type executableOrder struct{}

// vacancies count the days for which seats stand open between two holders.
type vacancies struct{ days, longest, over int }

func (k executableOrder) judge(s *scene, c *policy.Clause, out *findings) {
	var v vacancies
	q := k.sequences(s)
	for cadre := range s.x.Cadres {
		if sp, ok := s.changed(cadre); ok && !s.left(cadre, sp.from) {
			v.add(k.taker(s, c, sp, q.cycleOf(cadre), out), c.Int("most_days"))
		}
	}
	for _, cycle := range q.cycles {
		k.cycle(s, c, cycle, out)
	}
	for name, n := range map[string]int{"vacancy_days": v.days, "longest": v.longest, "over": v.over,
		"chains": len(q.chains), "cycles": len(q.cycles), "longest_chain": q.longest()} {
		out.metrics[c.ID+"."+name] = float64(n)
	}
}

func (v *vacancies) add(days, most int) {
	v.days, v.longest = v.days+days, max(v.longest, days)
	if days > most {
		v.over++
	}
}

// taker judges one who takes a post against everybody who gives it up in the same period, but for those of his own cycle,
// and returns the days for which it stands open.
func (k executableOrder) taker(s *scene, c *policy.Clause, sp spell, cycle []int, out *findings) (open int) {
	own := s.stated(sp.cadre, sp.from)
	var last posting.Month
	for _, h := range s.givers(sp.post, sp.from) {
		date, order := k.gives(s, h, sp.post, sp.from)
		last = max(last, date)
		early := own.Date.Known() && own.Date < date || own.Order != 0 && own.Order < order
		switch {
		case slices.Contains(cycle, h):
		case early:
			out.breach(entry{subjects: s.ids([]int{sp.cadre, h}), period: sp.from, measured: 1, unit: "order", breach: 1,
				text: s.about(c, sp, i18n.F("任职早于%s腾出岗位", "takes the seat before %s has given it up", s.name(h)))})
		case own.Date.Known() && date.Known() || own.Order != 0 && order != 0:
			out.keep(1)
		}
	}
	if !own.Date.Known() || !last.Known() {
		return 0
	}
	return max(0, days(last, own.Date))
}

// gives is when h gives up q in t, as the plan says, else the input; a secondment that ends has no place in the order.
func (executableOrder) gives(s *scene, h, q, t int) (date posting.Month, order int) {
	own := s.stated(h, t)
	switch sp := s.seconded[h]; {
	case sp.post == q && sp.from < t: // one that begins later gives up nothing yet
		if begun := s.stated(h, sp.from).Date; begun.Known() {
			date = begun + posting.Month(s.term(q))
		}
	case s.post(h, t) == s.x.Seat(h):
		date = s.x.Cadres[h].DutyUntil + 1
	case own.Date.Known() || s.x.Leaves(h) != t:
		date = own.Date
	default:
		date = s.leaveMonth(h)
	}
	return date, own.Order
}

// days are those from the first of one month to the first of another.
func days(from, to posting.Month) int {
	first := func(m posting.Month) time.Time {
		return time.Date(m.Year(), time.Month(m.Of()), 1, 0, 0, 0, 0, time.UTC)
	}
	return int(first(to).Sub(first(from)) / (24 * time.Hour))
}

// sequences are the moves of all periods that hang together, each to the main post of the next of its period.
type sequences struct{ chains, cycles [][]int }

// longest is the number of moves in the longest chain.
func (q sequences) longest() int {
	n := 0
	for _, chain := range q.chains {
		n = max(n, len(chain))
	}
	return n
}

// cycleOf are the members of the cycle of c, none where he is in none.
func (q sequences) cycleOf(c int) []int {
	if i := slices.IndexFunc(q.cycles, func(cycle []int) bool { return slices.Contains(cycle, c) }); i >= 0 {
		return q.cycles[i]
	}
	return nil
}

// sequences are the chains of at least two moves, and the cycles, of all periods.
func (executableOrder) sequences(s *scene) sequences {
	var q sequences
	next, followed, seen := map[int]int{}, map[int]bool{}, map[int]bool{}
	for c := range s.x.Cadres {
		if s.begins[c] == 0 || s.x.Seat(c) == posting.None {
			continue
		}
		if n, ok := s.mover(s.dest[c], s.begins[c]); ok {
			next[c], followed[n] = n, true
		}
	}
	for c := range s.x.Cadres {
		if path, closed := walk(c, next, seen); closed {
			q.cycles = append(q.cycles, path)
			mark(seen, path)
		}
	}
	for c := range s.x.Cadres {
		if followed[c] {
			continue
		}
		if path, _ := walk(c, next, seen); len(path) > 1 {
			q.chains = append(q.chains, path)
			mark(seen, path)
		}
	}
	return q
}

// walk follows next from c on, past nobody who has been seen, and tells whether it comes back to c.
func walk(c int, next map[int]int, seen map[int]bool) (path []int, closed bool) {
	for n, ok := c, true; ok && !seen[n] && len(path) <= len(next); n, ok = next[n] {
		if n == c && len(path) > 0 {
			return path, true
		}
		path = append(path, n)
	}
	return path, false
}

func mark(seen map[int]bool, path []int) {
	for _, c := range path {
		seen[c] = true
	}
}

// mover is the first, in official order, who moves in t from post p.
func (s *scene) mover(p, t int) (c int, ok bool) {
	if p == posting.None {
		return posting.None, false
	}
	holders := s.x.MainHolders(p)
	i := slices.IndexFunc(holders, func(h int) bool { return s.moves(h, t) })
	if i < 0 {
		return posting.None, false
	}
	return holders[i], true
}

// cycle judges that the members of a cycle have one date and one order number, as far as they have any.
func (executableOrder) cycle(s *scene, c *policy.Clause, members []int, out *findings) {
	t := s.begins[members[0]]
	dates, orders := map[posting.Month]bool{}, map[int]bool{}
	for _, m := range members {
		own := s.stated(m, t)
		dates[own.Date], orders[own.Order] = true, true
	}
	delete(dates, 0)
	delete(orders, 0)
	switch members := slices.Sorted(slices.Values(members)); {
	case len(dates) > 1 || len(orders) > 1:
		out.breach(entry{subjects: s.ids(members), period: t, measured: 1, unit: "order", breach: 1,
			text: of(c, s.names(members), i18n.T("循环调整，应当同日进行", "these moves form a cycle, and take place on one day"))})
	case len(dates)+len(orders) > 0:
		out.keep(1)
	}
}
