package audit

import (
	"cmp"
	"slices"
	"strconv"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// Ids of findings that come from the shape of the plan, not from a clause.
const (
	contradiction = "P01" // a derived field that contradicts the recomputation
	impossible    = "P02" // assignments that cannot follow each other
)

// bin is a part of the report.
type bin int

const (
	violated bin = iota
	missed
	waived
	unverifiable
	bins
)

// entry is one finding before it is printed.
type entry struct {
	clause    string
	rank      int // place of the clause in the policy
	subjects  []string
	period    int
	measured  int
	limit     int
	unit      string
	breach    int
	exception string
	silent    bool
	text      i18n.Text
}

// findings collects judgements clause by clause.
type findings struct {
	s       *scene
	rank    int
	clause  *policy.Clause
	tallies []*tally
	byID    map[string]*tally
	entries [bins][]entry
	levels  map[string]int64
	overdue map[string]map[[2]int]bool // by level: cadres and periods with an unmet duty
	metrics map[string]float64

	heldBack map[spell]bool // moves that a hold which is measured only speaks against
}

// tally counts the judgements kept under one printed id. Holds of every kind count each move once, so that the number
// does not tell which flag was read.
type tally struct {
	id    string
	rank  int
	text  i18n.Text
	kept  int
	moves map[spell]bool // of holds: whether the move was kept by all of them
}

func newFindings(s *scene) *findings {
	return &findings{s: s, byID: map[string]*tally{}, levels: map[string]int64{},
		overdue: map[string]map[[2]int]bool{}, metrics: map[string]float64{}, heldBack: map[spell]bool{}}
}

// begin turns to the clause at place i of the policy.
func (o *findings) begin(i int, c *policy.Clause) {
	o.rank, o.clause = i, c
	if c.Modality == policy.Report {
		return
	}
	id := c.Shown()
	if t, ok := o.byID[id]; ok {
		o.rank = t.rank
		return
	}
	t := &tally{id: id, rank: i, text: c.Name, moves: map[spell]bool{}}
	if id == policy.Hold {
		t.text = holdText
	}
	o.tallies, o.byID[id] = append(o.tallies, t), t
}

// keep counts judgements kept.
func (o *findings) keep(n int) {
	if o.clause.Modality != policy.Report {
		o.byID[o.clause.Shown()].kept += n
	}
}

// pair takes the judgement of a pair clause on a spell.
func (o *findings) pair(sp spell, r result) {
	if r.idle {
		return
	}
	hold := o.clause.Shown() == policy.Hold
	if hold {
		o.holdMove(sp, r.breach == 0 && !r.unknown)
	}
	if r.breach == 0 && !r.unknown {
		if !hold {
			o.keep(1)
		}
		return
	}
	e := o.s.entry(sp, r)
	if hold && o.clause.Modality == policy.Report {
		o.heldBack[sp] = true // each move once, whatever the number of flags
		o.metrics[policy.Hold+".breach"] = float64(len(o.heldBack))
		return
	}
	if hold {
		e.subjects, e.measured, e.limit, e.unit, e.text = e.subjects[:1], 1, 0, "person", holdText
	}
	if r.unknown {
		o.add(unverifiable, e)
	}
	if r.breach > 0 {
		e.exception = o.s.exempt(o.clause, sp)
		o.breach(e)
	}
}

// entry is the finding of a pair judgement.
func (s *scene) entry(sp spell, r result) entry {
	e := entry{subjects: r.subjects, period: sp.from, measured: r.measured, limit: r.limit, unit: r.unit,
		breach: r.breach, silent: r.silent, text: r.text}
	if e.subjects == nil {
		e.subjects = []string{s.x.Cadres[sp.cadre].ID, s.x.Posts[sp.post].ID}
	}
	return e
}

func (o *findings) holdMove(sp spell, kept bool) {
	if t := o.byID[policy.Hold]; t != nil && o.clause.Modality != policy.Report {
		before, seen := t.moves[sp]
		t.moves[sp] = kept && (before || !seen)
	}
}

// breach takes a breach of the clause in hand to the part of the report that the modality says.
func (o *findings) breach(e entry) {
	switch m := o.clause.Modality; {
	case m == policy.Report:
		o.metrics[o.clause.Shown()+".breach"] += float64(e.breach)
	case e.exception != "":
		o.add(waived, e)
	case m == policy.Hard || m == policy.Waivable:
		o.add(violated, e)
	case m == policy.Weighted:
		o.levels[policy.WeightedLevel] += o.clause.Weight * int64(e.breach)
		o.add(missed, e)
	default:
		o.levels[levelOf(o.clause)] += int64(e.breach)
		o.add(missed, e)
	}
}

// unmet counts the unmet duty of c in t, once for each level.
func (o *findings) unmet(level string, c, t int) {
	if o.overdue[level] == nil {
		o.overdue[level] = map[[2]int]bool{}
	}
	if key := [2]int{c, t}; !o.overdue[level][key] {
		o.overdue[level][key] = true
		o.levels[level]++
	}
}

// add lists an entry under the clause in hand; report clauses list nothing.
func (o *findings) add(b bin, e entry) {
	if o.clause.Modality == policy.Report || e.silent {
		return
	}
	e.clause, e.rank = o.clause.Shown(), o.rank
	if b == waived && e.clause != policy.Hold {
		e.text = withGround(e.text, e.exception)
	}
	o.entries[b] = append(o.entries[b], e)
}

// plain lists a violation that no clause states.
func (o *findings) plain(id string, e entry) {
	e.clause, e.rank = id, -1
	o.entries[violated] = append(o.entries[violated], e)
}

// caps lists goals that come to more than the policy allows them, under the name of the goal; their numbers are in units of
// 1/Scale.
func (s *scene) caps(o *findings) {
	for i := range s.pol.Levels {
		l := &s.pol.Levels[i]
		if v := o.levels[l.Name]; l.Capped && v > l.Most {
			o.plain(l.Name, entry{period: 1, measured: int(v), limit: int(l.Most), unit: l.Unit, breach: int(v - l.Most), text: i18n.F("%[1]s：%[2]s，不得超过%[3]s", "%[1]s: %[2]s, at most %[3]s",
				l.Text, units(v, l.Scale()), units(l.Most, l.Scale()))})
		}
	}
}

// units is a value of a level as people count it.
func units(v, scale int64) string {
	return strconv.FormatFloat(float64(v)/float64(scale), 'f', -1, 64)
}

// defaultLevels are the levels of kinds whose page names one.
var defaultLevels = map[string]string{
	"few_moves":    "moves",
	"keeps_post":   "arrivals_unplaced",
	"long_tenure":  "overdue_not_moved",
	"yearly_share": "yearly_shares",
}

func levelOf(c *policy.Clause) string {
	if c.Level != "" {
		return c.Level
	}
	return defaultLevels[c.Kind]
}

// report prints what was collected, in the order of clauses, periods and the official order of the subjects.
func (o *findings) report(lang i18n.Lang) posting.AuditReport {
	return posting.AuditReport{
		Satisfied:    o.satisfied(lang),
		Violated:     o.printed(violated, lang),
		Missed:       o.printed(missed, lang),
		Waived:       o.printed(waived, lang),
		Unverifiable: o.printed(unverifiable, lang),
		Levels:       o.levelValues(),
		Metrics:      o.metrics,
	}
}

func (o *findings) satisfied(lang i18n.Lang) []posting.ClauseCount {
	out := []posting.ClauseCount{}
	for _, t := range o.tallies {
		n := t.kept
		for _, kept := range t.moves {
			if kept {
				n++
			}
		}
		text := i18n.F("%s：符合 %d 项", "%s: kept in %d judgements", t.text, n)
		out = append(out, posting.ClauseCount{Clause: t.id, Count: n, Text: text.In(lang)})
	}
	return out
}

// printed sorts a part of the report; equal entries, as two holds of one person give them, are printed once.
func (o *findings) printed(b bin, lang i18n.Lang) []posting.Finding {
	list := o.entries[b]
	slices.SortStableFunc(list, o.s.compare)
	out := []posting.Finding{}
	for i, e := range list {
		if i > 0 && e.clause == policy.Hold && o.s.compare(list[i-1], e) == 0 {
			continue
		}
		out = append(out, posting.Finding{Clause: e.clause, Subjects: e.subjects, Period: e.period, Measured: float64(e.measured),
			Limit: float64(e.limit), Unit: e.unit, Exception: e.exception, Text: e.text.In(lang)})
	}
	return out
}

// compare orders entries: clause, period, subjects, then what was measured.
func (s *scene) compare(a, b entry) int {
	if c := cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.clause, b.clause), cmp.Compare(a.period, b.period)); c != 0 {
		return c
	}
	bySubject := slices.CompareFunc(a.subjects, b.subjects, func(p, q string) int {
		return cmp.Or(cmp.Compare(s.place(p), s.place(q)), cmp.Compare(p, q))
	})
	return cmp.Or(bySubject, cmp.Compare(a.measured, b.measured), cmp.Compare(a.exception, b.exception), cmp.Compare(a.text.Zh, b.text.Zh))
}

// place is the position of a subject in the official order of its own table.
func (s *scene) place(id string) int {
	for _, at := range []int{s.x.CadreAt(id), s.x.PostAt(id), s.x.UnitAt(id), s.x.PlaceAt(id)} {
		if at != posting.None {
			return at
		}
	}
	return posting.None
}

// levelValues are the levels of the policy with the value that the plan has in each.
func (o *findings) levelValues() []posting.LevelValue {
	out := make([]posting.LevelValue, len(o.s.pol.Levels))
	for i, l := range o.s.pol.Levels {
		scale := l.Scale()
		out[i] = posting.LevelValue{Name: l.Name, Unit: l.Unit, Scale: scale, Value: float64(o.levels[l.Name]) / float64(scale)}
	}
	return out
}
