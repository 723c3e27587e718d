package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// World is a tiny instance under a policy, in a form that can be taken apart: clauses are lines of YAML.
type World struct {
	Seed     uint64
	Instance posting.Instance
	Head     string // of the policy, up to the clauses
	Clauses  []string
}

// Source is the policy as a file.
func (w *World) Source() string {
	if len(w.Clauses) == 0 {
		return w.Head + "clauses: []\n"
	}
	return w.Head + "clauses:\n  - " + strings.Join(w.Clauses, "\n  - ") + "\n"
}

// Read decodes the policy and builds the index.
func (w *World) Read() (*posting.Index, *policy.Policy, error) {
	pol, ps := policy.Decode("policy.yaml", []byte(w.Source()), policy.Options{})
	if pol == nil {
		return nil, nil, fmt.Errorf("seed %d: the policy is faulty: %v\n%s", w.Seed, ps.List, w.Source())
	}
	in := w.Instance
	return posting.NewIndex(&in, pol.Calendar), pol, nil
}

// Archive is the world as the files of a case, for a person who looks into a disagreement.
func (w *World) Archive() string {
	dir, err := os.MkdirTemp("", "ruletest")
	if err != nil {
		return err.Error()
	}
	defer os.RemoveAll(dir)
	in := w.Instance
	if err := workbook.WriteCSV(filepath.Join(dir, "csv"), &in); err != nil {
		return err.Error()
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "csv", "*.csv")) // the pattern is well formed
	var b strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return err.Error()
		}
		if text := narrow(string(data)); strings.Count(text, "\n") > 1 {
			fmt.Fprintf(&b, "-- %s --\n%s", filepath.Base(path), text)
		}
	}
	return b.String() + "-- policy.yaml --\n" + w.Source()
}

// narrow drops the columns of a table that are blank in every row.
func narrow(table string) string {
	var rows [][]string
	for line := range strings.Lines(strings.TrimPrefix(table, "\ufeff")) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), ","))
	}
	var b strings.Builder
	for _, row := range rows {
		var kept []string
		for j, cell := range row {
			if slices.ContainsFunc(rows[1:], func(r []string) bool { return j < len(r) && r[j] != "" }) {
				kept = append(kept, cell)
			}
		}
		b.WriteString(strings.Join(kept, ",") + "\n")
	}
	return b.String()
}

// Shrink takes away what a failure does not need: clauses, rows of every table, then single facts of people and posts.
func Shrink(w *World, fails func(*World) bool) *World {
	for again := true; again; {
		again = false
		for _, smaller := range simpler(w) {
			if fails(smaller) {
				w, again = smaller, true
				break
			}
		}
	}
	return w
}

// simpler lists the worlds that lack one thing each.
func simpler(w *World) []*World {
	var out []*World
	add := func(change func(*World)) {
		v := *w
		change(&v)
		out = append(out, &v)
	}
	for i := range w.Clauses {
		if v := without(w.Clauses, i); !slices.ContainsFunc(v, statesGrounds) || slices.Contains(v, grounds) {
			add(func(w *World) { w.Clauses = v })
		}
	}
	for i := range w.Instance.Cadres {
		add(func(v *World) { v.Instance.Cadres = without(v.Instance.Cadres, i) })
	}
	for i, p := range w.Instance.Posts {
		if !slices.ContainsFunc(w.Instance.Cadres, func(c posting.Cadre) bool { return c.Post == p.ID || c.FixedPost == p.ID }) {
			add(func(v *World) { v.Instance.Posts = without(v.Instance.Posts, i) })
		}
	}
	out = slices.Concat(out,
		fewer(w, func(in *posting.Instance) *[]posting.Planned { return &in.Previous }),
		fewer(w, func(in *posting.Instance) *[]posting.Tie { return &in.Ties }),
		fewer(w, func(in *posting.Instance) *[]posting.Exception { return &in.Exceptions }),
		fewer(w, func(in *posting.Instance) *[]posting.Departure { return &in.Departures }),
		fewer(w, func(in *posting.Instance) *[]posting.Done { return &in.Done }),
		fewer(w, func(in *posting.Instance) *[]posting.Stint { return &in.History }),
		fewer(w, func(in *posting.Instance) *[]posting.Trip { return &in.Trips }),
		fewer(w, func(in *posting.Instance) *[]posting.LedgerRow { return &in.Ledger }),
		fewer(w, func(in *posting.Instance) *[]posting.FollowUp { return &in.FollowUps }),
		fewer(w, func(in *posting.Instance) *[]posting.Opinion { return &in.Opinions }),
		fewer(w, func(in *posting.Instance) *[]posting.Wish { return &in.Wishes }),
		fewer(w, func(in *posting.Instance) *[]posting.Rating { return &in.Ratings }))
	return append(out, plainer(w)...)
}

// fewer lists the worlds that lack one row of a table.
func fewer[T any](w *World, table func(*posting.Instance) *[]T) []*World {
	var out []*World
	for i := range *table(&w.Instance) {
		v := *w
		rows := table(&v.Instance)
		*rows = without(*rows, i)
		out = append(out, &v)
	}
	return out
}

func without[T any](list []T, i int) []T { return slices.Delete(slices.Clone(list), i, i+1) }

// plainer lists the worlds in which one person or post is an ordinary one, but for his place, level and dates.
func plainer(w *World) []*World {
	var out []*World
	for i, c := range w.Instance.Cadres {
		for _, plain := range []posting.Cadre{
			plainCadre(posting.Cadre{ID: c.ID, Order: c.Order, Name: c.Name, Level: c.Level, Post: c.Post, PostSince: c.PostSince,
				Arrives: c.Arrives, Authority: c.Authority, Birth: c.Birth, Duty: c.Duty, DutyUntil: c.DutyUntil}),
			func() posting.Cadre { c.Duty, c.DutyUntil = posting.NoDuty, 0; return c }(),
			func() posting.Cadre { c.Also = nil; return c }(),
			func() posting.Cadre { c.Disposition, c.FixedPost = posting.Normal, ""; return c }(),
		} {
			if v := *w; fmt.Sprint(plain) != fmt.Sprint(w.Instance.Cadres[i]) {
				v.Instance.Cadres = slices.Clone(v.Instance.Cadres)
				v.Instance.Cadres[i] = plain
				out = append(out, &v)
			}
		}
	}
	for i, p := range w.Instance.Posts {
		plain := posting.Post{ID: p.ID, Order: p.Order, Name: p.Name, Unit: p.Unit, Role: p.Role, Level: p.Level, Leading: p.Leading,
			Team: p.Team, Counts: true, Authority: p.Authority, Weight: posting.Unknown, Filling: posting.Fillable, Approval: posting.ByParty,
			Term: p.Term, TermMonths: p.TermMonths}
		ordinary := p
		ordinary.Term, ordinary.TermMonths = posting.TermOrdinary, 0
		for _, q := range []posting.Post{plain, ordinary} {
			if v := *w; fmt.Sprint(q) != fmt.Sprint(p) {
				v.Instance.Posts = slices.Clone(v.Instance.Posts)
				v.Instance.Posts[i] = q
				out = append(out, &v)
			}
		}
	}
	return out
}

// plainCadre blanks the numbers for which 0 is a fact.
func plainCadre(c posting.Cadre) posting.Cadre {
	c.Grassroots, c.FamilySize, c.Disposition = posting.Unknown, posting.Unknown, posting.Normal
	c.AreaMonths, c.SpecialChanges = posting.Unknown, posting.Unknown
	return c
}
