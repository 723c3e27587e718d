package policy

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// narrowed is the selector of those whom both select. Where nobody can be, the row is at fault.
func (d *decoder) narrowed(n *node, s *Selector, by Selector) Selector {
	out := Selector{
		Rank: both(s.Rank, by.Rank), PostRank: both(s.PostRank, by.PostRank), Role: both(s.Role, by.Role),
		UnitKind: both(s.UnitKind, by.UnitKind), Staff: both(s.Staff, by.Staff), Authority: both(s.Authority, by.Authority),
		Cadres: both(s.Cadres, by.Cadres), Posts: both(s.Posts, by.Posts), Units: both(s.Units, by.Units),
		Hardship: both(s.Hardship, by.Hardship), Tier: both(s.Tier, by.Tier), Zone: both(s.Zone, by.Zone),
		Class:  append(slices.Clone(s.Class), slices.DeleteFunc(slices.Clone(by.Class), func(c string) bool { return slices.Contains(s.Class, c) })...),
		Tenure: max(s.Tenure, by.Tenure), AgeAtMost: youngest(s.AgeAtMost, by.AgeAtMost),
		Exprs: append(slices.Clone(s.Exprs), by.Exprs...), Where: n.at.String(),
	}
	if s.meets(&by) == posting.No {
		d.ps.add("E2035", n.at, i18n.T("该行的条件与条款的条件矛盾，不能选中任何对象", "the conditions of the row contradict those of the clause, so that it selects nobody"))
	} else {
		d.contradiction(n.at, &out)
	}
	return out
}

// contradiction reports a selector that nobody can match.
func (d *decoder) contradiction(at place, s *Selector) {
	for _, class := range s.Class {
		if slices.Contains(s.Class, "not_"+class) {
			d.ps.add("E2035", at, i18n.F("条件 %[1]s 与 not_%[1]s 矛盾", "the conditions %[1]s and not_%[1]s contradict each other", class))
			return
		}
	}
	if len(s.roles()) == 0 {
		d.ps.add("E2035", at, i18n.T("role 与 class 的条件矛盾，不能选中任何岗位", "the conditions on role and class contradict each other, so that no post is selected"))
	}
}

// both are the values that two lists of a selector allow together; an empty list allows all.
func both[T comparable](a, b []T) []T {
	if len(a) == 0 || len(b) == 0 {
		return append(slices.Clone(a), b...)
	}
	return slices.DeleteFunc(slices.Clone(a), func(v T) bool { return !slices.Contains(b, v) })
}

func youngest(a, b int) int {
	if a == 0 || b == 0 {
		return a + b
	}
	return min(a, b)
}

// meets tells whether somebody can match both selectors: No where no person and post can, Yes where some could, Blank
// where ids or expressions leave it to the tables.
func (s *Selector) meets(o *Selector) posting.Tri {
	switch {
	case apart(s.Rank, o.Rank), apart(s.PostRank, o.PostRank), apart(s.roles(), o.roles()), apart(s.UnitKind, o.UnitKind),
		apart(s.Staff, o.Staff), apart(s.Authority, o.Authority), apart(s.Cadres, o.Cadres), apart(s.Posts, o.Posts),
		apart(s.Units, o.Units), apart(s.Hardship, o.Hardship), apart(s.Tier, o.Tier), apart(s.Zone, o.Zone), s.denies(o), o.denies(s):
		return posting.No
	case s.named() || o.named():
		return posting.Blank
	}
	return posting.Yes
}

// apart tells whether two lists of a selector have no value in common.
func apart[T comparable](a, b []T) bool { return len(a) > 0 && len(b) > 0 && len(both(a, b)) == 0 }

// denies tells whether the one asks for a class that the other excludes.
func (s *Selector) denies(o *Selector) bool {
	return slices.ContainsFunc(s.Class, func(class string) bool { return slices.Contains(o.Class, "not_"+class) })
}

// named tells whether the selector asks for single people, posts or units, or by an expression.
func (s *Selector) named() bool { return len(s.Cadres)+len(s.Posts)+len(s.Units)+len(s.Exprs) > 0 }

// roles are the roles of the posts that a selector can match: its own, and those of the classes that are read from the
// role. A role that is not known matches no such class.
func (s *Selector) roles() []posting.Role {
	var out []posting.Role
	for r := posting.RoleUnknown + 1; int(r) < len(posting.RoleNames); r++ {
		in := len(s.Role) == 0 || slices.Contains(s.Role, r)
		for _, class := range s.Class {
			switch base := strings.TrimPrefix(class, "not_"); base {
			case "principal", "middle":
				in = in && inClass(&posting.Post{Role: r}, class) == posting.Yes
			}
		}
		if in {
			out = append(out, r)
		}
	}
	return out
}
