package constraints

import "cadre/policy"

// longTenure: the duty to leave a post after the stated years. The duty is unmet in t while the seat is held, so the
// level counts the stays that cover t; no row is needed unless the clause is hard. Columns and rows: none, or one row
// for each cadre and period.
type longTenure struct{}

func (longTenure) encode(b *builder, c *policy.Clause) {
	for i := range b.Cadres {
		for t := 1; t <= b.Last(i); t++ {
			if b.dueUnder(c, i, t) && !b.dutyExempt(c, i, t) {
				b.oweMove(c, i, t)
			}
		}
	}
}

func (b *builder) dueUnder(c *policy.Clause, i, t int) bool {
	for _, k := range b.due[i][t] {
		if k == c {
			return true
		}
	}
	return false
}

// dutyExempt: staying is waived by an exception, or by a pin to the seat.
func (b *builder) dutyExempt(c *policy.Clause, i, t int) bool {
	return b.exempt(c, spell{i, b.Seat(i), t, t})
}

func (b *builder) oweMove(c *policy.Clause, i, t int) {
	stays := b.staying(i, t)
	if b.once("duty", c.Level, i, t) {
		for _, s := range stays {
			b.countIn(c, c.Level, s.Col, 1)
		}
	}
	if c.Modality == policy.Hard && len(b.moving(i, t, anywhere)) > 0 {
		b.row(c, name("due", c.ID, b.Cadres[i].ID, t), ids(b.Index, i), stays, 0, 0)
	}
}

func anywhere(spell) bool { return true }
