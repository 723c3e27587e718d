package constraints

import (
	"maps"
	"slices"
	"sync"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// Encoder encodes, and remembers the spells that it judged last: they follow from the instance and the clauses that look at
// pairs, so that policies which differ in other clauses alone share them. Its models are those of [Encode] byte for byte. Many
// goroutines may use it at once; nil is [Encode].
type Encoder struct {
	mu     sync.Mutex
	recent []*judged // the last used first
}

// mostSpells is how many spells are remembered at most: some hundred megabytes.
const mostSpells = 1 << 20

// judged are the spells of an instance under the clauses that look at pairs, with their columns and costs. It is read-only.
type judged struct {
	index   *posting.Index
	clauses string // hash of the policy of sight
	enc     Encoding
	columns []mip.Column
	coef    map[string][]int64
	charges int
}

// Encode is the function of that name.
func (e *Encoder) Encode(x *posting.Index, pol *policy.Policy) *Encoding {
	if e == nil {
		return Encode(x, pol)
	}
	seen := sight(pol)
	clauses := seen.ContentHash()
	j := e.known(x, clauses)
	if j == nil {
		j = judge(x, seen, (*builder).shortlist)
		j.clauses = clauses
		e.keep(j)
	}
	return j.encode(x, pol)
}

func (e *Encoder) known(x *posting.Index, clauses string) *judged {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := slices.IndexFunc(e.recent, func(j *judged) bool { return j.index == x && j.clauses == clauses })
	if at < 0 {
		return nil
	}
	j := e.recent[at]
	e.recent = slices.Insert(slices.Delete(e.recent, at, at+1), 0, j)
	return j
}

// keep remembers j and forgets those that were not used for longest.
func (e *Encoder) keep(j *judged) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.recent = slices.Insert(e.recent, 0, j)
	spells := 0
	for i, k := range e.recent {
		if spells += len(k.columns); spells > mostSpells {
			e.recent = slices.Delete(e.recent, i, len(e.recent))
			return
		}
	}
}

// asked are the plan kinds whose clauses pairs ask after: who is due, and who breaks an avoidance.
var asked = []string{"long_tenure", "kin_avoidance"}

// sight is the policy as far as the judgement of pairs can see it: that it hangs on nothing else is so by construction.
func sight(pol *policy.Policy) *policy.Policy {
	return &policy.Policy{Authority: pol.Authority, Calendar: pol.Calendar, Regime: pol.Regime,
		Clauses: slices.DeleteFunc(slices.Clone(pol.Clauses), func(c policy.Clause) bool {
			_, pair := kinds[c.Kind].(pairKind)
			return !pair && !slices.Contains(asked, c.Kind)
		})}
}

// judge judges, for each cadre, the posts that a list names.
func judge(x *posting.Index, seen *policy.Policy, list func(*builder) func(cadre int) []int) *judged {
	b := newBuilder(newScene(x, seen))
	b.generate(list(b))
	return &judged{index: x, enc: *b.enc, columns: b.m.Columns, coef: b.coef, charges: b.charges}
}

// encode adds what the plan clauses say.
func (j *judged) encode(x *posting.Index, pol *policy.Policy) *Encoding {
	b := newBuilder(newScene(x, pol))
	b.take(j)
	b.locateSpells()
	b.m.Choices = len(b.m.Columns)
	b.cover()
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		if k, ok := kinds[c.Kind].(planKind); ok && c.Active(x.Calendar.Date) {
			rows, charges := len(b.m.Rows), b.charges
			k.encode(b, c)
			b.enc.demands[c] = max(len(b.m.Rows)-rows, b.charges-charges)
		}
	}
	return b.finish()
}

// take begins with judged spells. What grows later is copied.
func (b *builder) take(j *judged) {
	e := &j.enc
	b.enc.Kept, b.enc.Dropped, b.enc.Judged = e.Kept, e.Dropped, e.Judged
	b.enc.spells, b.enc.byCadre, b.enc.seconds, b.enc.pairCost, b.enc.onPost = e.spells, e.byCadre, e.seconds, e.pairCost, e.onPost
	b.m.Columns, b.coef, b.charges = slices.Clone(j.columns), maps.Clone(j.coef), j.charges
	for level, coef := range b.coef {
		b.coef[level] = slices.Clone(coef)
	}
}
