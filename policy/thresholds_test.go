package policy

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"cadre/posting"
)

// ladder is a clause of thresholds by level and class of post, dated ahead; its rows begin in line 8.
const ladder = `  - id: R07
    thresholds:
      - {rank: [乡科级正职, 乡科级副职], class: key, parameters: {years: 2}, until: 2026-12}
      - {rank: [乡科级正职, 乡科级副职], class: key, parameters: {years: 4}, from: 2027-01, citation: 新办法}
      - {rank: [乡科级正职, 乡科级副职], class: not_key, name: 其他岗位}
`

// Every row is a clause of its own: narrowed, dated, with its parameters and the clause's for the rest.
func TestThresholds(t *testing.T) {
	p := mustDecode(t, header+ladder)
	base := clauseOf(t, mustDecode(t, header), "R07")
	want := []Clause{*base, *base, *base}
	ranks := []posting.Level{posting.TownshipHead, posting.TownshipDeputy}
	for i := range want {
		c := &want[i]
		c.ID, c.Of, c.Where = fmt.Sprintf("R07.%d", i+1), "R07", fmt.Sprintf("p.yaml:%d:9", 8+i)
		c.For = Selector{Rank: ranks, Class: []string{"not_principal", []string{"key", "key", "not_key"}[i]}, Where: c.Where}
		c.Params = map[string]any{"years": []int{24, 48, 36}[i], "except": []string{"promotion", "avoidance"}}
	}
	want[0].Until, want[1].From = posting.NewMonth(2026, 12), posting.NewMonth(2027, 1)
	want[1].Citation, want[2].Name.Zh, want[2].Name.En = Citation{}, "其他岗位", "其他岗位"
	want[1].Citation.Text.Zh, want[1].Citation.Text.En = "新办法", "新办法"
	for i := range want {
		if got := clauseOf(t, p, want[i].ID); !reflect.DeepEqual(*got, want[i]) {
			t.Errorf("got\n%+v\nwant\n%+v", *got, want[i])
		}
	}
	for _, c := range p.Clauses {
		if c.ID == "R07" {
			t.Error("the clause itself still stands beside its rows")
		}
	}
}

// The policy applies by the plan date: one row of two dated ones is in force.
func TestThresholdsByDate(t *testing.T) {
	p := mustDecode(t, header+ladder)
	for date, want := range map[posting.Month]string{posting.NewMonth(2026, 12): "R06 R07.1 R07.3", posting.NewMonth(2027, 1): "R06 R07.2 R07.3"} {
		var got []string
		for _, c := range p.WithDate(date).ActiveOf("minimum_term") {
			got = append(got, c.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", date, got, want)
		}
	}
}

// The months of a row lie inside those of its clause.
func TestThresholdsInsideTheClause(t *testing.T) {
	p := mustDecode(t, header+"  - id: R07\n    from: 2025-05\n    until: 2026-06\n    thresholds: [{class: key, from: 2024-01, until: 2025-12}, {class: not_key, from: 2026-01}]\n")
	for id, want := range map[string][2]posting.Month{"R07.1": {posting.NewMonth(2025, 5), posting.NewMonth(2025, 12)}, "R07.2": {posting.NewMonth(2026, 1), posting.NewMonth(2026, 6)}} {
		if c := clauseOf(t, p, id); c.From != want[0] || c.Until != want[1] {
			t.Errorf("%s: %s to %s", id, c.From, c.Until)
		}
	}
}

// An exception recorded for a clause speaks of every row, one for a row of that row alone.
func TestExceptionsToThresholds(t *testing.T) {
	for _, c := range []struct {
		clause, exception string
		want              bool
	}{
		{"R07.1", "R07.1", true}, {"R07.1", "R07", true}, {"R05.a.2", "R05.a", true}, {"R05.a.2", "R05", true}, {"R05.a.2", "R05.b", false},
		{"R07.1", "R07.2", false}, {"R07.11", "R07.1", false}, {"R07", "R07.1", false}, {"R07", "R0", false}, {"R07", "", false},
	} {
		if k := (Clause{ID: c.clause}); k.Names(c.exception) != c.want || k.Rule() != c.clause[:3] {
			t.Errorf("an exception to %s speaks of %s: %v", c.exception, c.clause, !c.want)
		}
	}
}

// Kinds that read only destinations are divided by these.
func TestThresholdsOfDestinations(t *testing.T) {
	p := mustDecode(t, header+"  - {id: R11, thresholds: [{unit_kind: 乡镇, parameters: {share: 1/2}}, {unit_kind: 部门}]}\n")
	a, b := clauseOf(t, p, "R11.1"), clauseOf(t, p, "R11.2")
	if a.To.UnitKind[0] != posting.Township || a.Ratio("share") != (Ratio{1, 2}) || b.To.UnitKind[0] != posting.Department || b.Ratio("share") != (Ratio{1, 3}) || a.For.Where != "" {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// A row may narrow the destinations; rows whose destinations differ are apart.
func TestThresholdsByDestination(t *testing.T) {
	p := mustDecode(t, header+"  - {id: R34, to: {class: leading}, thresholds: [{to: {tier: [4, 5]}, parameters: {soft_minutes: 90}}, {to: {tier: [1, 2, 3], class: key}, class: principal}]}\n")
	a, b := clauseOf(t, p, "R34.1"), clauseOf(t, p, "R34.2")
	if !reflect.DeepEqual(a.To.Tier, []int{4, 5}) || a.Int("soft_minutes") != 90 || len(a.For.Class) > 0 {
		t.Errorf("%+v", a)
	}
	if !reflect.DeepEqual(b.To.Class, []string{"leading", "key"}) || b.For.Class[0] != "principal" || b.Int("soft_minutes") != 60 {
		t.Errorf("%+v", b)
	}
	if !a.Apart(b) || a.Apart(a) {
		t.Error("tiers tell the rows apart, and nothing else")
	}
}

// row7 states one row of R07 after a first one for key posts.
func row7(row string) string {
	return header + "  - id: R07\n    thresholds:\n      - {class: key, from: 2026-01, until: 2026-12}\n      - " + row + "\n"
}

var thresholdFaults = []fault{
	{"E2002", "p.yaml:9:10", row7("{clas: not_key}")},
	{"E2004", "p.yaml:6:27", header + "  - {id: R07, thresholds: {class: key}}\n"},
	{"E2004", "p.yaml:6:27", header + "  - {id: R07, thresholds: []}\n"},
	{"E2004", "p.yaml:9:9", row7("key")},
	{"E2004", "p.yaml:9:9", row7("~")},
	{"E2006", "p.yaml:9:17", row7("{class: kee, rank: 县处级正职, from: 2027-01}")},
	{"E2006", "p.yaml:9:37", row7("{class: not_key, post_rank: 科级}")},
	{"E2012", "p.yaml:6:61", header + "  - {id: R12, thresholds: [{class: key, parameters: {share: 130%}}]}\n"},
	{"E2026", "p.yaml:6:115", header + "  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, thresholds: [{class: key, parameters: {years: 2}}, {class: not_key}]}\n"},
	{"E2027", "p.yaml:9:48", row7("{class: not_key, from: 2026-05, until: 2026-04}")},
	{"E2034", "p.yaml:9:9", row7("{class: [key, leading], from: 2026-12}")},
	{"E2034", "p.yaml:9:9", row7("{rank: 乡科级正职}")},
	{"E2034", "p.yaml:9:9", row7("{until: 2026-01}")},
	{"E2029", "p.yaml:6:45", header + "  - {id: R01, thresholds: [{class: key, to: {tier: 1}}]}\n"},
	{"E2034", "p.yaml:6:50", header + "  - {id: R34, thresholds: [{to: {tier: [1, 2]}}, {to: {tier: 2}}]}\n"},
	{"E2035", "p.yaml:6:48", header + "  - {id: R34, to: {tier: 1}, thresholds: [{to: {tier: 2}}]}\n"},
	{"E2035", "p.yaml:9:9", row7("{class: principal, from: 2027-01}")},
	{"E2035", "p.yaml:9:9", row7("{role: 书记, class: not_key}")},
	{"E2035", "p.yaml:9:9", row7("{class: [not_key, key]}")},
	{"E2035", "p.yaml:6:44", header + "  - {id: R07, until: 2025-12, thresholds: [{from: 2026-01}]}\n"},
}

// Every fault of thresholds is one problem with a code and an exact place.
func TestThresholdFaults(t *testing.T) {
	for _, f := range thresholdFaults {
		p, ps := Decode("p.yaml", []byte(f.source), Options{})
		if len(ps.List) != 1 || ps.List[0].Code != f.code || ps.List[0].Where != f.at || p != nil {
			t.Errorf("want %s %s of\n%s\ngot\n%s", f.code, f.at, f.source[len(header):], report(ps))
		}
	}
	_, ps := Decode("p.yaml", []byte(row7("{class: [key, leading], from: 2026-12}")), Options{})
	if !strings.Contains(report(ps), "p.yaml:8:9 (R07.1)") {
		t.Errorf("the first row is not named: %s", report(ps))
	}
}

// Rows that exclude each other are accepted: by any key, by time, or by what only the tables can tell.
func TestThresholdsApart(t *testing.T) {
	for _, row := range []string{"{class: not_key}", "{class: key, from: 2027-01}", "{class: key, until: 2025-12}", "{where: cadre.age > 40}", "{cadres: c1}"} {
		mustDecode(t, row7(row))
	}
	for _, rows := range []string{"{rank: 乡科级正职}, {rank: 乡科级副职}", "{role: 副职}, {class: middle}", "{class: middle}, {role: 其他}", "{hardship: [0, 1]}, {hardship: [2, 3]}", "{tier: 1}, {tier: 2}", "{zone: 北片}, {zone: 南片}",
		"{authority: 县管}, {authority: 市管}", "{post_rank: 股级正职}, {post_rank: 股级副职}", "{staff_type: 行政}, {staff_type: 事业}", "{unit_kind: 部门}, {unit_kind: 乡镇}", "{units: U1}, {units: U2}"} {
		mustDecode(t, header+"  - {id: R07, thresholds: ["+rows+"]}\n")
	}
}

// Whatever two selectors the decoder lets stand side by side, no pair of the tables matches both.
func TestApartIsSound(t *testing.T) {
	x := county()
	conditions := []string{"rank: 乡科级正职", "rank: [乡科级副职, 股级正职]", "class: key", "class: not_key", "class: [leading, not_key]", "class: principal", "class: not_principal", "class: middle",
		"role: [副职, 其他]", "role: 行政正职", "hardship: [2, 3]", "hardship: 0", "tier: 4", "tier: 1", "zone: 北片", "zone: [南片, 北片]", "unit_kind: 部门", "unit_kind: 乡镇", "staff_type: 行政", "authority: 县管", "authority: 市管",
		"cadres: [c1, c2]", "cadres: c3", "posts: p1", "posts: [p2, p3]", "units: u1", "units: u2", "age_at_most: 40", "tenure_at_least: 5", "where: post.key"}
	draw := func(rt *rapid.T) *Selector {
		parts := rapid.SliceOfNDistinct(rapid.SampledFrom(conditions), 1, 3, func(c string) string { return strings.SplitN(c, ":", 2)[0] }).Draw(rt, "conditions")
		p, ps := Decode("p.yaml", []byte(onlyClause+"  - {id: N1, kind: minimum_term, modality: hard, citation: 本地, parameters: {years: 3}, for: {"+strings.Join(parts, ", ")+"}}\n"), Options{})
		if p == nil {
			if ps.List[0].Code != "E2035" {
				rt.Fatalf("%s", report(ps))
			}
			rt.Skip("the conditions contradict each other")
		}
		return &p.Clauses[0].For
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := draw(rt), draw(rt)
		d := &decoder{ps: &Problems{}}
		both := d.narrowed(&node{}, a, *b)
		for c := range x.Cadres {
			for p := range x.Posts {
				one, two := a.Match(x, c, p, 1), b.Match(x, c, p, 1)
				if one == posting.Yes && two == posting.Yes && a.meets(b) == posting.No {
					rt.Fatalf("%+v and %+v meet in %d, %d", a, b, c, p)
				}
				m := matcher{result: one}
				if m.and(two); a.meets(b) != posting.No && m.result != both.Match(x, c, p, 1) {
					rt.Fatalf("%+v narrowed by %+v: %d, want %d", a, b, both.Match(x, c, p, 1), m.result)
				}
			}
		}
	})
}

// A county that changes a parameter of inherited thresholds would change nothing; it restates the rows, or has none.
func TestInheritedThresholds(t *testing.T) {
	files := fstest.MapFS{"own/province.yaml": {Data: []byte("include: builtin\nclauses:\n  - id: R07\n    thresholds:\n      - {class: key, parameters: {years: 2}}\n      - {class: not_key, parameters: {years: 4}}\n")}}
	source := bare + "include: province.yaml\nclauses:\n  - {id: R07, parameters: {years: 1}"
	_, ps := Decode("p.yaml", []byte(source+"}\n"), Options{Open: opening(files)})
	if len(ps.List) != 1 || ps.List[0].Code != "E2037" || ps.List[0].Where != "p.yaml:5:28" || !strings.Contains(ps.List[0].Text.En, "province.yaml:5:9") {
		t.Error(report(ps))
	}
	if c := clauseOf(t, including(t, source+", thresholds: ~}\n", files), "R07"); c.Months("years") != 12 {
		t.Errorf("%+v", c)
	}
	p := including(t, source+", thresholds: [{class: key}, {class: not_key, parameters: {years: 5}}]}\n", files)
	if a, b := clauseOf(t, p, "R07.1"), clauseOf(t, p, "R07.2"); a.Months("years") != 12 || b.Months("years") != 60 {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// What a row says is in the hash; where it is written is not.
func TestThresholdHash(t *testing.T) {
	a := mustDecode(t, header+ladder)
	if b := mustDecode(t, header+"\n\n"+ladder); a.Hash != b.Hash {
		t.Error("the place changes the hash")
	}
	for _, change := range []string{"years: 2", "until: 2026-12", "class: not_key", "新办法"} {
		to := map[string]string{"years: 2": "years: 2.5", "until: 2026-12": "until: 2026-11", "class: not_key": "class: [not_key, leading]", "新办法": "旧办法"}[change]
		if b := mustDecode(t, header+strings.Replace(ladder, change, to, 1)); a.Hash == b.Hash {
			t.Errorf("%s does not change the hash", to)
		}
	}
}
