package audit

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// The marks of grounds that are no clause.
const (
	groundReturn     = "return"
	groundVacancy    = "vacancy"
	groundArrival    = "arrival"
	groundRetirement = "retirement"
	markChain        = "chain:"
	markDeparture    = "departure:"
	markException    = "exception:"
)

// List is one of the four lists of persons.
type List string

const (
	Due      List = "应交流"
	Eligible List = "可交流"
	Deferred List = "暂不列入本批"
	Others   List = "不列入"
)

// Listing is the place of one cadre in the lists, with the clauses that put him there (none for Others).
type Listing struct {
	Cadre   string
	List    List
	Clauses []string
}

// Lists are the auditor's own four lists in the first period, in official order.
func Lists(x *posting.Index, pol *policy.Policy) ([]Listing, error) {
	s, err := newScene(x, pol, &posting.Plan{})
	if err != nil {
		return nil, err
	}
	out := make([]Listing, len(x.Cadres))
	for c := range x.Cadres {
		l := Listing{Cadre: x.Cadres[c].ID, List: Others}
		due, members := s.due(c, 1), s.memberships(c, 1)
		switch {
		case len(due) > 0:
			l.List, l.Clauses = Due, due
		case s.held(c, 1) || s.deferred(c):
			l.List, l.Clauses = Deferred, []string{policy.Hold}
		case len(members) > 0:
			l.List, l.Clauses = Eligible, members
		}
		out[c] = l
	}
	return out, nil
}

// Grounds are the grounds of every change that the plan makes, by cadre id, as policy/spec/README.md prints them: own
// grounds, vacancy or, where nothing else holds, the chain, then exceptions; `arrival` for placements; `retirement` or
// `departure:<class>` for leavers. Whoever is seconded without a ground is in the map with an empty list.
func Grounds(x *posting.Index, pol *policy.Policy, plan *posting.Plan) (map[string][]string, error) {
	s, err := newScene(x, pol, plan)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for c := range x.Cadres {
		if sp, ok := s.changed(c); ok {
			out[x.Cadres[c].ID] = s.grounds(sp)
		} else if x.Leaves(c) > 0 {
			out[x.Cadres[c].ID] = s.departure(c)
		}
	}
	return out, nil
}

// grounds are those of a move, placement or secondment.
func (s *scene) grounds(sp spell) []string {
	var out []string
	switch {
	case sp.arrive():
		out = append([]string{groundArrival}, s.fixing(sp)...)
	case sp.second():
		out = s.fixing(sp)
		if s.vacated(sp.post, sp.from) {
			out = append(out, groundVacancy)
		}
	default:
		out = s.ofMove(sp)
	}
	return append(out, s.citable(sp)...)
}

// ofMove are the grounds of a move, but for exceptions.
func (s *scene) ofMove(sp spell) []string {
	out := s.own(sp.cadre, sp.from)
	if s.openedBy(sp.post, sp.from) {
		return append(out, groundVacancy)
	}
	if len(out) == 0 {
		return []string{markChain + s.x.Cadres[s.remains(sp.post, sp.from)].ID}
	}
	return out
}

// fixing is the pin that fixes c on the post of the spell, as a ground.
func (s *scene) fixing(sp spell) []string {
	if s.fixedOn(sp.cadre, sp.post) {
		return []string{pinned}
	}
	return nil
}

// departure is the ground of one who leaves by the input.
func (s *scene) departure(c int) []string {
	class := s.x.LeaveClass(c)
	switch {
	case s.x.Leaves(c) == 0:
		return nil
	case class == posting.LeaveRetirement:
		return []string{groundRetirement}
	}
	return []string{markDeparture + string(class)}
}

// citable are the exceptions that waive a breach of a pair clause by the spell, in order of the input.
func (s *scene) citable(sp spell) []string {
	var out []string
	for i := range s.x.Exceptions {
		e := &s.x.Exceptions[i]
		if mark := markException + e.No; s.waives(e, sp) && !slices.Contains(out, mark) {
			out = append(out, mark)
		}
	}
	return out
}

func (s *scene) waives(e *posting.Exception, sp spell) bool {
	if !slices.Contains(s.subjects(sp.cadre, sp.post), e.Subject) || !s.lasts(e.Until, sp.from) {
		return false
	}
	for i := range s.pol.Clauses {
		c := &s.pol.Clauses[i]
		if c.Active(s.pol.Calendar.Date) && c.Modality != policy.Hard && c.Names(e.Clause) && s.breaks(c, sp) {
			return true
		}
	}
	return false
}

// breaks tells whether the spell is a breach of the clause, of a pair kind.
func (s *scene) breaks(c *policy.Clause, sp spell) bool {
	k, ok := kinds[c.Kind].(pairKind)
	if !ok {
		return false
	}
	r := s.settle(k, c, sp)
	return !r.idle && r.breach > 0
}

// own are the own grounds of c in t: return, duties, memberships, avoidance, pin.
func (s *scene) own(c, t int) []string {
	var out []string
	if s.returning(c, t) {
		out = append(out, groundReturn)
	}
	out = append(out, s.due(c, t)...)
	if !s.held(c, t) && !s.deferred(c) {
		out = append(out, s.memberships(c, t)...)
	}
	out = append(out, s.avoids(c, t)...)
	if s.mustGo(c) && !s.fixedOnSeat(c) {
		out = append(out, pinned)
	}
	return out
}

// due are the ids of the active clauses that give c a duty to move in t.
func (s *scene) due(c, t int) []string {
	var out []string
	for _, k := range s.pol.ActiveOf("long_tenure") {
		if s.duty(k, c, t) {
			out = append(out, k.ID)
		}
	}
	return out
}

// duty tells whether the clause gives c a duty to move in t.
func (s *scene) duty(k *policy.Clause, c, t int) bool {
	months, known := s.x.Tenure(c, t)
	return known && months >= k.Months("must_years") && !s.left(c, t) && !s.x.OnMission(c) && s.under(c) && s.matches(k, c, t)
}

// matches tells whether `for` is known to match c on his seat in t.
func (s *scene) matches(k *policy.Clause, c, t int) bool { return s.forCadre(k, c, t) == posting.Yes }

func (s *scene) forCadre(k *policy.Clause, c, t int) posting.Tri {
	return k.For.Match(s.x, c, s.x.Seat(c), t)
}

// memberships are the ids of the active share clauses in whose eligible set c is in t.
func (s *scene) memberships(c, t int) []string {
	var out []string
	for _, k := range s.pol.ActiveOf("yearly_share") {
		if s.eligible(k, c, t) == posting.Yes {
			out = append(out, k.ID)
		}
	}
	return out
}

// eligible tells whether c is in E(k,t); Blank where he is in all but a blank tenure or selector.
func (s *scene) eligible(k *policy.Clause, c, t int) posting.Tri {
	if s.x.Seat(c) == posting.None || s.left(c, t) || s.x.OnMission(c) || s.away(c, t) || !s.under(c) || s.excluded(k, c, t) {
		return posting.No
	}
	long := posting.Blank
	if months, known := s.x.Tenure(c, t); known {
		long = tri(months >= k.Months("candidate_years"))
	}
	return both(long, s.forCadre(k, c, t))
}

func tri(b bool) posting.Tri {
	if b {
		return posting.Yes
	}
	return posting.No
}

// away tells whether c is on support, village duty or secondment at the start of t.
func (s *scene) away(c, t int) bool {
	who := &s.x.Cadres[c]
	return who.Duty.Away() && s.lasts(who.DutyUntil, t)
}

// lasts tells whether something whose last month is m (not known: no end) still holds at the start of t.
func (s *scene) lasts(m posting.Month, t int) bool { return !m.Known() || m >= s.start(t) }

// under tells whether c and his main post stand under the policy's authority.
func (s *scene) under(c int) bool {
	return s.x.Cadres[c].Authority == s.pol.Authority && s.x.Posts[s.x.Seat(c)].Authority == s.pol.Authority
}

// excluded tells whether the clause takes a class to which c belongs out of its eligible set.
func (s *scene) excluded(k *policy.Clause, c, t int) bool {
	for _, class := range k.List("exclude") {
		switch class {
		case "held":
			if s.held(c, t) {
				return true
			}
		case "pinned":
			if d := s.x.Cadres[c].Disposition; d == posting.Stay || d == posting.Fixed {
				return true
			}
		case "deferred":
			if s.deferred(c) {
				return true
			}
		}
	}
	return false
}

func (s *scene) held(c, t int) bool {
	who := &s.x.Cadres[c]
	return who.Review || who.Hold && s.lasts(who.HoldUntil, t)
}

func (s *scene) deferred(c int) bool {
	who := &s.x.Cadres[c]
	return who.Care && len(who.Consents) == 0
}

// avoids are the ids of the active avoidance clauses that c's seat breaks, with the holders of the plan date.
func (s *scene) avoids(c, t int) []string {
	key := [2]int{c, t}
	if ids, ok := s.avoidance[key]; ok {
		return ids
	}
	var out []string
	if seat := s.x.Seat(c); seat != posting.None {
		for i := range s.pol.Clauses {
			k := &s.pol.Clauses[i]
			if k.Active(s.pol.Calendar.Date) && s.seatBreaks(k, c, seat, t) {
				out = append(out, k.ID)
			}
		}
	}
	s.avoidance[key] = out
	return out
}

func (s *scene) seatBreaks(k *policy.Clause, c, seat, t int) bool {
	switch k.Kind {
	case "area_avoidance":
		r := s.settle(areaAvoidance{}, k, spell{c, seat, t, s.x.Last(c), posting.MoveStay})
		return !r.idle && r.breach > 0
	case "kin_avoidance":
		return kinAvoidance{}.seatClashes(s, k, c)
	}
	return false
}
