package policy

import (
	"fmt"
	"testing"

	"cadre/posting"
)

// county is a table of three seated cadres, one arrival, one cadre of whom nothing is known, and their posts.
//
//	c1 head of a township, ten years in post     p1 u1 (township, hardship 3)
//	c2 deputy in a department, two years         p2 u2 (department), a key post
//	c3 middle level, no leading post             p3 u2
//	c4 nothing but an id                         p4 nothing but an id
//	c5 to arrive, no seat
func county() *posting.Index {
	date := posting.NewMonth(2026, 1)
	in := &posting.Instance{
		Cadres: []posting.Cadre{
			{ID: "c1", Level: posting.TownshipHead, Post: "p1", PostSince: date - 120, Birth: date - 12*50, Staff: posting.Administrative, Authority: "县管", Sex: "男", Grassroots: 36, Fields: []string{"农业"}},
			{ID: "c2", Level: posting.TownshipDeputy, Post: "p2", PostSince: date - 24, Birth: date - 12*35, Staff: posting.Institution, Authority: "县管", Sex: "女", Grassroots: 0},
			{ID: "c3", Level: posting.SectionHead, Post: "p3", PostSince: date - 60, Birth: date - 12*36, Authority: "县管", Grassroots: posting.Unknown},
			{ID: "c4", Post: "p4", Grassroots: posting.Unknown},
			{ID: "c5", Level: posting.TownshipHead, Arrives: date, Birth: date - 12*40, Grassroots: posting.Unknown},
		},
		Posts: []posting.Post{
			{ID: "p1", Unit: "u1", Role: posting.GovernmentPrincipal, Level: posting.TownshipHead, Leading: true, Team: true, Authority: "县管", Weight: 4},
			{ID: "p2", Unit: "u2", Role: posting.Deputy, Level: posting.TownshipDeputy, Leading: true, Key: true, Authority: "县管", Weight: posting.Unknown},
			{ID: "p3", Unit: "u2", Role: posting.MiddleHead, Level: posting.SectionHead, Authority: "县管", Weight: 1},
			{ID: "p4", Weight: posting.Unknown},
		},
		Units:  []posting.Unit{{ID: "u1", Kind: posting.Township, Place: "z1", Tier: posting.Unknown}, {ID: "u2", Kind: posting.Department, Tier: 1}},
		Places: []posting.Place{{ID: "z1", Hardship: 3, Tier: 4, Zone: "北片"}},
		Ties:   []posting.Tie{{A: "c1", B: "c2", Kin: posting.Spouse}},
	}
	return posting.NewIndex(in, posting.Calendar{Date: date, Periods: 2, Length: 12})
}

// answers are Match of every cadre on his seat, as letters: y, n, or - where blank.
func answers(x *posting.Index, s *Selector, t int) string {
	out := ""
	for c := range x.Cadres {
		out += string("-ny"[s.Match(x, c, x.Seat(c), t)])
	}
	return out
}

// selectorOf decodes `for` of a clause of a kind that may read everything but what is protected.
func selectorOf(t *testing.T, source string) *Selector {
	t.Helper()
	p := mustDecode(t, header+"  - id: R07\n    for: "+source+"\n")
	return &clauseOf(t, p, "R07").For
}

// Every field of a selector, for those who match, who do not, of whom it is not known, and without a seat.
func TestSelectorFields(t *testing.T) {
	x := county()
	for source, want := range map[string]string{
		"{}":            "yyyyy",
		"{rank: 乡科级正职}": "ynn-y",
		"{rank: [乡科级正职, 股级正职]}":                  "yny-y",
		"{post_rank: 乡科级副职}":                     "nyn-n",
		"{class: leading}":                       "yynnn",
		"{class: not_leading}":                   "nnyyn",
		"{class: team}":                          "ynnnn",
		"{class: not_team}":                      "nyyyn",
		"{class: key}":                           "nynnn",
		"{class: not_key}":                       "ynyyn",
		"{class: [leading, not_key]}":            "ynnnn",
		"{class: principal}":                     "ynn-n",
		"{class: not_principal}":                 "nyy-n",
		"{class: middle}":                        "nny-n",
		"{class: not_middle}":                    "yyn-n",
		"{class: [key, principal]}":              "nnnnn",
		"{role: [行政正职, 副职]}":                     "yyn-n",
		"{unit_kind: 乡镇}":                        "ynn-n",
		"{staff_type: 行政}":                       "yn---",
		"{authority: 县管}":                        "yyy-n",
		"{cadres: [c1, c4]}":                     "ynnyn",
		"{posts: p3}":                            "nnynn",
		"{units: u2}":                            "nyy-n",
		"{hardship: 3}":                          "y---n",
		"{hardship: [0, 1]}":                     "n---n",
		"{tier: [4, 5]}":                         "y---n",
		"{zone: [北片, 南片]}":                       "y---n",
		"{zone: 南片}":                             "n---n",
		"{tier: 1, rank: 乡科级副职}":                 "n-n-n",
		"{tenure_at_least: 5}":                   "yny-n",
		"{tenure_at_least: 2.5}":                 "yny-n",
		"{age_at_most: 36}":                      "nyy-n",
		"{rank: 乡科级副职, tenure_at_least: 5}":      "nnn-n",
		"{cadres: c1, rank: 乡科级正职, class: team}": "ynnnn",
	} {
		if got := answers(x, selectorOf(t, source), 1); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

// Tenure and age are those at the start of the period.
func TestSelectorPeriod(t *testing.T) {
	x := county()
	if got := answers(x, selectorOf(t, "{tenure_at_least: 3}"), 2); got != "yyy-n" {
		t.Errorf("tenure in period 2: %s", got)
	}
	if got := answers(x, selectorOf(t, "{age_at_most: 36}"), 2); got != "nyn-n" {
		t.Errorf("age in period 2: %s", got)
	}
}

// A known mismatch wins over a blank, in either order; a blank over a match.
func TestTruthTable(t *testing.T) {
	all := []posting.Tri{posting.Yes, posting.No, posting.Blank}
	for _, a := range all {
		for _, b := range all {
			want := posting.Blank
			switch {
			case a == posting.No || b == posting.No:
				want = posting.No
			case a == posting.Yes && b == posting.Yes:
				want = posting.Yes
			}
			m := matcher{result: a}
			if m.and(b); m.result != want {
				t.Errorf("%d and %d: %d, want %d", a, b, m.result, want)
			}
		}
	}
}

// A destination is looked at instead of the seat; without a cadre, a condition on the person does not hold.
func TestSelectorDestination(t *testing.T) {
	x := county()
	s := selectorOf(t, "{class: key}")
	if got := s.Match(x, 0, 1, 1); got != posting.Yes {
		t.Errorf("destination p2: %d", got)
	}
	if got := s.Match(x, posting.None, 1, 1); got != posting.Yes {
		t.Errorf("post without a cadre: %d", got)
	}
	if got := selectorOf(t, "{rank: 乡科级正职}").Match(x, posting.None, 0, 1); got != posting.No {
		t.Errorf("person asked for, none given: %d", got)
	}
}

// Expressions in both languages; a blank field makes the answer blank, no seat makes it no.
func TestExpressions(t *testing.T) {
	x := county()
	for source, want := range map[string]string{
		`cadre.tenure_years >= 5`:                             "yny--",
		`干部.任现职年限 > 9.9 or false`:                             "ynn--",
		`cadre.tenure_months == 24`:                           "nyn--",
		`post.岗位分量 >= 4`:                                      "y-n-n",
		`岗位.重要岗位`:                                             "nynnn",
		`post.principal`:                                      "ynn-n",
		`cadre.rank in ["乡科级正职", "股级正职"]`:                     "yny-y",
		`place.hardship >= 2`:                                 "y---n",
		`place.片区 == "北片"`:                                    "y---n",
		`unit.kind == "部门" && unit.tier == 1`:                 "-yy-n",
		`"农业" in cadre.熟悉专业`:                                  "y----",
		`len(cadre.also) == 0`:                                "yyyyy",
		`cadre.拟调入 ? false : true`:                            "yyyyn",
		`any(cadre.fields, # startsWith "农")`:                 "y----",
		`let y = cadre.age; y >= 36 and y < 50`:               "nny-y",
		`cadre.grassroots_years < 3`:                          "ny---",
		`cadre.id == "c2" and post.id == "p2"`:                "nynnn",
		`cadre.duty == ""`:                                    "yyyyy",
		`not (post.staff_type in ["行政", "参公"]) and post.team`: "ynnnn",
	} {
		s := selectorOf(t, fmt.Sprintf("{where: '%s'}", source))
		if got := answers(x, s, 1); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

// With a table condition, a known mismatch of the one wins over a blank of the other.
func TestExpressionBesideTable(t *testing.T) {
	x := county()
	if got := answers(x, selectorOf(t, "{cadres: [c1, c4], where: cadre.tenure_years >= 20}"), 1); got != "nnn-n" {
		t.Errorf("blank expression: %s", got)
	}
	if got := answers(x, selectorOf(t, "{staff_type: 行政, where: cadre.id == 'c1'}"), 1); got != "ynnnn" {
		t.Errorf("blank table: %s", got)
	}
}

// An expression reads a protected attribute for the kinds whose page names it, and for no other kind.
func TestProtected(t *testing.T) {
	fields := map[string]string{"sex": "sex", "ethnicity": "民族", "native_place": "grew_up", "care": "care", "marriage": "配偶在册"}
	for name, k := range Kinds() {
		for attribute, field := range fields {
			ps := &Problems{}
			d := &decoder{ps: ps}
			d.expression(&node{shape: scalar, text: "cadre." + field + " == cadre." + field}, k)
			allowed := false
			for _, p := range k.Protected {
				allowed = allowed || p == attribute
			}
			if allowed == ps.HasErrors() || !allowed && ps.List[0].Code != "E2032" {
				t.Errorf("%s reads %s: %s", name, field, report(ps))
			}
		}
	}
}

// Values of protected attributes, for a kind that may read them.
func TestProtectedValues(t *testing.T) {
	x := county()
	for where, want := range map[string]string{`cadre.sex == "男"`: "yn---"} {
		p := mustDecode(t, header+"  - id: R25\n    for: {where: '"+where+"'}\n")
		if got := answers(x, &clauseOf(t, p, "R25").For, 1); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
	d := &decoder{ps: &Problems{}}
	married := d.expression(&node{shape: scalar, text: "cadre.married_here"}, Kinds()["couple_near"])
	if got := answers(x, &Selector{Exprs: []*Expression{married}}, 1); got != "yynnn" {
		t.Errorf("married: %s", got)
	}
}

// Nothing that a department keeps to itself is among the fields.
func TestFieldsKeepSecrets(t *testing.T) {
	for _, o := range objects() {
		for _, a := range o.fields {
			for _, secret := range []string{"reserve", "review", "hold", "care", "exam_year", "parent_care", "hardship_registered", "sex", "ethnicity", "native_place", "grew_up"} {
				if a.en == secret {
					t.Errorf("%s.%s can be read", o.en, a.en)
				}
			}
		}
	}
}
