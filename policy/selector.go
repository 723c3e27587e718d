package policy

import "cadre/posting"

// Selector says whom or what a clause is for: every field that is given must match; the zero Selector matches all.
// `for` looks at a cadre and his seat on the plan date, `to` at a cadre and a destination.
type Selector struct {
	Rank      []posting.Level     // level of the cadre
	PostRank  []posting.Level     // level of the post
	Class     []string            // of the post, all must hold: leading, team, key, principal, middle, each also as not_leading, ...
	Role      []posting.Role      // of the post
	UnitKind  []posting.UnitKind  // of the post's unit
	Staff     []posting.StaffType // of the cadre
	Authority []string            // of the post
	Cadres    []string            // ids
	Posts     []string            // ids
	Units     []string            // ids
	Hardship  []int               // 艰苦边远类别 of the post's place, 0 to 6
	Tier      []int               // 条件层次 of the post's place, 1 to 5
	Zone      []string            // 片区 of the post's place
	Tenure    int                 // at least so many months in the main post, at the start of the period; 0 any
	AgeAtMost int                 // years at the start of the period; 0 any
	Exprs     []*Expression       // escape hatch: all must hold
	Where     string              // file:line:column, "" where the clause states none
}

// Empty tells whether the selector asks for nothing, and so matches all.
func (s *Selector) Empty() bool { return s.OfPost() && !s.asksPost() }

// OfPost tells whether the selector asks nothing of the cadre: then it matches a post for all or for nobody, in every period.
func (s *Selector) OfPost() bool { return !s.asksCadre() && len(s.Exprs) == 0 }

// Match decides the selector for cadre c and post p (positions in x; posting.None for no post) in period t: Yes, No,
// or Blank where a field it needs is blank. A known mismatch wins over a blank.
func (s *Selector) Match(x *posting.Index, c, p, t int) posting.Tri {
	m := matcher{x: x, c: c, p: p, t: t, result: posting.Yes}
	m.cadre(s)
	m.post(s)
	for _, e := range s.Exprs {
		if m.result != posting.No {
			m.and(e.match(x, c, p, t))
		}
	}
	return m.result
}
