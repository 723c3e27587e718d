package constraints

import (
	"fmt"
	"strconv"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// builder grows the model. Columns of spells come first, in official order of cadres, then posts, then periods, so that
// equal inputs give equal models.
type builder struct {
	*scene
	enc     *Encoding
	m       *mip.Model
	level   map[string]*mip.Level
	coef    map[string][]int64 // by level: coefficient of each column, zero beyond its end
	counted map[string]bool    // keys of duties already counted, see once
	charges int                // how often a level was told to count a column
	vacant  map[[2]int]mip.Col // vacancy column of (post, t)
}

func newBuilder(s *scene) *builder {
	m := &mip.Model{Name: "cadre"}
	b := &builder{scene: s, m: m, enc: &Encoding{Model: m, scene: s, onPost: make([][]int, len(s.Posts)),
		chargedTo: map[mip.Col]*policy.Clause{}, demands: map[*policy.Clause]int{}},
		level: map[string]*mip.Level{}, coef: map[string][]int64{},
		counted: map[string]bool{}, vacant: map[[2]int]mip.Col{}}
	for _, l := range s.pol.Levels {
		scale := int64(1)
		if l.Name == policy.WeightedLevel {
			scale = policy.WeightScale
		}
		b.level[l.Name] = &mip.Level{Name: l.Name, Unit: l.Unit, Scale: scale}
	}
	return b
}

// charge counts amount x column in what a breach of the clause costs: its level, or weight x amount in the weighted one.
func (b *builder) charge(c *policy.Clause, col mip.Col, amount int64) {
	level := c.Level
	if c.Modality == policy.Weighted {
		level, amount = policy.WeightedLevel, amount*c.Weight
	}
	b.countIn(c, level, col, amount)
}

// countIn counts amount x column in a level, in the name of the clause.
func (b *builder) countIn(c *policy.Clause, level string, col mip.Col, amount int64) {
	coef := b.coef[level]
	if n := int(col) + 1 - len(coef); n > 0 {
		coef = append(coef, make([]int64, n)...)
		b.coef[level] = coef
	}
	coef[col] += amount
	b.charges++
	if int(col) >= len(b.enc.spells) {
		b.enc.chargedTo[col] = c
	}
}

// atMost demands terms <= limit in the name of the clause: a row where the clause binds, else a row with an excess
// column that is charged.
func (b *builder) atMost(c *policy.Clause, name string, subjects []string, terms []mip.Term, limit int64) {
	terms = merge(terms)
	excess := activity(terms) - limit
	if excess <= 0 {
		return // no solution can break it
	}
	if !c.Binding() {
		e := b.column("over."+name, float64(excess), c.Shown(), subjects)
		b.charge(c, e, 1)
		terms = append(terms, mip.Term{Col: e, Coef: -1})
	}
	b.row(c, name, subjects, terms, -mip.Inf, float64(limit))
}

// atLeast demands terms >= limit likewise, with a column for what is short, which it returns as a term; none where the clause
// binds or nothing is demanded.
func (b *builder) atLeast(c *policy.Clause, name string, subjects []string, terms []mip.Term, limit int64) (short []mip.Term) {
	if limit <= 0 {
		return nil
	}
	terms = merge(terms)
	if !c.Binding() {
		e := b.column("short."+name, float64(limit), c.Shown(), subjects)
		b.charge(c, e, 1)
		short = []mip.Term{{Col: e, Coef: 1}}
	}
	b.row(c, name, subjects, append(terms, short...), float64(limit), mip.Inf)
	return short
}

// row appends a row stamped with the clause.
func (b *builder) row(c *policy.Clause, name string, subjects []string, terms []mip.Term, lower, upper float64) mip.Row {
	return b.m.AddRow(mip.Constraint{Name: name, Lower: lower, Upper: upper, Terms: terms,
		Stamp: mip.Stamp{Clause: c.Shown(), Subjects: subjects}})
}

// column appends an integer column with bounds [0, upper] that is no spell.
func (b *builder) column(name string, upper float64, clause string, subjects []string) mip.Col {
	return b.m.AddColumn(mip.Column{Name: name, Upper: upper, Integer: true,
		Stamp: mip.Stamp{Clause: clause, Subjects: subjects}})
}

// hold lists the columns under which cadre c holds his main post anywhere in post set `is`, in period t.
func (b *builder) hold(c, t int, is func(sp spell) bool) []mip.Term {
	return b.covering(b.enc.byCadre[c], t, is)
}

// covering lists, of some columns, the spells that cover t and that `is` accepts.
func (b *builder) covering(columns []int, t int, is func(sp spell) bool) []mip.Term {
	var out []mip.Term
	for _, i := range columns {
		if sp := b.enc.spells[i]; sp.covers(t) && is(sp) {
			out = append(out, mip.Term{Col: mip.Col(i), Coef: 1})
		}
	}
	return out
}

// staying lists the columns under which cadre c still holds his seat in t.
func (b *builder) staying(c, t int) []mip.Term { return b.hold(c, t, b.isStay) }

// moving lists the columns under which cadre c moves or is placed in period t, to a post that `to` accepts.
func (b *builder) moving(c, t int, to func(sp spell) bool) []mip.Term {
	return b.hold(c, t, func(sp spell) bool { return sp.from == t && !b.isStay(sp) && to(sp) })
}

// holders lists the columns under which post p is held in t, as main or as concurrent post or by a secondment. Whoever is
// seconded to a seat that he holds beside his own anyway counts once.
func (b *builder) holders(p, t int) []mip.Term {
	out := b.covering(b.enc.onPost[p], t, func(sp spell) bool { return !b.isSecondment(sp) || !b.beside(sp.cadre, p, t) })
	for _, c := range b.Holders(p) {
		if b.beside(c, p, t) {
			out = append(out, b.staying(c, t)...)
		}
	}
	return out
}

// vacancy is the column that is 1 exactly where post p is empty in t.
func (b *builder) vacancy(c *policy.Clause, p, t int) mip.Col {
	key := [2]int{p, t}
	if v, ok := b.vacant[key]; ok {
		return v
	}
	v := b.vacancyColumn(c, p, t)
	b.row(c, fmt.Sprintf("empty.%s.%d", b.Posts[p].ID, t), []string{b.Posts[p].ID},
		append(merge(b.holders(p, t)), mip.Term{Col: v, Coef: 1}), 1, mip.Inf)
	return v
}

func (b *builder) vacancyColumn(c *policy.Clause, p, t int) mip.Col {
	id := b.Posts[p].ID
	v := b.column(fmt.Sprintf("vacant.%s.%d", id, t), 1, c.Shown(), []string{id})
	b.vacant[[2]int{p, t}] = v
	return v
}

// once tells, for each key, only the first caller to count it.
func (b *builder) once(key ...any) bool {
	k := fmt.Sprint(key...)
	if b.counted[k] {
		return false
	}
	b.counted[k] = true
	return true
}

// finish turns the collected costs into levels and closes the encoding.
func (b *builder) finish() *Encoding {
	for _, spec := range b.pol.Levels {
		l := b.level[spec.Name]
		for j, a := range b.coef[spec.Name] {
			if a != 0 {
				l.Terms = append(l.Terms, mip.Term{Col: mip.Col(j), Coef: float64(a)})
			}
		}
		b.m.AddLevel(*l)
	}
	for i := range b.pol.Levels {
		b.capLevel(&b.pol.Levels[i])
	}
	return b.enc
}

// capLevel keeps a level below the most that the policy allows it.
func (b *builder) capLevel(spec *policy.LevelSpec) {
	if terms := b.level[spec.Name].Terms; spec.Capped && len(terms) > 0 {
		b.m.AddRow(mip.Constraint{Name: name("most", spec.Name), Lower: -mip.Inf, Upper: float64(spec.Most), Terms: terms, Stamp: mip.Stamp{Clause: spec.Name}})
	}
}

// merge adds up terms of the same column, in order of first occurrence, and drops zeros.
func merge(terms []mip.Term) []mip.Term {
	out := make([]mip.Term, 0, len(terms)+1)
	if ascending(terms) { // as a rule
		out = append(out, terms...)
	} else {
		out = joined(out, terms)
	}
	kept := out[:0]
	for _, t := range out {
		if t.Coef != 0 {
			kept = append(kept, t)
		}
	}
	return kept
}

// ascending tells whether the columns of terms rise, so that none stands twice.
func ascending(terms []mip.Term) bool {
	for i := 1; i < len(terms); i++ {
		if terms[i].Col <= terms[i-1].Col {
			return false
		}
	}
	return true
}

// joined appends terms to out, those of a column in one.
func joined(out, terms []mip.Term) []mip.Term {
	at := make(map[mip.Col]int, len(terms))
	for _, t := range terms {
		if i, ok := at[t.Col]; ok {
			out[i].Coef += t.Coef
			continue
		}
		at[t.Col] = len(out)
		out = append(out, t)
	}
	return out
}

// activity is the largest value of terms over binary columns.
func activity(terms []mip.Term) int64 {
	sum := int64(0)
	for _, t := range terms {
		sum += max(0, int64(t.Coef))
	}
	return sum
}

// name joins ids and numbers into a readable name.
func name(parts ...any) string {
	var out []byte
	for i, p := range parts {
		if i > 0 {
			out = append(out, '.')
		}
		switch p := p.(type) {
		case string:
			out = append(out, p...)
		case int:
			out = strconv.AppendInt(out, int64(p), 10)
		default:
			out = fmt.Append(out, p)
		}
	}
	return string(out)
}

func scaled(terms []mip.Term, by int64) []mip.Term {
	out := make([]mip.Term, len(terms))
	for i, t := range terms {
		out[i] = mip.Term{Col: t.Col, Coef: t.Coef * float64(by)}
	}
	return out
}

func ids(x *posting.Index, cadres ...int) []string {
	out := make([]string, len(cadres))
	for i, c := range cadres {
		out[i] = x.Cadres[c].ID
	}
	return out
}
