package constraints

import (
	"fmt"
	"slices"

	"cadre/mip"
	"cadre/posting"
)

// Refused is a spell of a plan for which the model has no column.
type Refused struct {
	Cadre, Post string
	From        int
	Clause      string // printed id of the clause that refused it; "" where no plan can hold such a spell
}

func (r *Refused) Error() string {
	return fmt.Sprintf("the model holds no spell of %s on %s from period %d on (%s)", r.Cadre, r.Post, r.From, r.Clause)
}

// Pin is the model with every spell fixed as a plan has it: the model is feasible exactly where the plan breaks no
// binding clause, and its least level values are the plan's. Assignments are read as an auditor reads them: cadre, to
// and period; whoever is not listed stays, and whoever leaves by the input stays until then. The error is a [Refused]
// for a spell that a binding clause kept out of the model, or that no plan can hold.
func (e *Encoding) Pin(assignments []posting.Assignment) (*mip.Model, error) {
	m := *e.Model
	m.Columns = slices.Clone(e.Model.Columns)
	for i := range e.spells {
		m.Columns[i].Upper = 0
	}
	given, err := e.changes(assignments)
	if err != nil {
		return nil, err
	}
	for c := range e.scene.Cadres {
		a, listed := given[e.scene.Cadres[c].ID]
		for _, sp := range e.planned(c, a, listed) {
			own := e.columns(c)
			i := slices.IndexFunc(own, func(i int) bool { return e.spells[i] == sp })
			if i < 0 {
				return nil, e.refused(sp)
			}
			col := &m.Columns[own[i]]
			col.Lower, col.Upper = 1, 1
		}
	}
	return &m, nil
}

// changes gives what each cadre listed does. A row for his stay may stand beside that of a secondment or of a later change;
// any other two are two changes, which no plan holds.
func (e *Encoding) changes(assignments []posting.Assignment) (map[string]posting.Assignment, error) {
	out := map[string]posting.Assignment{}
	for _, a := range assignments {
		b, listed := out[a.Cadre]
		if listed && !e.together(a, b) {
			return nil, &Refused{Cadre: a.Cadre, Post: a.To, From: a.Period}
		}
		if !listed || e.isHome(b) {
			out[a.Cadre] = a
		}
	}
	return out, nil
}

// together tells whether two rows of one cadre can stand in a plan.
func (e *Encoding) together(a, b posting.Assignment) bool {
	if e.isHome(b) {
		a, b = b, a
	}
	return e.isHome(a) && (e.isHome(b) || e.scene.Seconded(e.scene.PostAt(b.To)) || max(1, a.Period) < b.Period)
}

// planned are the spells of cadre c under an assignment, where there is one. To "" is no post from the period on; to a
// secondment seat is a secondment, beside the stay.
func (e *Encoding) planned(c int, a posting.Assignment, listed bool) []spell {
	s := e.scene
	seat, last, q, from := s.Seat(c), s.Last(c), s.PostAt(a.To), a.Period
	if from == 0 {
		from = s.First(c)
	}
	if !listed || q == seat {
		from = last + 1
	}
	var out []spell
	if listed && q != seat && s.Seconded(q) && (seat == posting.None || !s.moves(c)) {
		return []spell{{c, q, from, last}} // arrivals and leavers are not seconded, whenever it be
	}
	if from <= last && q != posting.None && s.isSecondment(spell{c, q, from, last}) {
		return []spell{{c, seat, 1, last}, s.spellTo(c, q, from)}
	}
	if end := min(from-1, last); seat != posting.None && end > 0 {
		out = append(out, spell{c, seat, 1, end})
	}
	if from <= last && q != posting.None {
		out = append(out, spell{c, q, from, last})
	}
	return out
}

// isHome tells whether an assignment leaves its cadre on his seat.
func (e *Encoding) isHome(a posting.Assignment) bool {
	c := e.scene.CadreAt(a.Cadre)
	return c != posting.None && a.To == e.scene.Cadres[c].Post
}

func (e *Encoding) refused(sp spell) *Refused {
	s := e.scene
	return &Refused{Cadre: s.Cadres[sp.cadre].ID, Post: s.Posts[sp.post].ID, From: sp.from, Clause: e.refusedBy(sp.cadre, sp.post)}
}
