package policy

import (
	"fmt"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Validate holds the policy against the tables: selectors that name unknown ids, match nobody or fail, citations that
// do not cover a rank that they are used for, exceptions that no clause allows. Time is linear in clauses x (cadres +
// posts), but for expressions about destinations, of which at most mostPairs pairs are tried. The places of values of the
// tables are those that `where` gives.
func (p *Policy) Validate(x *posting.Index, where Places) *Problems {
	ps := &Problems{}
	for i := range p.Clauses {
		c := &p.Clauses[i]
		if !c.Active(p.Calendar.Date) {
			continue
		}
		v := validator{ps: ps, x: x, p: p, c: c}
		v.ids(&c.For)
		v.ids(&c.To)
		v.wordsOf(&c.For)
		v.wordsOf(&c.To)
		v.somebody()
		v.somewhere()
		v.citation()
	}
	p.authority(x, ps)
	p.overlaps(x, ps)
	p.terms(x, ps)
	for i := range x.Exceptions {
		p.exception(&x.Exceptions[i], where, ps)
	}
	return ps
}

// Places tells where a value of the tables stands: by table, id of its row, and column. nil: nobody knows.
type Places func(table, id, column string) string

func (f Places) of(table, id, column string) string {
	if f == nil {
		return ""
	}
	return f(table, id, column)
}

// authority reports a policy under whose authority no post stands: nothing could be planned.
func (p *Policy) authority(x *posting.Index, ps *Problems) {
	var all []string
	for i := range x.Posts {
		if x.Posts[i].Authority == p.Authority {
			return
		}
		if a := x.Posts[i].Authority; a != "" && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	ps.at("E2043", "", i18n.F("没有一个岗位的管理权限是 %q", "no post stands under the authority %q", p.Authority), suggestion(p.Authority, all))
}

// validator checks one clause.
type validator struct {
	ps *Problems
	x  *posting.Index
	p  *Policy
	c  *Clause
}

// ids reports ids that stand in no table.
func (v *validator) ids(s *Selector) {
	v.idsIn(s, s.Cadres, v.x.CadreAt, cadreIDs(v.x))
	v.idsIn(s, s.Posts, v.x.PostAt, postIDs(v.x))
	v.idsIn(s, s.Units, v.x.UnitAt, unitIDs(v.x))
}

func (v *validator) idsIn(s *Selector, named []string, find func(string) int, all []string) {
	for _, id := range named {
		if find(id) == posting.None {
			v.ps.at("E2041", s.Where, i18n.F("条款 %[1]s 选择的编号 %[2]q 不在表中", "the clause %[1]s selects %[2]q, which is in no table", v.c.ID, id), suggestion(id, all))
		}
	}
}

func cadreIDs(x *posting.Index) []string {
	return collect(len(x.Cadres), func(i int) string { return x.Cadres[i].ID })
}

func postIDs(x *posting.Index) []string {
	return collect(len(x.Posts), func(i int) string { return x.Posts[i].ID })
}

func unitIDs(x *posting.Index) []string {
	return collect(len(x.Units), func(i int) string { return x.Units[i].ID })
}

func collect(n int, id func(int) string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = id(i)
	}
	return out
}

// usualAuthorities are in use everywhere: a book may speak of each, though a county's tables name one or two.
var usualAuthorities = []string{"中管", "省管", "市管", "县管"}

// wordsOf reports an authority or a zone that nobody has heard of. That an included book names the zones of others is
// ordinary.
func (v *validator) wordsOf(s *Selector) {
	v.known(s, s.Authority, v.p.authorities(v.x), i18n.T("管理权限", "authority"))
	if strings.HasPrefix(s.Where, v.p.file+":") {
		v.known(s, s.Zone, zones(v.x), i18n.T("片区", "zone"))
	}
}

func (v *validator) known(s *Selector, words, known []string, what i18n.Text) {
	for _, w := range words {
		if !slices.Contains(known, w) {
			v.ps.at("E2041", s.Where, i18n.F("条款 %[1]s 选择的%[3]s %[2]q 不在表中", "the clause %[1]s selects the %[3]s %[2]q, which is in no table", v.c.ID, w, what), suggestion(w, known))
		}
	}
}

func zones(x *posting.Index) []string {
	var out []string
	for i := range x.Places {
		if z := x.Places[i].Zone; z != "" && !slices.Contains(out, z) {
			out = append(out, z)
		}
	}
	return out
}

// authorities are those of the policy and the tables, and the usual ones.
func (p *Policy) authorities(x *posting.Index) []string {
	out := append([]string{p.Authority}, usualAuthorities...)
	for i := range x.Posts {
		if a := x.Posts[i].Authority; !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// somebody warns where `for` matches no cadre on his seat; a blank may match.
func (v *validator) somebody() {
	s := &v.c.For
	if s.Where == "" {
		return
	}
	found := false
	for c := range v.x.Cadres {
		if !v.runs(s, c, v.x.Seat(c)) {
			return
		}
		found = found || s.Match(v.x, c, v.x.Seat(c), 1) != posting.No
	}
	if !found {
		v.nobody(s, i18n.T("任何人员", "no cadre"))
	}
}

// mostPairs bounds the pairs on which an expression about destinations is tried.
const mostPairs = 1 << 18

// somewhere warns where `to` matches no post for any cadre.
func (v *validator) somewhere() {
	s := &v.c.To
	if s.Where == "" {
		return
	}
	cadres := v.matching(len(v.x.Cadres), func(m *matcher, c int) { m.c = c; m.cadre(s) })
	posts := v.matching(len(v.x.Posts), func(m *matcher, p int) { m.p = p; m.post(s) })
	if len(posts) == 0 || len(cadres) == 0 || len(s.Exprs) > 0 && !v.anyPair(s, cadres, posts) {
		v.nobody(s, i18n.T("任何岗位", "no post"))
	}
}

func (v *validator) matching(n int, join func(*matcher, int)) []int {
	var out []int
	for i := range n {
		m := matcher{x: v.x, t: 1, result: posting.Yes}
		if join(&m, i); m.result != posting.No {
			out = append(out, i)
		}
	}
	return out
}

func (v *validator) anyPair(s *Selector, cadres, posts []int) bool {
	tried := 0
	for _, c := range cadres {
		for _, p := range posts {
			if tried++; tried > mostPairs || !v.runs(s, c, p) || s.Match(v.x, c, p, 1) != posting.No {
				return true
			}
		}
	}
	return false
}

// runs reports an expression that fails for a pair, such as an index beyond the end of a list.
func (v *validator) runs(s *Selector, c, p int) bool {
	for _, e := range s.Exprs {
		if _, err := e.evaluate(view{v.x, c, p, 1}); err != nil {
			at, message := faultOf(e.node, err)
			v.ps.add("E2033", at, i18n.F("条款 %[1]s 的表达式运行出错：%[2]s", "the expression of the clause %[1]s fails: %[2]s", v.c.ID, message))
			return false
		}
	}
	return true
}

// nobody warns of a selector of the named file. That a clause of an included book finds nobody here is ordinary: the book
// speaks of every level, a county has two.
func (v *validator) nobody(s *Selector, whom i18n.Text) {
	if !strings.HasPrefix(s.Where, v.p.file+":") {
		return
	}
	v.ps.at("W2042", s.Where, i18n.F("条款 %[1]s 的条件没有选中%[2]s", "the conditions of the clause %[1]s match %[2]s", v.c.ID, whom), i18n.Text{})
}

// namedCadres is how many people a message names.
const namedCadres = 3

// citation reports the cadres under the planning authority whom the clause selects although its citation does not
// cover their rank: nothing about them could be grounded on it.
func (v *validator) citation() {
	covers := v.c.Citation.Covers
	if len(covers) == 0 {
		return
	}
	var named []string
	for c := range v.x.Cadres {
		cadre := &v.x.Cadres[c]
		ours := cadre.Authority == "" || cadre.Authority == v.p.Authority
		if ours && cadre.Level != posting.LevelUnknown && !slices.Contains(covers, cadre.Level) && v.c.For.Match(v.x, c, v.x.Seat(c), 1) == posting.Yes {
			named = append(named, fmt.Sprintf("%s (%s)", cadre.ID, cadre.Level))
		}
	}
	if len(named) == 0 {
		return
	}
	v.ps.at("E2040", v.c.Where, i18n.F("条款 %[1]s 的依据（%[2]s）不适用于所选人员的职务层次：%[3]s", "the citation of the clause %[1]s (%[2]s) does not cover the rank of those it selects: %[3]s",
		v.c.Shown(), v.c.Citation.Text, few(named)), i18n.T("收窄 for，或者另写一条并引用适用的依据", "narrow `for`, or write another clause whose citation covers the rank"))
}

// ValidateTest checks the clause and the period of one of the department's rule tests, its row in the table of tests.
func (p *Policy) ValidateTest(no, clause string, period int, where Places, ps *Problems) {
	var ids []string
	named := clause == ""
	for i := range p.Clauses {
		ids = append(ids, p.Clauses[i].ID)
		named = named || p.Clauses[i].Names(clause)
	}
	if !named {
		ps.at("E2053", where.of("tests", no, "clause"), i18n.F("测试 %[1]s 所写的条款 %[2]q 不存在", "the test %[1]s names the clause %[2]q, which does not exist", no, clause), suggestion(clause, ids))
	}
	if period > p.Calendar.Periods {
		ps.at("E2054", where.of("tests", no, "period"), i18n.F("测试 %[1]s 的批次 %[2]d 超出方案的 %[3]d 批", "the period %[2]d of the test %[1]s lies beyond the %[3]d of the plan", no, period, p.Calendar.Periods), i18n.Text{})
	}
}

// exception checks the clause of one recorded exception. Its subject is not named: the clause may be a hold.
func (p *Policy) exception(e *posting.Exception, where Places, ps *Problems) {
	var ids []string
	named, waivable := false, false
	for i := range p.Clauses {
		c := &p.Clauses[i]
		ids = append(ids, c.ID)
		if c.Names(e.Clause) {
			named, waivable = true, waivable || c.Modality != Hard
		}
	}
	cell := where.of("exceptions", e.No, "clause")
	switch {
	case !named:
		ps.at("E2050", cell, i18n.F("例外 %[1]s 引用的条款 %[2]q 不存在", "the exception %[1]s names the clause %[2]q, which does not exist", e.No, e.Clause), suggestion(e.Clause, ids))
	case !waivable:
		ps.at("E2051", cell, i18n.F("例外 %[1]s：条款 %[2]s 是刚性条款，不得例外", "the exception %[1]s: the clause %[2]s is hard and allows none", e.No, e.Clause), i18n.Text{})
	}
}
