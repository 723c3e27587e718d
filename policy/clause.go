package policy

import (
	"maps"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// modalityNames are the modalities, the strictest first.
var modalityNames = []string{string(Hard), string(Waivable), string(Level), string(Weighted), string(Report)}

// duty is the kind whose breaches are counted in a level whatever its modality.
const duty = "long_tenure"

// counts tells whether breaches of a clause are counted in a level that the clause names.
func counts(kind string, m Modality) bool { return kind == duty || m == Level }

// mostWeight bounds a weight, in points: far above any in use, and small enough for exact sums.
const mostWeight = 1_000_000

// clauseKeys are the keys of a clause.
var clauseKeys = []string{"id", "kind", "name", "modality", "level", "weight", "for", "to", "parameters", "unknown",
	"citation", "from", "until", "off", "thresholds"}

// clause decodes one clause, which its thresholds divide into several. It gives none where the kind is unknown: then
// nothing else can be checked.
func (d *decoder) clause(n *node, levels []LevelSpec) []Clause {
	f := d.table(n, clauseKeys...)
	kind := d.must(f, n, "kind")
	k, known := Kinds()[d.text(kind)]
	if !known {
		d.unknownKind(kind)
		return nil
	}
	c := Clause{
		ID:       d.id(d.must(f, n, "id")),
		Kind:     k.Name,
		Name:     d.texts(f["name"]),
		Modality: d.modality(d.must(f, n, "modality"), k),
		For:      d.selector(f["for"], k),
		To:       d.selector(f["to"], k),
		Params:   d.parameters(f["parameters"], k),
		Forbid:   d.word(f["unknown"], []string{"allow", "forbid"}) == "forbid",
		Citation: d.citation(d.must(f, n, "citation")),
		Off:      d.flag(f["off"]),
		Where:    n.at.String(),
	}
	if c.Name == (i18n.Text{}) {
		c.Name = k.Statement
	}
	c.From, c.Until = d.period(f)
	d.unread(f, k)
	c.Level, c.Weight = d.level(f["level"], n, &c, levels), d.weight(f["weight"], n, &c)
	if rows := f["thresholds"]; rows != nil {
		return d.thresholds(rows, c, k)
	}
	d.complete(c.Params, n, k)
	d.suits(n, &c, k)
	d.method(n, &c)
	return []Clause{c}
}

// period reads the months from and until, of which the second may not lie before the first.
func (d *decoder) period(f map[string]*node) (from, until posting.Month) {
	from, until = d.month(f["from"]), d.month(f["until"])
	if from.Known() && until.Known() && until < from {
		d.ps.add("E2027", f["until"].at, i18n.F("截止 %[1]s 早于起始 %[2]s", "until %[1]s lies before from %[2]s", until, from))
	}
	return from, until
}

// unread reports a selector that the kind does not read: whoever wrote it believes that it narrows the clause.
func (d *decoder) unread(f map[string]*node, k *Kind) {
	for _, name := range selectorNames {
		if n := f[name]; n != nil && !k.Reads(name) {
			d.ps.add("E2029", n.at, i18n.F("规则类型 %[1]s 不读取 %[2]s", "the kind %[1]s does not read %[2]s", k.Name, name))
		}
	}
}

func (d *decoder) unknownKind(n *node) {
	if n.shape == scalar {
		d.ps.add("E2020", n.at, i18n.F("没有规则类型 %q", "there is no rule kind %q", n.text), suggestion(n.text, KindNames()))
	}
}

// id reads an id: it stands in names of rows and in plan.json, so blanks and signs are refused.
func (d *decoder) id(n *node) string {
	id := d.text(n)
	if n.shape == scalar && (id == "" || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || strings.ContainsRune("@:,;|\"'", r) })) {
		d.ps.add("E2005", n.at, i18n.F("编号 %q 不能为空，也不能含有空格、引号或者 @ : , ; |", "the id %q must not be empty or hold blanks, quotes or @ : , ; |", id))
	}
	return id
}

func (d *decoder) modality(n *node, k *Kind) Modality {
	m := Modality(d.word(n, modalityNames))
	if m != "" && !slices.Contains(k.Modalities, m) {
		d.ps.add("E2021", n.at, i18n.F("规则类型 %[1]s 不支持 %[2]s，可选：%[3]s", "the kind %[1]s does not support %[2]s, but: %[3]s", k.Name, m, listed(k.Modalities)))
	}
	return m
}

// listed joins words as each language does.
func listed[T ~string](words []T) i18n.Text {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return i18n.T(strings.Join(out, "、"), strings.Join(out, ", "))
}

// level reads the level in which a clause counts. It has no default: which goal a clause serves is a decision.
func (d *decoder) level(n *node, owner *node, c *Clause, levels []LevelSpec) string {
	var names []string
	for _, l := range levels {
		if l.Name != WeightedLevel {
			names = append(names, l.Name)
		}
	}
	switch {
	case n == nil && counts(c.Kind, c.Modality) && c.Modality != Report:
		d.ps.add("E2022", owner.at, i18n.F("条款 %[1]s 要写明 level，可选：%[2]s", "the clause %[1]s has to state its level, one of: %[2]s", c.ID, listed(names)))
	case n != nil && c.Modality != "" && !counts(c.Kind, c.Modality):
		d.ps.add("E2025", n.at, i18n.F("条款 %[1]s 的 modality 是 %[2]s，用不到 level", "the clause %[1]s has modality %[2]s, which has no use for a level", c.ID, c.Modality))
	case n != nil && len(names) > 0:
		return d.word(n, names)
	}
	return ""
}

func (d *decoder) weight(n *node, owner *node, c *Clause) int64 {
	switch {
	case n == nil && c.Modality == Weighted:
		d.ps.add("E2024", owner.at, i18n.F("倾向性条款 %[1]s 要写 weight", "the weighted clause %[1]s has to state its weight", c.ID))
	case n != nil && c.Modality != Weighted && c.Modality != "":
		d.ps.add("E2025", n.at, i18n.F("条款 %[1]s 的 modality 是 %[2]s，用不到 weight", "the clause %[1]s has modality %[2]s, which has no use for a weight", c.ID, c.Modality))
	case n != nil:
		before := len(d.ps.List)
		w := d.decimal(n, weightPlaces, mostWeight)
		if w == 0 && len(d.ps.List) == before {
			d.ps.add("E2011", n.at, i18n.T("权重必须大于 0", "the weight has to be above 0"), i18n.T("停用条款写 off: yes", "to switch the clause off, write off: yes"))
		}
		return w
	}
	return 0
}

// weightPlaces is the number of decimal places of 1/WeightScale.
const weightPlaces = 3

func (d *decoder) citation(n *node) Citation {
	if n.shape == scalar {
		return Citation{Text: d.texts(n)}
	}
	f := d.table(n, "zh", "en", "covers")
	if n.shape == table && f["zh"] == nil && f["en"] == nil {
		d.ps.add("E2003", n.at, i18n.T("依据没有写明文件名称：zh 或者 en", "the citation names no source: zh or en"))
	}
	return Citation{Text: i18n.T(d.text(f["zh"]), d.text(f["en"])), Covers: coded[posting.Level](d, f["covers"], posting.LevelNames[:])}
}

// coded reads words of a code list whose values are their positions; position 0 is not known and cannot be chosen.
func coded[T ~int8](d *decoder, n *node, names []string) []T {
	var out []T
	for _, w := range d.words(n, names[1:]) {
		out = append(out, T(slices.Index(names, w)))
	}
	return out
}

// protectedNames are the attributes that only the kinds naming them may read.
func protectedNames() []string { return slices.Sorted(maps.Keys(protectedFields)) }
