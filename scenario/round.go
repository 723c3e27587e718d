package scenario

import (
	"fmt"
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// The clause and the goal by which changes to the plan before are counted, where the policy states none of its own.
const (
	keepKind     = "plan_kept"
	keepClause   = "KEEP"
	changesLevel = "changes"
	agreedClause = "AGREED"
	// DefaultBefore is the goal before which the changes count: all that seats, duties, shares and teams ask for goes first,
	// then as few changes as possible, then as few moves.
	DefaultBefore = "moves"
)

var agreedName = i18n.T("已同意的安排不变", "what was agreed stays")

// NextRound is the process of a plan that follows on another, on which a meeting has decided. sum is the sha256 of the
// plan before.
func NextRound(before *posting.Plan, sum string, decided []posting.Decision, changesBefore string) posting.Process {
	p := posting.Process{Round: max(1, before.Process.Round) + 1, ChangesBefore: changesBefore}
	p.Rounds = append(append(p.Rounds, before.Process.Rounds...), posting.Round{Round: p.Round - 1, Plan: sum, Decisions: append([]posting.Decision{}, decided...)})
	for _, a := range before.Assignments {
		if a.To != "" {
			p.Previous = append(p.Previous, posting.Planned{Cadre: a.Cadre, To: a.To, Period: max(1, a.Period)})
		}
	}
	return p
}

// Rolled is the process of a plan for a later plan date than the plan before: what that plan held for the periods to come, counted from
// the new date. Its rounds are over, and what they decided has been done.
func Rolled(before *posting.Plan, cal posting.Calendar, changesBefore string) posting.Process {
	shift := cal.PeriodOf(cal.Date+(cal.Date-before.Inputs.Date)) - 1
	p := posting.Process{Round: 1, ChangesBefore: changesBefore}
	for _, a := range before.Assignments {
		if a.To != "" {
			p.Previous = append(p.Previous, posting.Planned{Cadre: a.Cadre, To: a.To, Period: max(1, a.Period-shift)})
		}
	}
	return p
}

// ProcessOverlay is what a process adds to the input and the policy: the plan before as a table, the standing decisions as pins,
// bans and holds, and the goal that counts changes. The zero process adds nothing.
func ProcessOverlay(book *policy.Book, p *posting.Process, x *posting.Index) (Overlay, error) {
	var out Overlay
	if len(p.Previous) == 0 {
		return out, nil
	}
	where := fmt.Sprintf("round %d", p.Round-1)
	for _, b := range p.Previous {
		if x.CadreAt(b.Cadre) == posting.None || x.PostAt(b.To) == posting.None {
			continue // gone since
		}
		out.Edits = append(out.Edits, Edit{Edit: workbook.Edit{Table: "previous", Action: workbook.PutRow, Key: b.Cadre, Where: where,
			Cells: []workbook.Cell{{Field: "to", Value: b.To, Where: where}, {Field: "period", Value: fmt.Sprint(b.Period), Where: where}}}})
	}
	var agreed []policy.Tree
	for _, d := range p.Standing() {
		if keptAsPlanned(&d, p, x) {
			agreed = append(agreed, policy.Value(d.Cadre, where))
			continue
		}
		out.Edits = append(out.Edits, decisionEdits(&d, x, where)...)
	}
	over, err := keepTree(book, p.ChangesBefore, where)
	if !over.Blank() {
		out.Policy = []policy.Tree{over}
	}
	if len(agreed) > 0 {
		out.Policy = append(out.Policy, agreedTree(agreed, where))
	}
	return out, err
}

// keptAsPlanned tells whether an agreed move is kept by a clause: it is what the plan before held, under the requirements that it kept.
// A pin would take them off, and move others for it. What a meeting itself has assigned, and placements, are pinned.
func keptAsPlanned(d *posting.Decision, p *posting.Process, x *posting.Index) bool {
	c, q := x.CadreAt(d.Cadre), x.PostAt(d.Post)
	if d.Decision != posting.Agreed || c == posting.None || q == posting.None || q == x.Seat(c) || x.Cadres[c].Arrival() ||
		x.Leaves(c) > 0 || x.Posts[q].Term != posting.TermOrdinary {
		return false
	}
	for _, r := range p.Rounds {
		if slices.ContainsFunc(r.Decisions, func(e posting.Decision) bool { return e.Cadre == d.Cadre && e.Decision == posting.Assigned }) {
			return false
		}
	}
	return slices.ContainsFunc(p.Previous, func(b posting.Planned) bool { return b.Cadre == d.Cadre && b.To == d.Post })
}

// agreedTree is the clause that keeps what was agreed.
func agreedTree(cadres []policy.Tree, where string) policy.Tree {
	who := policy.Mapping(where, "for", policy.Mapping(where, "cadres", policy.Listing(where, cadres...)))
	name := policy.Mapping(where, "name", mapping(where, "zh", agreedName.Zh, "en", agreedName.En))
	clause := mapping(where, "id", agreedClause, "kind", keepKind, "modality", string(policy.Hard), "off", "no", "citation", "会议同意").With(who).With(name)
	return policy.Mapping(where, "clauses", policy.Listing(where, clause))
}

// decisionEdits says a decision in the words of the tables (docs/second-round.md). A decision replaces a recorded one.
func decisionEdits(d *posting.Decision, x *posting.Index, where string) []Edit {
	c := x.CadreAt(d.Cadre)
	if c == posting.None || x.Leaves(c) > 0 {
		return nil
	}
	person := func(cells ...string) Edit {
		table := "cadres"
		if x.Cadres[c].Arrival() {
			table = "arrivals"
		}
		e := workbook.Edit{Table: table, Action: workbook.SetRow, Key: d.Cadre, Where: where}
		for i := 0; i+1 < len(cells); i += 2 {
			e.Cells = append(e.Cells, workbook.Cell{Field: cells[i], Value: cells[i+1], Where: where})
		}
		return Edit{Edit: e}
	}
	fixed := func(post string) []Edit {
		if x.PostAt(post) == x.Seat(c) {
			return []Edit{person("disposition", string(posting.Stay))}
		}
		return []Edit{person("disposition", string(posting.Fixed)+":"+post)}
	}
	switch d.Decision {
	case posting.Agreed:
		return fixed(d.Post)
	case posting.Assigned:
		return fixed(d.To)
	case posting.NoChange:
		if x.Cadres[c].Arrival() {
			return []Edit{person("disposition", "", "unsuited", "+"+d.Post)}
		}
		return []Edit{person("disposition", string(posting.Stay))}
	case posting.NotSuited:
		return []Edit{person("disposition", "", "unsuited", "+"+d.Post)}
	case posting.Deferred:
		return []Edit{person("disposition", "", "hold", "是", "hold_until", d.Until.String())}
	case posting.Another:
		return append([]Edit{person("disposition", "", "unsuited", "+"+d.Post)}, sought(d.Post, x, where)...)
	}
	return nil
}

// sought makes a seat that another is to fill one that must be filled, unless it is reserved or frozen.
func sought(post string, x *posting.Index, where string) []Edit {
	q := x.PostAt(post)
	if q == posting.None || x.Posts[q].Filling != posting.Fillable {
		return nil
	}
	return []Edit{{Edit: workbook.Edit{Table: "posts", Action: workbook.SetRow, Key: post, Where: where,
		Cells: []workbook.Cell{{Field: "filling", Value: string(posting.MustFill), Where: where}}}}}
}

// ErrNoLevel is returned where the policy has no goal of the name before which changes are to count.
type ErrNoLevel struct {
	Name  string
	Known []string
}

func (e ErrNoLevel) Error() string { return fmt.Sprintf("the policy has no goal %q", e.Name) }

// keepTree is the overlay by which changes count: a goal before the named one, and the clause. A policy with an active clause of
// the kind has said so itself: blank.
func keepTree(book *policy.Book, before, where string) (policy.Tree, error) {
	pol, _ := book.With()
	if pol == nil || len(pol.ActiveOf(keepKind)) > 0 {
		return policy.Tree{}, nil
	}
	names := goals(pol)
	if before == "" {
		if before = DefaultBefore; !slices.Contains(names, before) {
			before = policy.WeightedLevel
		}
	}
	at := slices.Index(names, before)
	if at < 0 {
		return policy.Tree{}, ErrNoLevel{before, names}
	}
	var levels []policy.Tree
	for i, name := range names {
		if i == at && !slices.Contains(names, changesLevel) {
			levels = append(levels, keepLevel(where))
		}
		levels = append(levels, policy.Value(name, where))
	}
	clause := mapping(where, "id", keepClause, "kind", keepKind, "modality", string(policy.Level), "level", changesLevel, "off", "no", "citation", "上一轮方案")
	return policy.Mapping(where, "levels", policy.Listing(where, levels...)).
		With(policy.Mapping(where, "clauses", policy.Listing(where, clause))), nil
}

func keepLevel(where string) policy.Tree {
	name := i18n.T("与上一轮方案不同的人数", "people placed otherwise than in the plan before")
	return mapping(where, "name", changesLevel, "zh", name.Zh, "en", name.En, "unit", "person")
}

// mapping is a table of single values.
func mapping(where string, pairs ...string) policy.Tree {
	out := policy.Mapping(where, pairs[0], policy.Value(pairs[1], where))
	for i := 2; i+1 < len(pairs); i += 2 {
		out = out.With(policy.Mapping(where, pairs[i], policy.Value(pairs[i+1], where)))
	}
	return out
}
