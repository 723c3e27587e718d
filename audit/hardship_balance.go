package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// hardshipBalance: hard service and family burdens are balanced between people over the years. But for a cap, findings name
// nobody.
type hardshipBalance struct{}

// burden is what one person bears: earlier, and with what the plan adds, in whole steps.
type burden struct {
	cadre       int
	past, steps int
}

// tier is a share of those who bear most, and its weight.
type tier struct {
	share  policy.Ratio
	weight int
}

func readTier(row policy.Row) (tier, error) {
	share := row.Share("share")
	if share.Den == 0 {
		return tier{}, i18n.E("比例 %q：应写成 25%%、1/4 或 0.25 的样子", "share %q: want a share such as 25%%, 1/4 or 0.25", row["share"])
	}
	weight, err := readNumber(row, "weight")
	return tier{share, weight}, err
}

func (k hardshipBalance) judge(s *scene, c *policy.Clause, out *findings) {
	var all []burden
	for cadre := range s.x.Cadres {
		if s.x.Seat(cadre) == posting.None || s.x.Leaves(cadre) > 0 || !s.matches(c, cadre, 1) {
			continue
		}
		all = append(all, k.burden(s, c, cadre))
		k.unknown(s, c, cadre, out)
	}
	k.measure(c, all, out)
	if c.Text("method") != "cap" {
		k.together(s, c, all, out)
		return
	}
	for _, b := range all {
		k.capped(s, c, b, out)
	}
}

func (k hardshipBalance) burden(s *scene, c *policy.Clause, cadre int) burden {
	past := k.past(s, c, cadre)
	planned := 0
	for t := 1; t <= s.periods(); t++ {
		planned += s.x.Calendar.Length * k.monthly(s, c, cadre, t)
	}
	step := max(c.Int("step"), 1)
	return burden{cadre, past / step, (past + planned) / step}
}

// past are the weighted months of the ledger.
func (hardshipBalance) past(s *scene, c *policy.Clause, cadre int) int {
	out := 0
	for _, l := range s.records.ledger[cadre] {
		out += c.Int("hardship")*l.Hardship + c.Int("far")*l.Far + c.Int("apart")*l.Apart + c.Int("care")*l.Care + c.Int("overdue")*l.Overdue
	}
	return out
}

// monthly is what one month of t adds, at the place where the cadre serves. What is blank adds nothing.
func (k hardshipBalance) monthly(s *scene, c *policy.Clause, cadre, t int) int {
	out, p := 0, k.service(s, cadre, t)
	if p == posting.None {
		return 0
	}
	out += c.Int("hardship") * max(0, s.hardship(p))
	if more(s.homeMinutes(cadre, p), c.Int("far_minutes")) == posting.Yes {
		out += k.farWeight(s, c, cadre)
	}
	if s.post(cadre, t) == s.x.Seat(cadre) && len(s.due(cadre, t)) > 0 {
		out += c.Int("overdue")
	}
	return out
}

// service is the post at whose place the cadre serves in t: the seat to which he is seconded, else the main post.
func (hardshipBalance) service(s *scene, cadre, t int) int {
	if q := s.beside(cadre, t); q != posting.None {
		return q
	}
	return s.post(cadre, t)
}

// farWeight is the weight of a month too far from home.
func (hardshipBalance) farWeight(s *scene, c *policy.Clause, cadre int) int {
	if s.x.Cadres[cadre].ParentCare == posting.Yes {
		return c.Int("far") + c.Int("care")
	}
	return c.Int("far")
}

// unknown lists one for whom a blank hides a part of what he bears.
func (k hardshipBalance) unknown(s *scene, c *policy.Clause, cadre int, out *findings) {
	for t := 1; t <= s.periods(); t++ {
		p := k.service(s, cadre, t)
		if p == posting.None {
			continue
		}
		class := c.Int("hardship") != 0 && s.hardship(p) == posting.Unknown
		way := k.farWeight(s, c, cadre) != 0 && s.homeMinutes(cadre, p) == posting.Unknown
		if class || way {
			out.add(unverifiable, entry{subjects: []string{s.x.Cadres[cadre].ID}, period: 1, measured: posting.Unknown, unit: "datum",
				text: of(c, s.name(cadre), i18n.T("缺少艰苦边远类别、家庭所在地或路程，无法核实", "cannot be verified: the class of the place, the home or the travel time not given"))})
			return
		}
	}
}

func (hardshipBalance) measure(c *policy.Clause, all []burden, out *findings) {
	total, most, at := 0, 0, 0
	for _, b := range all {
		total += b.steps
		if b.steps > most {
			most, at = b.steps, 0
		}
		if b.steps == most {
			at++
		}
	}
	for name, n := range map[string]int{"people": len(all), "total": total, "most": most, "at_most": at} {
		out.metrics[c.ID+"."+name] = float64(n)
	}
}

// capped judges one person: whoever is above the cap already is given no more, the others do not pass it.
func (hardshipBalance) capped(s *scene, c *policy.Clause, b burden, out *findings) {
	limit := max(c.Int("cap"), b.past)
	if b.steps <= limit {
		out.keep(1)
		return
	}
	e := entry{subjects: []string{s.x.Cadres[b.cadre].ID}, period: 1, measured: b.steps, limit: limit, unit: "step", breach: b.steps - limit,
		text: of(c, s.name(b.cadre), i18n.F("累计%d档，上限%d档", "%d steps in all, at most %d", b.steps, limit))}
	if c.Modality == policy.Waivable {
		e.exception = s.exception(c, 1, s.x.Cadres[b.cadre].ID)
	}
	out.breach(e)
}

// together judges what all bear.
func (k hardshipBalance) together(s *scene, c *policy.Clause, all []burden, out *findings) {
	steps := make([]int, len(all))
	for i, b := range all {
		steps[i] = b.steps
	}
	slices.SortFunc(steps, func(a, b int) int { return b - a }) // the largest first
	value := k.value(s, c, steps)
	if c.Text("method") == "convex" {
		value = added(all)
	}
	if value == 0 {
		out.keep(1)
		return
	}
	e := entry{subjects: []string{}, period: 1, measured: value, unit: "step", breach: value,
		text: of(c, i18n.F("%d人", "%d people", len(all)), k.told(c, steps, value))}
	if c.Text("method") != "leximin" || c.Modality != policy.Level {
		out.breach(e)
		return
	}
	for v := 1; v <= c.Int("top"); v++ { // the levels that stand in the place of the clause's own
		out.levels[policy.Threshold(c.Level, v)] += int64(atLeastSteps(steps, v))
	}
	out.add(missed, e)
}

// told says how much is borne, without a name.
func (hardshipBalance) told(c *policy.Clause, steps []int, value int) i18n.Text {
	most := steps[0]
	heavy := atLeastSteps(steps, most)
	if c.Text("method") == "leximin" {
		return i18n.F("困难较集中的%d人，累计%d档", "%d bear most, %d steps each", heavy, most)
	}
	return i18n.F("困难较集中的%d人，累计%d档；合计折算%d", "%d bear most, %d steps each; %d in all as weighed", heavy, most, value)
}

// value is the breach of gini and leximin, of burdens sorted from the largest; of leximin the largest itself.
func (hardshipBalance) value(s *scene, c *policy.Clause, steps []int) int {
	out := 0
	switch c.Text("method") {
	case "gini":
		for _, row := range s.tables.tiers[c] {
			for _, b := range steps[:rounded(row.share, len(steps), "up")] {
				out += row.weight * b
			}
		}
	case "leximin":
		if len(steps) > 0 {
			out = steps[0]
		}
	}
	return out
}

// added is what the horizon adds to the squares of the burdens.
func added(all []burden) int {
	out := 0
	for _, b := range all {
		out += b.steps*b.steps - b.past*b.past
	}
	return out
}

// atLeastSteps is the number of burdens of at least v steps.
func atLeastSteps(steps []int, v int) int {
	n := 0
	for _, b := range steps {
		if b >= v {
			n++
		}
	}
	return n
}
