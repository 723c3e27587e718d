package planning

import (
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"cadre/constraints"
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// enrich fills in what follows from who goes where: dates, posts given and taken, the executable order, the reasons in
// words, and what stays open.
func enrich(x *posting.Index, pol *policy.Policy, plan *posting.Plan, lang i18n.Lang) {
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		c := x.CadreAt(a.Cadre)
		a.Firm = a.Period == 1
		a.Also, a.Appoint, a.Remove = []string{}, []string{}, []string{}
		a.Grounds = emptyIfNil(a.Grounds)
		changePosts(x, a, c)
		a.Reasons = reasons(x, pol, a, lang)
	}
	setDates(x, plan.Assignments)
	setOrder(x, plan.Assignments)
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		a.Until = until(x, pol, a)
	}
	plan.Unfilled = unfilled(x, pol, plan.Assignments, lang)
	plan.Unplaced = unplaced(x, plan.Assignments, lang)
}

// changePosts: whoever moves or leaves gives up the main post and every concurrent one that he still holds, but for one that
// becomes the main post; whoever is seconded gives up nothing and returns to the seat that he keeps.
func changePosts(x *posting.Index, a *posting.Assignment, c int) {
	if a.Move != posting.MoveStay && a.To != "" {
		a.Appoint = append(a.Appoint, a.To)
	}
	switch {
	case a.Move == posting.MoveSecond:
		a.Keeps, a.ReturnsTo = a.From, a.From
	case a.Move == posting.MoveStay && x.OnMission(c):
		a.ReturnsTo = constraints.ReturnPost(x, c)
	}
	if a.Move == posting.MoveStay || a.Move == posting.MoveSecond {
		a.Also = append(a.Also, x.Cadres[c].Also...)
	} else if a.From != "" {
		a.Remove = givenUp(x, a, c)
	}
}

// givenUp lists the posts that whoever moves or leaves gives up.
func givenUp(x *posting.Index, a *posting.Assignment, c int) []string {
	out := []string{a.From}
	for _, p := range x.Cadres[c].Also {
		if p != a.To && x.Keeps(c, x.PostAt(p), a.Period-1) {
			out = append(out, p)
		}
	}
	return out
}

func emptyIfNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// setOrder numbers the moves of each period so that a seat empties before it is filled; the members of a cycle share
// one number. A number is one more than the largest among those who must go first. Nobody takes a seat before the
// month in which it opens: dates follow the same order.
func setOrder(x *posting.Index, all []posting.Assignment) {
	for t := 1; t <= x.Calendar.Periods; t++ {
		var moves []*posting.Assignment
		for i := range all {
			if all[i].Period == t && all[i].Move != posting.MoveStay {
				moves = append(moves, &all[i])
			}
		}
		orderPeriod(moves)
	}
}

func orderPeriod(moves []*posting.Assignment) {
	leaver := map[string][]int{} // by post: those who give it up
	for i, a := range moves {
		for _, p := range a.Remove {
			leaver[p] = append(leaver[p], i)
		}
	}
	g := simple.NewDirectedGraph()
	for i := range moves {
		g.AddNode(simple.Node(i))
	}
	for i, a := range moves {
		for _, h := range leaver[a.To] {
			if h != i {
				g.SetEdge(simple.Edge{F: simple.Node(i), T: simple.Node(h)}) // i waits for h
			}
		}
	}
	for _, scc := range topo.TarjanSCC(g) { // those who are waited for come first
		order, opens := 1, posting.Month(0)
		for _, n := range scc {
			opens = max(opens, moves[n.ID()].Date)
			for to := g.From(n.ID()); to.Next(); {
				first := moves[to.Node().ID()]
				order, opens = max(order, first.Order+1), max(opens, first.Date)
			}
		}
		for _, n := range scc {
			moves[n.ID()].Order, moves[n.ID()].Date = order, opens
		}
	}
}

// unfilled lists the seats under the policy's authority that nobody holds at the end of the horizon.
func unfilled(x *posting.Index, pol *policy.Policy, all []posting.Assignment, lang i18n.Lang) []posting.Unfilled {
	held := map[string]bool{}
	for i := range all {
		for _, p := range holdsAtEnd(x, pol, &all[i]) {
			held[p] = true
		}
	}
	out := []posting.Unfilled{}
	for p := range x.Posts {
		if q := &x.Posts[p]; !held[q.ID] && q.Authority == pol.Authority {
			how, why := filling(q)
			out = append(out, posting.Unfilled{Post: q.ID, How: how, Reasons: []string{why.In(lang)}})
		}
	}
	return out
}

// holdsAtEnd lists the posts that one holds in the last period of the horizon: secondments may have ended.
func holdsAtEnd(x *posting.Index, pol *policy.Policy, a *posting.Assignment) []string {
	c, q, h := x.CadreAt(a.Cadre), x.PostAt(a.To), x.Calendar.Periods
	var out []string
	for _, p := range a.Also {
		if x.Keeps(c, x.PostAt(p), h) {
			out = append(out, p)
		}
	}
	if a.Move == posting.MoveSecond && constraints.SecondedUntil(x, pol, c, q, a.Period) < h {
		return append(out, a.Keeps)
	}
	return append(out, a.To, a.Keeps)
}

// filling says how an open seat could be filled, and why it stays open now.
func filling(q *posting.Post) (string, i18n.Text) {
	switch {
	case q.Filling == posting.ReservePromotion:
		return "promotion", i18n.T("预留提拔补充", "reserved for promotion")
	case q.Filling == posting.ReserveArrival:
		return "arrival", i18n.T("预留调入补充", "reserved for an arrival")
	case q.Filling == posting.Frozen:
		return "frozen", i18n.T("本批冻结，不予填补", "frozen in this batch")
	case q.Term == posting.TermSecondment:
		return "secondment", i18n.T("没有选派挂职人选，或者挂职期已满", "nobody is seconded to it, or the secondment has ended")
	case q.Term == posting.TermMission:
		return "mission", i18n.T("没有选派援派人选", "nobody is sent to it")
	case q.Nominated:
		return "nomination", i18n.T("需由有关机关提名", "needs another organ's nomination")
	case q.Level <= posting.TownshipDeputy:
		return "promotion", i18n.T("本批平级人选已优先安排其他岗位，建议提拔补充", "people of equal level serve elsewhere first; promotion suggested")
	}
	return "promotion or arrival", i18n.T("本批没有合适的平级人选，建议提拔补充或者调入", "nobody of equal level in this batch; promotion or an arrival suggested")
}

func unplaced(x *posting.Index, all []posting.Assignment, lang i18n.Lang) []posting.Unplaced {
	out := []posting.Unplaced{}
	for c := range x.Cadres {
		placed := slices.ContainsFunc(all, func(a posting.Assignment) bool { return a.Cadre == x.Cadres[c].ID })
		if x.Cadres[c].Arrival() && !placed {
			out = append(out, posting.Unplaced{Cadre: x.Cadres[c].ID,
				Reasons: []string{i18n.T("本批没有符合条件的空缺岗位，待安排", "no open seat in this batch that suits; to be placed").In(lang)}})
		}
	}
	return out
}
