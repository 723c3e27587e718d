package scenario

import (
	"reflect"
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

	once   sync.Once
	base   *Applied
	err    error
	mu     sync.Mutex
	recent []*edited // the last used first
}

// edited is what edits make of the tables. All that it holds is read-only.
type edited struct {
	edits    []workbook.Edit
	calendar posting.Calendar
	index    *posting.Index // nil where there are errors
	where    policy.Places
	problems []policy.Problem
}

// mostRecent is how many edited instances are remembered: scenarios that vary the policy alone, and grids, come back to a few.
const mostRecent = 8

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
	calendar := posting.Calendar{Date: w.Book.Date()}
	if pol != nil {
		calendar = pol.Calendar
	}
	e, err := w.edited(o.edits(base), calendar)
	if err != nil {
		return nil, err
	}
	out.Problems = append(out.Problems, e.problems...)
	if pol == nil || e.index == nil {
		return out, nil
	}
	fit := pol.Validate(e.index, e.where)
	out.Problems = append(out.Problems, fit.List...)
	if !fit.HasErrors() {
		out.Index, out.Policy = e.index, pol
	}
	return out, nil
}

// index is what an overlay makes of the tables under a policy that it gave without fault.
func (w *World) index(o Overlay, calendar posting.Calendar) (*posting.Index, error) {
	base, err := w.Base()
	if err != nil {
		return nil, err
	}
	o = w.Under.then(o)
	e, err := w.edited(o.edits(base.Index), calendar)
	if err != nil {
		return nil, err
	}
	return e.index, nil
}

// edited is what edits make of the tables, remembered where it was asked for before.
func (w *World) edited(edits []workbook.Edit, calendar posting.Calendar) (*edited, error) {
	if e := w.remembered(edits, calendar); e != nil {
		return e, nil
	}
	in, where, found, err := w.Source.Edited(edits, workbook.Options{Date: calendar.Date})
	if err != nil {
		return nil, err
	}
	e := &edited{edits: edits, calendar: calendar, where: where, problems: found.All()}
	if in != nil && calendar.Periods > 0 { // none of a faulty policy
		e.index = posting.NewIndex(in, calendar)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.recent = append([]*edited{e}, w.recent[:min(len(w.recent), mostRecent-1)]...)
	return e, nil
}

func (w *World) remembered(edits []workbook.Edit, calendar posting.Calendar) *edited {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := slices.IndexFunc(w.recent, func(e *edited) bool { return e.calendar == calendar && reflect.DeepEqual(e.edits, edits) })
	if at < 0 {
		return nil
	}
	e := w.recent[at]
	w.recent = append([]*edited{e}, slices.Delete(slices.Clone(w.recent), at, at+1)...)
	return e
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
