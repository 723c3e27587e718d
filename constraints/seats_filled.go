package constraints

import (
	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// seatsFilled: seats that are to be filled do not stay empty. No rows of its own but where the clause binds: the vacancy
// column of the seat is charged.
type seatsFilled struct{}

func (seatsFilled) encode(b *builder, c *policy.Clause) {
	for p := range b.Posts {
		if !b.judgedSeat(c, p) {
			continue
		}
		for t := 1; t <= b.H; t++ {
			if c.To.Match(b.Index, posting.None, p, t) != posting.Yes || b.excepted(c, t, b.Posts[p].ID, b.Posts[p].Unit) {
				continue
			}
			v := b.vacancy(c, p, t)
			if c.Binding() {
				b.row(c, name("filled", c.ID, b.Posts[p].ID, t), []string{b.Posts[p].ID}, []mip.Term{{Col: v, Coef: 1}}, -mip.Inf, 0)
				continue
			}
			b.charge(c, v, 1)
		}
	}
}

func (b *builder) judgedSeat(c *policy.Clause, p int) bool {
	q := &b.Posts[p]
	if q.Authority != b.pol.Authority || q.Filling != posting.Fillable && q.Filling != posting.MustFill {
		return false
	}
	principal := q.Role.Principal() || q.Filling == posting.MustFill
	return principal == (c.Text("seats") == "principal")
}
