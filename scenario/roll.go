package scenario

import (
	"slices"

	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
)

// Roll is the input one batch later, after what happened in it: the moves of the plan's first period (whatever plan that is: the one
// made, or what was done in the end), the departures that fell due, and the time that passed. The far years of the plan become the plan
// before (table previous), so that the next plan changes them only where it has to. docs/several-years.md states every field.
func Roll(x *posting.Index, pol *policy.Policy, plan *posting.Plan) *posting.Instance {
	r := &roller{x: x, pol: pol, plan: plan, next: x.Calendar.Start(2), to: map[int]*posting.Assignment{}, out: &posting.Instance{}}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		if c := x.CadreAt(a.Cadre); c != posting.None && r.to[c] == nil {
			r.to[c] = a
		}
	}
	*r.out = *x.Instance
	r.out.Hash = ""
	r.people()
	r.records()
	return r.out
}

// roller carries an instance forward.
type roller struct {
	x    *posting.Index
	pol  *policy.Policy
	plan *posting.Plan
	next posting.Month               // the plan date to come
	to   map[int]*posting.Assignment // by cadre: what the plan holds
	out  *posting.Instance
}

// gone tells whether a cadre has left by the next plan date.
func (r *roller) gone(c int) bool { return r.x.Leaves(c) == 1 }

// moved is the post that a cadre took in the batch, posting.None where he took none.
func (r *roller) moved(c int) int {
	a := r.to[c]
	if a == nil || a.Period > 1 || r.gone(c) {
		return posting.None
	}
	if q := r.x.PostAt(a.To); q != r.x.Seat(c) {
		return q
	}
	return posting.None
}

// taken is the month in which he took it.
func (r *roller) taken(c int) posting.Month {
	if d := r.to[c].Date; d.Known() && d < r.next {
		return d
	}
	return max(r.x.Calendar.Date, r.x.Cadres[c].Arrives)
}

func (r *roller) people() {
	r.out.Cadres, r.out.History = nil, slices.Clone(r.x.History)
	for c := range r.x.Cadres {
		if r.gone(c) {
			continue
		}
		p := r.x.Cadres[c]
		if q := r.moved(c); q != posting.None {
			r.take(&p, c, q)
		} else {
			r.stay(&p, c)
		}
		r.expire(&p)
		r.out.Cadres = append(r.out.Cadres, p)
	}
}

// take gives a cadre his new post from the month in which he took it.
func (r *roller) take(p *posting.Cadre, c, q int) {
	seat, post, since := r.x.Seat(c), &r.x.Posts[q], r.taken(c)
	if r.x.Seconded(q) {
		r.second(p, c, q, since)
		return
	}
	if seat != posting.None {
		old := &r.x.Posts[seat]
		r.out.History = append(r.out.History, posting.Stint{Cadre: p.ID, Unit: old.Unit, Post: old.ID, From: p.PostSince, To: since, Exchanged: posting.Yes})
	}
	if seat == posting.None || r.x.Posts[seat].Unit != post.Unit {
		p.UnitSince = since
	}
	if post.Level > p.Level && p.Level != posting.LevelUnknown {
		p.Level, p.LevelSince = post.Level, since
	}
	if post.Staff != "" {
		p.Staff = post.Staff
	}
	p.Post, p.PostSince, p.Deduct, p.Arrives, p.Also = post.ID, since, 0, 0, nil
	r.mission(p, c, q, since)
	r.serve(p, seat, since-r.x.Calendar.Date)
	r.serve(p, q, r.next-since)
	r.lodge(p, c, q)
}

// mission begins or ends one: whoever is sent out has his level recorded, whoever has returned is on none.
func (r *roller) mission(p *posting.Cadre, c, q int, since posting.Month) {
	switch {
	case r.x.Posts[q].Term == posting.TermMission:
		p.Duty, p.DutyUntil, p.OriginLevel = posting.Support, since+r.length(q, "support_mission")-1, r.x.Cadres[c].Level
	case r.x.OnMission(c):
		p.Duty, p.DutyUntil, p.OriginLevel, p.ReturnsTo = posting.NoDuty, 0, posting.LevelUnknown, ""
	}
}

// second begins a secondment: the seat at home is kept.
func (r *roller) second(p *posting.Cadre, c, q int, since posting.Month) {
	p.Also = append(slices.Clone(p.Also), r.x.Posts[q].ID)
	p.Duty, p.DutyUntil = posting.Secondment, since+r.length(q, "secondment")-1
	r.stay(p, c)
}

// length is the months of a secondment or mission: the seat's own, else the policy's.
func (r *roller) length(q int, kind string) posting.Month {
	if m := r.x.Posts[q].TermMonths; m > 0 {
		return posting.Month(m)
	}
	for _, k := range r.pol.ActiveOf(kind) {
		return posting.Month(k.Int("months"))
	}
	return 1
}

// stay lets the time pass.
func (r *roller) stay(p *posting.Cadre, c int) {
	if seat := r.x.Seat(c); seat != posting.None {
		r.serve(p, seat, r.next-r.x.Calendar.Date)
	}
}

// serve adds months in a post to the sums that the tables keep: grass-roots work, and time at the level in the area, which begins anew
// in another area.
func (r *roller) serve(p *posting.Cadre, q int, months posting.Month) {
	if q == posting.None || months <= 0 {
		return
	}
	if u := r.x.UnitOf(q); p.Grassroots != posting.Unknown && u != posting.None && r.x.Units[u].Kind == posting.Township {
		p.Grassroots += int(months)
	}
	if p.AreaMonths == posting.Unknown {
		return
	}
	if c := r.x.CadreAt(p.ID); r.x.Seat(c) != posting.None && r.area(q) != r.area(r.x.Seat(c)) {
		p.AreaMonths = 0
	}
	p.AreaMonths += int(months)
}

// area is the parent of a post's place, or the place itself.
func (r *roller) area(q int) string {
	z := r.x.PlaceOf(q)
	if z == posting.None {
		return ""
	}
	if up := r.x.Places[z].Parent; up != "" {
		return up
	}
	return r.x.Places[z].ID
}

// lodge puts a mover into the dormitory of his new place where the policy's lodging clause says that he needs it.
func (r *roller) lodge(p *posting.Cadre, c, q int) {
	p.Lodging = ""
	z := r.x.PlaceOf(q)
	if z == posting.None {
		return
	}
	minutes, known := r.x.HomeMinutes(c, q)
	if slices.ContainsFunc(r.pol.ActiveOf("lodging"), func(k *policy.Clause) bool {
		return r.x.Posts[q].LiveIn || known && minutes > k.Int("commute_minutes")
	}) {
		p.Lodging = r.x.Places[z].ID
	}
}

// expire ends what was for the batch, and what has run out. Unsuited posts, holds and duties with an end still to come stay.
func (r *roller) expire(p *posting.Cadre) {
	p.Disposition, p.FixedPost, p.DecidedBy = posting.Normal, "", ""
	if p.HoldUntil.Known() && p.HoldUntil < r.next {
		p.Hold, p.HoldUntil = false, 0
	}
	if p.Probation < r.next {
		p.Probation = 0
	}
	if c := r.x.CadreAt(p.ID); p.DutyUntil.Known() && p.DutyUntil < r.next && !(r.x.OnMission(c) && r.moved(c) == posting.None) {
		p.Duty, p.DutyUntil = posting.NoDuty, 0
		p.Also = slices.DeleteFunc(slices.Clone(p.Also), func(id string) bool { return r.x.Seconded(r.x.PostAt(id)) })
	}
	if p.ServesUntil < r.next {
		p.ServesUntil = 0
	}
}

// records carries the tables about people forward.
func (r *roller) records() {
	gone := func(id string) bool { c := r.x.CadreAt(id); return c != posting.None && r.gone(c) }
	r.out.Ties = slices.DeleteFunc(slices.Clone(r.x.Ties), func(t posting.Tie) bool { return gone(t.A) || gone(t.B) })
	r.out.History = slices.DeleteFunc(r.out.History, func(s posting.Stint) bool { return gone(s.Cadre) })
	r.out.Departures = slices.DeleteFunc(slices.Clone(r.x.Departures), func(d posting.Departure) bool { return gone(d.Cadre) })
	r.out.Exceptions = slices.DeleteFunc(slices.Clone(r.x.Exceptions), func(e posting.Exception) bool {
		return gone(e.Subject) || e.Until.Known() && e.Until < r.next
	})
	o := &planning.Outcome{Index: r.x, Policy: r.pol, Plan: r.plan, Briefing: planning.Brief(r.x, r.pol)}
	r.out.Ledger = slices.DeleteFunc(planning.NextLedger(o), func(l posting.LedgerRow) bool { return gone(l.Cadre) })
	r.out.FollowUps = slices.DeleteFunc(append(slices.Clone(r.x.FollowUps), planning.FollowUpSheet(r.x, r.plan)...), func(f posting.FollowUp) bool { return gone(f.Cadre) })
	r.out.Wishes = slices.DeleteFunc(slices.Clone(r.x.Wishes), func(w posting.Wish) bool { return gone(w.Cadre) })
	r.out.Opinions, r.out.Ratings = nil, nil // of the batch that is over
	r.done(gone)
	r.previous()
}

// done are the moves of the calendar year that goes on: none where a new year begins.
func (r *roller) done(gone func(string) bool) {
	r.out.Done = nil
	for _, d := range r.x.Done {
		if d.Month.Year() == r.next.Year() && !gone(d.Cadre) {
			r.out.Done = append(r.out.Done, d)
		}
	}
	for c := range r.x.Cadres {
		if q := r.moved(c); q != posting.None && r.x.Seat(c) != posting.None && r.taken(c).Year() == r.next.Year() {
			r.out.Done = append(r.out.Done, posting.Done{Cadre: r.x.Cadres[c].ID, From: r.x.Cadres[c].Post, To: r.x.Posts[q].ID, Month: r.taken(c)})
		}
	}
}

// previous are the years of the plan that have not come yet; whoever has moved is to stay where he is now.
func (r *roller) previous() {
	r.out.Previous = nil
	for i := range r.out.Cadres {
		p := &r.out.Cadres[i]
		switch a := r.to[r.x.CadreAt(p.ID)]; {
		case a == nil || a.To == "":
		case a.Period <= 1:
			r.out.Previous = append(r.out.Previous, posting.Planned{Cadre: p.ID, To: p.Post, Period: 1})
		default:
			r.out.Previous = append(r.out.Previous, posting.Planned{Cadre: p.ID, To: a.To, Period: a.Period - 1})
		}
	}
}
