package audit

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// pinned is the ground of a waiver by a recorded disposition.
const pinned = "pin"

// exempt is the ground on which a breach of the spell is waived: the exception's number or `pin`, "" where it is not.
func (s *scene) exempt(c *policy.Clause, sp spell) string {
	if c.Modality == policy.Hard {
		return ""
	}
	if no := s.exception(c, sp.from, s.subjects(sp.cadre, sp.post)...); no != "" {
		return no
	}
	who := &s.x.Cadres[sp.cadre]
	switch {
	case who.Disposition == posting.Stay && sp.stay(),
		s.fixedOn(sp.cadre, sp.post),
		who.Disposition == posting.MustMove && sp.moved() && !sp.second() && sp.from == 1 && policy.Kinds()[c.Kind].Moving:
		return pinned
	}
	return ""
}

// subjects are the ids by which an exception may speak of c on post q.
func (s *scene) subjects(c, q int) []string {
	out := append([]string{s.x.Cadres[c].ID}, s.postSubjects(q)...)
	return append(out, s.postSubjects(s.x.Seat(c))...)
}

// postSubjects are the ids of a post and its unit.
func (s *scene) postSubjects(p int) []string {
	if p == posting.None {
		return nil
	}
	return []string{s.x.Posts[p].ID, s.x.Posts[p].Unit}
}

// exception is the number of the first recorded exception to the clause for one of the subjects that holds at the
// start of t, "" none.
func (s *scene) exception(c *policy.Clause, t int, subjects ...string) string {
	for i := range s.x.Exceptions {
		e := &s.x.Exceptions[i]
		if e.Subject != "" && c.Names(e.Clause) && (!e.Until.Known() || e.Until >= s.start(t)) && slices.Contains(subjects, e.Subject) {
			return e.No
		}
	}
	return ""
}

// waiver is exception for a clause that can be waived at all.
func (s *scene) waiver(c *policy.Clause, t int, subjects ...string) string {
	if c.Modality == policy.Hard {
		return ""
	}
	return s.exception(c, t, subjects...)
}

// fixedOn tells whether c is pinned 定岗 on post p.
func (s *scene) fixedOn(c, p int) bool {
	who := &s.x.Cadres[c]
	return p != posting.None && who.Disposition == posting.Fixed && who.FixedPost == s.x.Posts[p].ID
}

// fixedElsewhere tells whether c is pinned 定岗 on another post than p0.
func (s *scene) fixedElsewhere(c int) bool {
	return s.x.Cadres[c].Disposition == posting.Fixed && !s.fixedOn(c, s.x.Seat(c))
}

// fixedOnSeat tells whether c is pinned 定岗 on a secondment seat, which he would hold beside p0.
func (s *scene) fixedOnSeat(c int) bool {
	return s.x.Cadres[c].Disposition == posting.Fixed && s.x.Seconded(s.x.PostAt(s.x.Cadres[c].FixedPost))
}

// mustGo tells whether a pin makes c leave p0: 必动, or 定岗 elsewhere.
func (s *scene) mustGo(c int) bool {
	return s.x.Cadres[c].Disposition == posting.MustMove || s.fixedElsewhere(c)
}

// pinnedToMove tells whether c's moves are decided by a pin: 必动 or 定岗.
func (s *scene) pinnedToMove(c int) bool {
	d := s.x.Cadres[c].Disposition
	return d == posting.MustMove || d == posting.Fixed
}
