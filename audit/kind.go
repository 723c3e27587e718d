package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// kind judges the clauses of one rule kind on a plan.
type kind interface {
	judge(s *scene, c *policy.Clause, out *findings)
}

// pairKind is a kind whose page says `scope: pair`: it judges one spell by itself.
type pairKind interface {
	kind
	assess(s *scene, c *policy.Clause, sp spell) result
}

// result is the judgement of one clause on one spell; the zero result is a judgement kept.
type result struct {
	idle     bool // the page does not judge this spell
	breach   int
	unknown  bool // a datum is lacking
	priced   bool // the page itself says what the unknown datum costs: breach stands, and the pair is listed
	silent   bool // counted, never listed
	measured int
	limit    int
	unit     string
	subjects []string // nil: cadre and post
	text     i18n.Text
}

var idle = result{idle: true}

// judgePairs judges every spell of the plan by a pair kind.
func judgePairs(k pairKind, s *scene, c *policy.Clause, out *findings) {
	for cadre := range s.x.Cadres {
		for _, sp := range s.spells(cadre) {
			out.pair(sp, s.settle(k, c, sp))
		}
	}
}

// settle is the judgement with selectors and blanks taken into account: a clause that is not for the spell is idle, as is
// a kind that does not judge secondments for one, and a datum that is lacking counts as `unknown` says.
func (s *scene) settle(k pairKind, c *policy.Clause, sp spell) result {
	applies := s.applies(c, sp)
	if applies == posting.No || sp.second() && !policy.Kinds()[c.Kind].Seconds {
		return idle
	}
	r := k.assess(s, c, sp)
	if r.idle {
		return r
	}
	if applies == posting.Blank {
		r = s.undecided(c, sp)
	}
	if !r.unknown || r.priced {
		return r
	}
	if r.breach == 0 && c.Forbid {
		r.breach = 1
	}
	r.unknown = r.breach == 0
	return r
}

// applies decides both selectors for a spell, at the start of its first period.
func (s *scene) applies(c *policy.Clause, sp spell) posting.Tri {
	return both(c.For.Match(s.x, sp.cadre, s.x.Seat(sp.cadre), sp.from), c.To.Match(s.x, sp.cadre, sp.post, sp.from))
}

func both(a, b posting.Tri) posting.Tri {
	switch {
	case a == posting.No || b == posting.No:
		return posting.No
	case a == posting.Blank || b == posting.Blank:
		return posting.Blank
	}
	return posting.Yes
}

// undecided is the result where a blank leaves open whether the clause applies.
func (s *scene) undecided(c *policy.Clause, sp spell) result {
	return s.lacking(c, sp, i18n.T("适用范围所需信息", "what decides whether the clause applies"))
}

// lacking is the result where `what` is blank.
func (s *scene) lacking(c *policy.Clause, sp spell, what i18n.Text) result {
	return result{unknown: true, measured: posting.Unknown, unit: "datum",
		text: s.about(c, sp, i18n.F("缺少%s，无法核实", "cannot be verified: %s not given", what))}
}
