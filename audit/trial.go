package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Trial is what the rules say of one person, apart from any plan: see [TryPost] and [TryDuty].
type Trial struct {
	Found        []Reason // why the post is refused, or why a move is due
	Unverifiable []Reason // where a datum is lacking
}

// Reason is one clause with what it has to say. Clause is nil where the input alone says it, as of one who leaves.
type Reason struct {
	Clause *policy.Clause
	Text   i18n.Text
}

// kinKinds are the plan kinds that judge where somebody sits as pair kinds do, but with a second person in view.
var kinKinds = []string{"kin_avoidance", "kin_function"}

// TryPost judges cadre c on post q from period t on (positions in x), by the active clauses that bind: pair kinds, and
// avoidance of kin among those who stay where they are. Whether the seat is free, a ground at hand, a ceiling kept or
// lodging left depends on what else a plan does, and is judged only where `clause` (an id, or a part of it before a dot)
// names such a clause: as in a plan that moves this person alone. On the present post, staying is judged. Time is linear
// in clauses, and in cadres for those of plan kinds.
func TryPost(x *posting.Index, pol *policy.Policy, c, q, t int, clause string) (Trial, error) {
	plan := &posting.Plan{Assignments: []posting.Assignment{{Cadre: x.Cadres[c].ID, To: x.Posts[q].ID, Period: t}}}
	s, err := newScene(x, pol, plan)
	if err != nil {
		return Trial{}, err
	}
	if q == x.Seat(c) {
		t = 1 // a stay begins there
	}
	var out Trial
	for _, f := range s.faults {
		out.Found = append(out.Found, Reason{Text: i18n.Text(f.what)})
	}
	for i := range pol.Clauses {
		k := &pol.Clauses[i]
		judge, ok := kinds[k.Kind]
		if !ok || !k.Active(pol.Calendar.Date) || !k.Binding() {
			continue
		}
		pair, isPair := judge.(pairKind)
		f := newFindings(s)
		f.begin(i, k)
		switch {
		case isPair:
			for _, sp := range s.spells(c) {
				if sp.post == q { // not the stay that goes before, or on beside it
					f.pair(sp, s.settle(pair, k, sp))
				}
			}
		case slices.Contains(kinKinds, k.Kind) || k.Names(clause):
			judge.judge(s, k, f)
		}
		out.Found = append(out.Found, f.about(k, violated, c, t)...)
		out.Unverifiable = append(out.Unverifiable, f.about(k, unverifiable, c, t)...)
	}
	return out, nil
}

// TryDuty tells under which clauses cadre c is due to move in period t.
func TryDuty(x *posting.Index, pol *policy.Policy, c, t int) (Trial, error) {
	s, err := newScene(x, pol, &posting.Plan{})
	if err != nil {
		return Trial{}, err
	}
	var out Trial
	if x.Seat(c) == posting.None {
		return out, nil
	}
	for i := range pol.Clauses {
		k := &pol.Clauses[i]
		if k.Kind != "long_tenure" || !k.Active(pol.Calendar.Date) {
			continue
		}
		if s.duty(k, c, t) {
			months, _ := x.Tenure(c, t)
			out.Found = append(out.Found, Reason{k, of(k, s.name(c), i18n.F("任现职%s，应交流", "%s in post, due to move", span(months)))})
			continue
		}
		f := newFindings(s)
		f.begin(i, k)
		longTenure{}.unknown(s, k, c, f)
		out.Unverifiable = append(out.Unverifiable, f.about(k, unverifiable, c, 1)...)
	}
	return out, nil
}

// about are the entries of a part of the report that name cadre c, in or after period t.
func (o *findings) about(k *policy.Clause, b bin, c, t int) []Reason {
	var out []Reason
	for _, e := range o.entries[b] {
		if e.period >= t && slices.Contains(e.subjects, o.s.x.Cadres[c].ID) {
			out = append(out, Reason{k, e.text})
		}
	}
	return out
}
