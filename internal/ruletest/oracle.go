package ruletest

import (
	"cadre/audit"
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Outcome is what the auditor says of a plan: whether anything is violated, and the level values in the integers that
// a model minimises.
type Outcome struct {
	Accepted bool
	Values   []int64
}

// Judge is the auditor's outcome of a plan.
func Judge(x *posting.Index, pol *policy.Policy, assignments []posting.Assignment) (Outcome, error) {
	r, err := audit.Judge(x, pol, &posting.Plan{Assignments: assignments}, i18n.En)
	return Outcome{Accepted: len(r.Violated) == 0, Values: audit.Values(r)}, err
}

// Best is the outcome of the enumeration: how many plans were judged and accepted, and the least of the accepted.
type Best struct {
	Judged, Accepted int
	Values           []int64 // nil where no plan is accepted
	Plan             []posting.Assignment
}

// BruteForce judges every plan of an instance by the auditor alone and keeps the best in order of the levels. A change
// of seat that the auditor refuses by itself under a clause of scope pair is refused in every plan, since such a clause
// sees one spell only: plans with it are left out. Time is the product of what is left over the cadres.
func BruteForce(x *posting.Index, pol *policy.Policy) (Best, error) {
	options, err := allowed(x, pol)
	if err != nil {
		return Best{}, err
	}
	var best Best
	err = each(options, func(plan []posting.Assignment) error {
		o, err := Judge(x, pol, plan)
		best.Judged++
		if err != nil || !o.Accepted {
			return err
		}
		best.Accepted++
		if best.Values == nil || less(o.Values, best.Values) {
			best.Values, best.Plan = o.Values, append([]posting.Assignment{}, plan...)
		}
		return nil
	})
	return best, err
}

// Options are, by cadre, all that a plan may say of him: a move, a placement or a secondment, since one who moves is not
// seconded; nil says nothing: he stays, leaves by the input, or is not placed. Arrivals are not seconded.
func Options(x *posting.Index) [][]*posting.Assignment {
	out := make([][]*posting.Assignment, len(x.Cadres))
	for c := range x.Cadres {
		out[c] = []*posting.Assignment{nil}
		if x.Seat(c) != posting.None && x.Leaves(c) > 0 {
			continue
		}
		for q := range x.Posts {
			if q == x.Seat(c) || x.Seat(c) == posting.None && x.Seconded(q) {
				continue
			}
			for t := x.First(c); t <= x.Last(c); t++ {
				out[c] = append(out[c], &posting.Assignment{Cadre: x.Cadres[c].ID, To: x.Posts[q].ID, Period: t})
			}
		}
	}
	return out
}

// allowed are the options but those that a pair clause refuses.
func allowed(x *posting.Index, pol *policy.Policy) ([][]*posting.Assignment, error) {
	all := Options(x)
	base, err := refusals(x, pol, nil)
	if err != nil {
		return nil, err
	}
	for c, options := range all {
		kept := options[:1]
		for _, o := range options[1:] {
			r, err := refusals(x, pol, []posting.Assignment{*o})
			if err != nil {
				return nil, err
			}
			if !exceeds(r, base) {
				kept = append(kept, o)
			}
		}
		all[c] = kept
	}
	return all, nil
}

// refusals counts the violations of pair clauses in a plan by clause and first subject, who is the cadre.
func refusals(x *posting.Index, pol *policy.Policy, plan []posting.Assignment) (map[[2]string]int, error) {
	r, err := audit.Judge(x, pol, &posting.Plan{Assignments: plan}, i18n.En)
	pair := map[string]bool{}
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		pair[c.Shown()] = policy.Kinds()[c.Kind].Scope == "pair"
	}
	out := map[[2]string]int{}
	for _, f := range r.Violated {
		if pair[f.Clause] {
			out[[2]string{f.Clause, f.Subjects[0]}]++
		}
	}
	return out, err
}

func exceeds(a, b map[[2]string]int) bool {
	for k, n := range a {
		if n > b[k] {
			return true
		}
	}
	return false
}

// each visits every choice of one option for each cadre. The plan is reused.
func each(options [][]*posting.Assignment, visit func([]posting.Assignment) error) error {
	var plan []posting.Assignment
	var choose func(c int) error
	choose = func(c int) error {
		if c == len(options) {
			return visit(plan)
		}
		for _, o := range options[c] {
			n := len(plan)
			if o != nil {
				plan = append(plan, *o)
			}
			if err := choose(c + 1); err != nil {
				return err
			}
			plan = plan[:n]
		}
		return nil
	}
	return choose(0)
}

func less(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
