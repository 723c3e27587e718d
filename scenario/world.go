package scenario

import (
	"slices"
	"sync"

	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// World is an input with its policy, on which scenarios are tried. Many goroutines may ask it at once.
type World struct {
	Source  *workbook.Source
	Book    *policy.Book
	Under   Overlay         // lies below every scenario: the plan before with its decisions
	Process posting.Process // by which Under came about

	once sync.Once
	base *Applied
	err  error
}

// Applied is what an overlay makes of a world. Index and Policy are nil where Problems hold an error.
type Applied struct {
	Index    *posting.Index
	Policy   *policy.Policy
	Problems []policy.Problem // of policy, tables and of both together
}

// bad tells whether there is nothing to run.
func (a *Applied) bad() bool { return a.Index == nil }

func (a *Applied) problems() []policy.Problem {
	if a == nil {
		return nil
	}
	return a.Problems
}

// Base is the world without overlay. The error is a file that cannot be read.
func (w *World) Base() (*Applied, error) {
	w.once.Do(func() { w.base, w.err = w.apply(Overlay{}, nil) })
	return w.base, w.err
}

// Apply lays an overlay over the world. Its problems are those that the base does not have. The error is a file that
// cannot be read. Time is linear in the tables.
func (w *World) Apply(o Overlay) (*Applied, error) {
	base, err := w.Base()
	if err != nil {
		return nil, err
	}
	out, err := w.apply(o, base.Index)
	if err != nil {
		return nil, err
	}
	out.Problems = slices.DeleteFunc(out.Problems, func(p policy.Problem) bool {
		return slices.ContainsFunc(base.Problems, func(q policy.Problem) bool { return p.Code == q.Code && p.Where == q.Where && p.Text == q.Text })
	})
	return out, nil
}

func (w *World) apply(o Overlay, base *posting.Index) (*Applied, error) {
	o = w.Under.then(o)
	pol, ps := w.Book.With(o.Policy...)
	out := &Applied{Problems: ps.List}
	date := w.Book.Date()
	if pol != nil {
		date = pol.Calendar.Date
	}
	in, where, found, err := w.Source.Edited(o.edits(base), workbook.Options{Date: date})
	if err != nil {
		return nil, err
	}
	out.Problems = append(out.Problems, found.All()...)
	if pol == nil || in == nil {
		return out, nil
	}
	x := posting.NewIndex(in, pol.Calendar)
	fit := pol.Validate(x, where)
	out.Problems = append(out.Problems, fit.List...)
	if !fit.HasErrors() {
		out.Index, out.Policy = x, pol
	}
	return out, nil
}

// edits are the edits of the tables; a post that closes sends its main holders away, as the base knows them.
func (o *Overlay) edits(base *posting.Index) []workbook.Edit {
	var out []workbook.Edit
	for _, e := range o.Edits {
		out = append(out, e.Edit)
		if e.Closes == "" || base == nil {
			continue
		}
		if q := base.PostAt(e.Closes); q != posting.None {
			for _, c := range base.MainHolders(q) {
				out = append(out, workbook.Edit{Table: "cadres", Action: workbook.SetRow, Key: base.Cadres[c].ID, Where: e.Where,
					Cells: []workbook.Cell{{Field: "disposition", Value: string(posting.MustMove), Where: e.Where}}})
			}
		}
	}
	return out
}

// added are the cadres and posts that an overlay brought in.
func (w *World) added(a *Applied) *posting.Instance {
	out := &posting.Instance{}
	for i := range a.Index.Cadres {
		if w.base.Index.CadreAt(a.Index.Cadres[i].ID) == posting.None {
			out.Cadres = append(out.Cadres, a.Index.Cadres[i])
		}
	}
	for i := range a.Index.Posts {
		if w.base.Index.PostAt(a.Index.Posts[i].ID) == posting.None {
			out.Posts = append(out.Posts, a.Index.Posts[i])
		}
	}
	return out
}
