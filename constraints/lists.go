package constraints

import "cadre/policy"

// Owes lists the long_tenure clauses under which cadre c is due in t and that nothing waives.
func (e *Encoding) Owes(c, t int) []*policy.Clause {
	var out []*policy.Clause
	for _, k := range e.scene.due[c][t] {
		if !e.scene.exempt(k, spell{c, e.scene.Seat(c), t, t}) {
			out = append(out, k)
		}
	}
	return out
}

// Bars lists the binding pair clauses that each forbid cadre c every destination in t.
func (e *Encoding) Bars(c, t int) []*policy.Clause {
	var out []*policy.Clause
	if !e.scene.moves(c) {
		return nil
	}
	for _, k := range e.scene.pairs {
		if k.Binding() && e.barsAll(k, c, t) {
			out = append(out, k.Clause)
		}
	}
	return out
}

func (e *Encoding) barsAll(k pairClause, c, t int) bool {
	s := e.scene
	for q := range s.Posts {
		if s.takes(c, q) && !s.Seconded(q) && s.judge(k, spell{c, q, t, s.Last(c)}) == 0 {
			return false
		}
	}
	return true
}

// Costs lists the pair clauses that do not bind and charge something for cadre c on post q from t on.
func (e *Encoding) Costs(c, q, t int) []*policy.Clause {
	var out []*policy.Clause
	for _, k := range e.scene.pairs {
		if !k.Binding() && e.scene.judge(k, e.scene.spellTo(c, q, t)) > 0 {
			out = append(out, k.Clause)
		}
	}
	return out
}

// Share is one share that a yearly_share clause asks for.
type Share struct {
	Clause  *policy.Clause
	Period  int
	Unit    string // "" all together
	Members []int  // E, in official order
	Earlier int    // moves of this year that count in E and as moved
	Asked   int    // of E and the earlier moves, those who are to have moved
	Movable []int  // members with a lawful destination that counts
}

// Shares lists what the active yearly_share clauses ask for, in policy order, by period and unit.
func (e *Encoding) Shares() []Share {
	b := &builder{scene: e.scene, enc: e}
	var out []Share
	for _, k := range e.scene.pol.ActiveOf("yearly_share") {
		for t := 1; t <= e.scene.H; t++ {
			for _, g := range b.shareGroups(k, t) {
				if k.Modality == policy.Waivable && g.unit != "" && e.scene.excepted(k, t, g.unit) {
					continue
				}
				s := Share{Clause: k, Period: t, Unit: g.unit, Members: g.members, Earlier: int(g.earlier), Asked: int(g.asked(k))}
				for _, i := range g.members {
					if len(b.countedMoves(k, []int{i}, t)) > 0 {
						s.Movable = append(s.Movable, i)
					}
				}
				out = append(out, s)
			}
		}
	}
	return out
}
