package constraints

import (
	"cadre/mip"
	"cadre/policy"
)

// classBalance: the share of a class that moves is not far below the share of all. One row for each period, in which x is
// how many more of the class would have to move:
//
//	n (m_k + x) - n_k m >= -points n n_k / 100,  taken 100 times so that all numbers are integers.
type classBalance struct{}

func (classBalance) encode(b *builder, c *policy.Clause) {
	n, class := int64(0), int64(0)
	for i := range b.Cadres {
		n += count(b.mayMove(i))
		class += count(b.mayMove(i) && b.inClass(c, i))
	}
	if class == 0 {
		return
	}
	for t := 1; t <= b.H; t++ {
		var terms []mip.Term
		for i := range b.Cadres {
			if b.mayMove(i) {
				weight := 100*n*count(b.inClass(c, i)) - 100*class
				terms = append(terms, scaled(b.moving(i, t, anywhere), weight)...)
			}
		}
		lag := b.column(name("lag", c.ID, t), float64(class), c.Shown(), nil)
		b.charge(c, lag, 1)
		terms = append(merge(terms), mip.Term{Col: lag, Coef: float64(100 * n)})
		b.row(c, name("balance", c.ID, t), nil, terms, float64(-int64(c.Int("points"))*n*class), mip.Inf)
	}
}

// mayMove: seated, under the policy's authority, and in office to the end of the horizon.
func (s *scene) mayMove(i int) bool { return s.ours(i) && s.Leaves(i) == 0 }

// inClass tells whether a seated cadre is of the class that the clause compares.
func (s *scene) inClass(c *policy.Clause, i int) bool {
	p := &s.Posts[s.Seat(i)]
	if c.Text("class") == "principal" {
		return p.Role.Principal()
	}
	return p.NeedLicence != "" || len(s.Cadres[i].Licences) > 0
}
