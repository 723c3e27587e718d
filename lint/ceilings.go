package lint

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/policy"
)

// demand is a row that asks for at least, or allows at most, so much of its spells.
type demand struct {
	clause   *policy.Clause // that speaks of it
	row      int            // -1: a duty, which has no row
	subjects []string
	terms    []mip.Term // spells only, coefficients at least 0
	coef     map[mip.Col]float64
	amount   float64 // asked for, or allowed
	slack    float64 // by how much counted columns can make up for it
}

func newDemand(clause *policy.Clause, row int, subjects []string, terms []mip.Term, amount, slack float64) demand {
	d := demand{clause, row, subjects, terms, make(map[mip.Col]float64, len(terms)), amount, slack}
	for _, t := range terms {
		d.coef[t.Col] = t.Coef
	}
	return d
}

// ceilings holds floors against ceilings: a floor that the ceilings of one clause keep from being reached, and ceilings
// within which the floors of one clause have no room together.
func (l *linter) ceilings() {
	floors, tops := l.demands()
	floors = append(floors, l.dutyFloors()...)
	over := map[mip.Col][]int{} // by column: the ceilings over it
	for i := range tops {
		for _, t := range tops[i].terms {
			over[t.Col] = append(over[t.Col], i)
		}
	}
	for i := range floors {
		l.under(&floors[i], tops, over)
	}
	l.everybody(floors)
	l.together(floors, tops, over)
}

// demands reads the rows that speak of several people. Those that nothing can satisfy by itself have been reported.
func (l *linter) demands() (floors, tops []demand) {
	for r := range l.model.Rows {
		row := &l.model.Rows[r]
		spells, low, high, ok := l.model.split(row)
		if !ok {
			continue
		}
		if need := row.Lower - high; row.Lower > -mip.Inf && need > 0 && l.model.most(spells) >= need {
			slack, col := l.model.slack(row.Terms, true)
			floors = append(floors, newDemand(l.speaker(row, col), r, row.Stamp.Subjects, spells, need, slack))
		}
		if row.Upper < mip.Inf && l.model.most(spells) > row.Upper-low {
			slack, col := l.model.slack(row.Terms, false)
			tops = append(tops, newDemand(l.speaker(row, col), r, row.Stamp.Subjects, spells, row.Upper-low, slack))
		}
	}
	return floors, tops
}

// split divides a row into its spells and the least and largest value of the rest without counted columns. It is not ok
// where a spell lowers the row, or where all spells are of one cadre: he has one at a time in any case.
func (m *model) split(row *mip.Constraint) (spells []mip.Term, low, high float64, ok bool) {
	cadre, several := -1, false
	for _, t := range row.Terms {
		sp, isSpell := m.enc.SpellAt(t.Col)
		switch {
		case isSpell && t.Coef < 0:
			return nil, 0, 0, false
		case isSpell:
			several = several || cadre >= 0 && cadre != sp.Cadre
			cadre, spells = sp.Cadre, append(spells, t)
		case m.counted[t.Col]:
		case t.Coef > 0:
			high += t.Coef * m.Columns[t.Col].Upper
		default:
			low += t.Coef * m.Columns[t.Col].Upper
		}
	}
	return spells, low, high, several
}

// speaker is the clause that counts a row, or in whose name it stands; nil where no active clause does.
func (l *linter) speaker(row *mip.Constraint, col mip.Col) *policy.Clause {
	if col >= 0 {
		if c := l.enc.ChargedTo(col); c != nil {
			return c
		}
	}
	return l.byID[row.Stamp.Clause]
}

// dutyFloors are the duties to move of period 1: each asks for one of the ways of a cadre.
func (l *linter) dutyFloors() []demand {
	var out []demand
	for c := range l.x.Cadres {
		owes, ways := l.enc.Owes(c, 1), l.ways(c)
		if len(owes) == 0 || len(ways) == 0 {
			continue
		}
		clause, slack := owes[0], 1.0
		for _, k := range owes {
			if k.Modality == policy.Hard {
				clause, slack = k, 0
			}
		}
		terms := make([]mip.Term, len(ways))
		for i, col := range ways {
			terms[i] = mip.Term{Col: col, Coef: 1}
		}
		out = append(out, newDemand(clause, -1, []string{l.x.Cadres[c].ID}, terms, 1, slack))
	}
	return out
}

// under bounds a floor by the ceilings of each other clause: every spell of the floor counts in one ceiling at most.
func (l *linter) under(f *demand, tops []demand, over map[mip.Col][]int) {
	if f.clause == nil {
		return
	}
	for _, k := range l.overhead(f, tops, over) {
		parts, rest := map[int][]mip.Term{}, []mip.Term(nil)
		for _, t := range f.terms {
			i := slices.IndexFunc(over[t.Col], func(i int) bool {
				return tops[i].clause == k && tops[i].row != f.row && tops[i].coef[t.Col] >= t.Coef
			})
			if i < 0 {
				rest = append(rest, t)
				continue
			}
			i = over[t.Col][i]
			parts[i] = append(parts[i], t)
		}
		bound, slack := l.model.most(rest), f.slack
		var biting []int
		for i := range tops {
			if part := parts[i]; part != nil {
				if most := l.model.most(part); most > tops[i].amount {
					biting, slack, bound = append(biting, i), slack+tops[i].slack, bound+tops[i].amount
				} else {
					bound += most
				}
			}
		}
		if bound < f.amount {
			l.find(l.tooLow(f, k, tops, biting, parts, int(bound), slack))
		}
	}
}

// overhead lists the clauses of the ceilings over a floor, in policy order.
func (l *linter) overhead(f *demand, tops []demand, over map[mip.Col][]int) []*policy.Clause {
	seen := map[*policy.Clause]bool{}
	for _, t := range f.terms {
		for _, i := range over[t.Col] {
			if c := tops[i].clause; c != nil && c != f.clause && tops[i].row != f.row && (f.amount > 1 || tops[i].amount < 1) {
				seen[c] = true
			}
		}
	}
	var out []*policy.Clause
	for i := range l.pol.Clauses {
		if seen[&l.pol.Clauses[i]] {
			out = append(out, &l.pol.Clauses[i])
		}
	}
	return out
}

// tooLow words a floor that the ceilings of clause k keep down.
func (l *linter) tooLow(f *demand, k *policy.Clause, tops []demand, biting []int, parts map[int][]mip.Term, bound int, slack float64) Finding {
	out := Finding{Code: "L301", Severity: Contradiction, Clause: f.clause.Shown(), Against: k.Shown(), Unit: l.unitOf(f.subjects), Measured: bound, Limit: int(f.amount)}
	if slack >= f.amount-float64(bound) {
		out.Severity = Shortfall
	}
	where := i18n.Text{}
	for n, i := range biting {
		out.Subjects = append(out.Subjects, tops[i].subjects...)
		if n < mostNamed {
			where = listed(where, i18n.F("%[1]s %[2]g/%[3]g", "%[1]s %[2]g/%[3]g", l.about(tops[i].subjects), tops[i].amount, l.model.most(parts[i])))
		}
	}
	if n := len(biting); n > mostNamed {
		where = i18n.F("%[1]s等 %[2]d 处", "%[1]s and others, %[2]d in all", where, n)
	}
	if out.Unit == "" && len(biting) == 1 {
		out.Unit = l.unitOf(tops[biting[0]].subjects)
	}
	out.Text = i18n.F("%[1]s %[2]s 要求 %[3]d，而 %[4]s %[5]s 之下至多 %[6]d（允许/可调整：%[7]s）", "%[1]s %[2]s asks for %[3]d; under %[4]s %[5]s no more than %[6]d are possible (allowed/movable: %[7]s)",
		f.clause.Shown(), f.clause.Name, out.Limit, k.Shown(), k.Name, bound, where)
	lower := l.lower(f.clause, &Finding{Unit: out.Unit, Measured: bound, Limit: out.Limit})
	if f.clause.Kind == "yearly_share" && out.Unit != "" && f.subjects == nil {
		lower = l.lowerShare(f.clause, "", bound)
	}
	out.Hint = l.cheaper(f.clause, k, lower, loosen(k, bound, out.Limit))
	return out
}

// strictness orders clauses by what gives way first: weighed ones, goals from the last to the first, then what binds. A duty
// gives way as the goal that counts it does.
func (l *linter) strictness(c *policy.Clause) int {
	switch {
	case c.Modality == policy.Hard:
		return len(l.pol.Levels) + 2
	case c.Level != "":
		return len(l.before(policy.WeightedLevel)) - len(l.before(c.Level)) + 1
	case c.Modality == policy.Waivable:
		return len(l.pol.Levels) + 1
	}
	return 0
}

// cheaper puts the way out first whose clause is less strict, the floor's where both are alike.
func (l *linter) cheaper(floor, top *policy.Clause, lower, raise i18n.Text) i18n.Text {
	if l.strictness(top) < l.strictness(floor) {
		lower, raise = raise, lower
	}
	return i18n.F("%[1]s；或者%[2]s", "%[1]s; or %[2]s", lower, raise)
}

// spare says how floors of a clause give way by so many.
func (l *linter) spare(f *demand, by int) i18n.Text {
	switch {
	case f.row < 0 && l.x.Calendar.Periods == 1:
		return i18n.T("分两批安排（horizon: {periods: 2}）", "spread them over two batches (horizon: {periods: 2})")
	case f.clause.Kind == "seats_filled":
		return i18n.F("其中 %d 个岗位改为预留提拔或者预留调入", "reserve %d of the seats for promotions or arrivals", by)
	}
	return i18n.F("登记 %d 项例外", "record %d exceptions", by)
}

// loosen says how a ceiling gives way, from what it allows to what is asked.
func loosen(k *policy.Clause, from, to int) i18n.Text {
	switch k.Kind {
	case "team_outflow", "unit_inflow":
		return i18n.F("提高 %[1]s 的上限，共多允许 %[2]d 人", "raise the ceilings of %[1]s to allow %[2]d more in all", k.Shown(), to-from)
	case "headcount":
		return i18n.F("增加 %d 个职数", "%d more of headcount", to-from)
	}
	return i18n.F("登记 %[1]s 的例外，或者放宽该条款", "record exceptions to %[1]s, or relax it", k.Shown())
}

// everybody adds up the floors of each clause: where they ask for more than there are people to meet them, the clause falls
// short whatever else holds.
func (l *linter) everybody(floors []demand) {
	for i := range l.pol.Clauses {
		k := &l.pol.Clauses[i]
		var own []int
		for j := range floors {
			if floors[j].clause == k && floors[j].row >= 0 {
				own = append(own, j)
			}
		}
		sum, slack, terms, used := l.apart(own, floors)
		if most := l.model.most(terms); len(used) > 1 && sum > most {
			l.find(l.scarce(k, floors, used, int(most), int(sum), slack < sum-most))
		}
	}
}

// apart picks floors that share no spell, and adds them up.
func (l *linter) apart(members []int, floors []demand) (sum, slack float64, terms []mip.Term, picked []int) {
	used := map[mip.Col]bool{}
	for _, i := range members {
		f := &floors[i]
		if slices.ContainsFunc(f.terms, func(t mip.Term) bool { return used[t.Col] }) {
			continue
		}
		for _, t := range f.terms {
			used[t.Col] = true
		}
		sum, slack, terms, picked = sum+f.amount, slack+f.slack, append(terms, f.terms...), append(picked, i)
	}
	return sum, slack, terms, picked
}

// scarce words a clause that asks for more than there are people.
func (l *linter) scarce(k *policy.Clause, floors []demand, picked []int, most, sum int, hard bool) Finding {
	out := Finding{Code: "L204", Severity: Shortfall, Clause: k.Shown(), Measured: most, Limit: sum}
	if hard {
		out.Severity = Contradiction
	}
	out.Subjects = subjectsOf(picked, floors)
	out.Text = i18n.F("%[1]s %[2]s：合计要求 %[3]d %[5]s，人员至多满足 %[4]d", "%[1]s %[2]s: asks for %[3]d (%[5]s) in all, people suffice for %[4]d at most", k.Shown(), k.Name, sum, most, policy.Kinds()[k.Kind].Unit)
	out.Hint = l.spare(&floors[picked[0]], sum-most)
	return out
}

// subjectsOf are the subjects of floors, each once.
func subjectsOf(picked []int, floors []demand) []string {
	var out []string
	seen := map[string]bool{}
	for _, i := range picked {
		for _, id := range floors[i].subjects {
			if !seen[id] {
				seen[id], out = true, append(out, id)
			}
		}
	}
	return out
}

// family is the floors of one clause under one ceiling. Duties under all clauses are one family: a cadre owes one move.
type family struct {
	top    int
	clause *policy.Clause // nil: duties
}

// together adds up, for each ceiling and clause, what the clause's floors force under it: what they ask for beyond what can
// be reached elsewhere.
func (l *linter) together(floors, tops []demand, over map[mip.Col][]int) {
	members := map[family][]int{}
	for i := range floors {
		f := &floors[i]
		if f.clause == nil {
			continue
		}
		for _, top := range l.touching(f, tops, over) {
			k := family{top, f.clause}
			if f.row < 0 {
				k.clause = nil
			}
			members[k] = append(members[k], i)
		}
	}
	for top := range tops {
		for i := -1; i < len(l.pol.Clauses); i++ {
			k := family{top: top}
			if i >= 0 {
				k.clause = &l.pol.Clauses[i]
			}
			if m := members[k]; len(m) > 1 {
				if s := l.force(m, floors, &tops[top]); len(s.floors) > 1 && s.sum > tops[top].amount {
					l.find(l.crowded(s, floors, &tops[top]))
				}
			}
		}
	}
}

// touching lists the ceilings of other clauses over a floor.
func (l *linter) touching(f *demand, tops []demand, over map[mip.Col][]int) []int {
	var out []int
	seen := map[int]bool{}
	for _, t := range f.terms {
		for _, i := range over[t.Col] {
			if top := &tops[i]; !seen[i] && top.row != f.row && top.clause != nil && top.clause != f.clause {
				seen[i], out = true, append(out, i)
			}
		}
	}
	return out
}

// forced is what floors force under a ceiling: at least sum, of which no level makes up for hard.
type forced struct {
	sum, hard float64
	floors    []int
}

// force adds up floors that share no spell, in two ways: each by itself, which counts what it cannot reach outside the
// ceiling; and all together, where a person serves one of them outside at most. Floors that are too many for the people
// there are in any case are no matter of the ceiling.
func (l *linter) force(members []int, floors []demand, top *demand) *forced {
	sum, slack, terms, picked := l.apart(members, floors)
	alone, joint := &forced{}, &forced{floors: picked}
	var outside []mip.Term
	for _, i := range picked {
		f := &floors[i]
		var out []mip.Term
		for _, t := range f.terms {
			if top.coef[t.Col] < t.Coef {
				out = append(out, t)
			}
		}
		outside = append(outside, out...)
		if amount := f.amount - l.model.most(out); amount > 0 {
			alone.sum, alone.hard, alone.floors = alone.sum+amount, alone.hard+max(0, amount-f.slack), append(alone.floors, i)
		}
	}
	if sum <= l.model.most(terms) {
		joint.sum = sum - l.model.most(outside)
		joint.hard = joint.sum - slack
	}
	if joint.sum > alone.sum {
		return joint
	}
	return alone
}

// crowded words floors that have no room under one ceiling.
func (l *linter) crowded(s *forced, floors []demand, top *demand) Finding {
	out := Finding{Code: "L302", Severity: Shortfall, Clause: floors[s.floors[0]].clause.Shown(), Against: top.clause.Shown(), Unit: l.unitOf(top.subjects),
		Measured: int(top.amount), Limit: int(s.sum)}
	if s.hard > top.amount+top.slack {
		out.Severity = Contradiction
	}
	out.Subjects = subjectsOf(s.floors, floors)
	first := floors[s.floors[0]]
	place := l.about(top.subjects)
	if out.Unit != "" {
		place = l.about([]string{out.Unit})
	}
	out.Text = i18n.F("%[1]s %[2]s（%[4]s）：至少有 %[3]d 项落在 %[5]s，而 %[6]s %[7]s 在此至多允许 %[8]d", "%[1]s %[2]s (%[4]s): at least %[3]d of these fall on %[5]s, where %[6]s %[7]s allows %[8]d",
		first.clause.Shown(), first.clause.Name, out.Limit, l.few(out.Subjects), place, top.clause.Shown(), top.clause.Name, out.Measured)
	out.Hint = l.cheaper(first.clause, top.clause, l.spare(&first, out.Limit-out.Measured), loosen(top.clause, out.Measured, out.Limit))
	return out
}
