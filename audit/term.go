package audit

import (
	"slices"

	"cadre/posting"
)

// mission tells whether post p is a mission seat.
func (s *scene) mission(p int) bool {
	return p != posting.None && s.x.Posts[p].Term == posting.TermMission
}

// termKinds are the kinds whose first active clause says how long a secondment or mission lasts where its seat does not.
var termKinds = map[posting.Term]string{posting.TermSecondment: "secondment", posting.TermMission: "support_mission"}

// term is the months of a secondment or mission on seat q, 0 where nothing says how long it lasts, and for ordinary posts.
func (s *scene) term(q int) int {
	post := &s.x.Posts[q]
	kind := termKinds[post.Term]
	switch {
	case kind == "":
		return 0
	case post.TermMonths > 0:
		return post.TermMonths
	}
	for _, k := range s.pol.ActiveOf(kind) {
		return k.Int("months")
	}
	return 0
}

// returning tells whether c returns in t: his mission has ended by then.
func (s *scene) returning(c, t int) bool { r := s.x.Returns(c); return r > 0 && t >= r }

// returns tells whether a spell is a return from a mission.
func (s *scene) returns(sp spell) bool {
	return sp.moved() && !sp.second() && s.returning(sp.cadre, sp.from)
}

// promised is the post promised to c at the end of his mission: by his own row, else by the last row of the follow-up
// sheet (by date, then by place) that names one; "" none.
func (s *scene) promised(c int) string {
	who := &s.x.Cadres[c]
	if who.ReturnsTo != "" {
		return who.ReturnsTo
	}
	out, last := "", posting.Month(0)
	for _, f := range s.records.followUps[c] {
		if f.ReturnsTo != "" && f.Date >= last {
			out, last = f.ReturnsTo, f.Date
		}
	}
	return out
}

// vacated tells whether secondment seat q is open in t: all who held it on the plan date have left by then, or held it
// beside their main post for a duty that has ended.
func (s *scene) vacated(q, t int) bool {
	return !slices.ContainsFunc(s.x.Holders(q), func(h int) bool {
		ended := s.x.Seat(h) != q && s.x.Ends(h) > 0 && t >= s.x.Ends(h)
		return !s.left(h, t) && !ended
	})
}
