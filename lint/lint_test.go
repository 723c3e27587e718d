package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// head begins a policy of clauses of its own.
const head = `version: 1
plan_date: 2026-01
authority: 县管
horizon: {periods: 1, months: 12}
levels:
  - {name: seats, zh: 空缺, en: seats, unit: seat}
  - {name: first, zh: 甲, en: first, unit: case}
  - {name: due, zh: 应交流, en: due, unit: person}
  - {name: shares, zh: 比例, en: shares, unit: person}
  - {name: weighted, zh: 综合, en: weighed, unit: point}
clauses:
  - {id: R20, kind: headcount, modality: hard, citation: 例}
`

// world is two departments D1 (posts P1 to P4, all held) and D2 (posts P5 to P8, of which P5 and P6 are held), all of
// deputies of the team at one level; cadre Cn holds Pn, six years in post.
func world() *posting.Instance {
	in := &posting.Instance{
		Units:  []posting.Unit{{ID: "D1", Name: "甲局", Kind: posting.Department, Place: "Z", Tier: 1, Heads: -1, Deps: -1, Middle: -1}, {ID: "D2", Name: "乙局", Kind: posting.Department, Place: "Z", Tier: 1, Heads: -1, Deps: -1, Middle: -1}},
		Places: []posting.Place{{ID: "Z", Name: "县城", Tier: 1, Hardship: 0, Lodging: -1}},
	}
	for i := 1; i <= 8; i++ {
		unit := "D1"
		if i > 4 {
			unit = "D2"
		}
		in.Posts = append(in.Posts, posting.Post{ID: fmt.Sprintf("P%d", i), Name: fmt.Sprintf("岗%d", i), Unit: unit, Role: posting.Deputy, Level: posting.TownshipDeputy,
			Leading: true, Team: true, Counts: true, Weight: 3, Filling: posting.Fillable, Authority: "县管"})
	}
	for i := 1; i <= 6; i++ {
		in.Cadres = append(in.Cadres, posting.Cadre{ID: fmt.Sprintf("C%d", i), Name: fmt.Sprintf("干部%d", i), Level: posting.TownshipDeputy, Post: fmt.Sprintf("P%d", i),
			PostSince: posting.NewMonth(2020, 1), Birth: posting.NewMonth(1980, 1), Sex: "男", Authority: "县管", Grassroots: posting.Unknown, FamilySize: posting.Unknown, AreaMonths: posting.Unknown, SpecialChanges: posting.Unknown})
	}
	return in
}

const share = "kind: yearly_share, modality: level, level: shares, citation: 例, parameters: {share: 50%, candidate_years: 5, counts: other_unit, rounding: up, apply_to: each_unit, count: year, exclude: []}"
const outflow = "{id: R10, kind: team_outflow, modality: waivable, citation: 例, parameters: {share: 1/4, least: 1}}"

// lintCase is a world under clauses, and the findings that it has.
type lintCase struct {
	name    string
	clauses string // one a line
	change  func(*posting.Instance)
	want    []string // severity code clause against unit measured/limit; notes of L101 to L104 are left out unless asked for
	says    string   // part of the English text of the first
	hint    string   // part of the English hint of the first
}

var lintCases = []lintCase{
	{name: "nothing", clauses: outflow},
	{name: "half of a unit against a quarter of its team", clauses: "{id: R13, " + share + "}\n" + outflow,
		want: []string{"shortfall L301 R13 R10 D1 1/2"}, says: "甲局 (D1) 1/4", hint: "lower the share to 25%, or make more people movable; or raise the ceilings of R10 to allow 1 more in all"},
	{name: "both binding", clauses: "{id: R13, " + strings.Replace(share, "level, level: shares", "hard", 1) + "}\n" + outflow,
		want: []string{"contradiction L301 R13 R10 D1 1/2"}, hint: "raise the ceilings of R10 to allow 1 more in all; or lower"},
	{name: "together over two units", clauses: "{id: R13, " + strings.Replace(share, "each_unit", "together", 1) + "}\n" + outflow,
		want: []string{"shortfall L301 R13 R10  2/3"}, says: "甲局 (D1) 1/4, 乙局 (D2) 1/2"},
	{name: "movers by decision do not count in the ceiling", clauses: "{id: R13, " + share + "}\n" + outflow, change: func(in *posting.Instance) { in.Cadres[0].Disposition = posting.MustMove }},
	{name: "rounding alone", clauses: "{id: R13, " + strings.Replace(share, "50%", "30%", 1) + "}\n" + outflow,
		want: []string{"shortfall L301 R13 R10 D1 1/2"}, hint: "rounding: down will do"},
	{name: "share above the movable", clauses: "{id: R13, " + share + "}\n{id: HOLD, kind: hold, modality: hard, citation: 例, parameters: {flag: hold}}\n{id: PIN, kind: disposition, modality: hard, citation: 例}",
		change: func(in *posting.Instance) {
			in.Cadres[0].Hold, in.Cadres[1].Hold = true, true
			in.Cadres[2].Disposition = posting.Stay
		},
		want: []string{"shortfall L201 R13  D1 1/2"}, says: "2 more people are to move, only 1 can (4 eligible, 0 moved earlier this year; of those who cannot: not in this batch 2, recorded decision 1)", hint: "lower the share to 25%"},
	{name: "newcomers", clauses: "{id: R49, kind: seats_filled, modality: level, level: seats, citation: 例, parameters: {seats: other}, to: {units: D2}}\n{id: R11, kind: unit_inflow, modality: level, level: first, citation: 例, parameters: {share: 1/8, least: 1}}",
		want: []string{"shortfall L302 R49 R11 D2 1/2"}, says: "岗5 (P5), 岗6 (P6), 岗7 (P7), 岗8 (P8)", hint: "raise the ceilings of R11 to allow 1 more in all; or reserve 1 of the seats"},
	{name: "more seats than people", clauses: "{id: R49, kind: seats_filled, modality: level, level: seats, citation: 例, parameters: {seats: other}}",
		want: []string{"shortfall L204 R49   6/8"}, says: "asks for 8 (seat) in all, people suffice for 6", hint: "reserve 2 of the seats"},
	{name: "two principals due", clauses: "{id: R01, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {class: principal}}\n{id: R09, kind: principals_apart, modality: level, level: first, citation: 例}",
		change: func(in *posting.Instance) {
			in.Posts[0].Role, in.Posts[1].Role = posting.PartyPrincipal, posting.GovernmentPrincipal
		},
		want: []string{"shortfall L302 R01 R09 D1 1/2"}, says: "干部1 (C1), 干部2 (C2)", hint: "spread them over two batches"},
	{name: "due in one team", clauses: "{id: R01, kind: long_tenure, modality: hard, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n" + outflow +
		"\n{id: R53, kind: authority, modality: hard, citation: 例, parameters: {nominated: allow, staff_within: any}}",
		change: func(in *posting.Instance) { // out of D1 is the only way
			for i := range 4 {
				in.Posts[i].Authority = "市管"
				in.Posts[i].Authority = "县管"
				in.Posts[i].Filling = posting.Frozen
			}
		}},
	{name: "due in one team, no way inside it", clauses: "{id: R01, kind: long_tenure, modality: hard, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n" + outflow + "\n{id: FILL, kind: filling, modality: hard, citation: 例}",
		change: func(in *posting.Instance) {
			for i := range 4 {
				in.Posts[i].Filling = posting.Frozen
			}
		},
		want: []string{"contradiction L302 R01 R10 D1 1/4"}},
	{name: "due without a destination", clauses: "{id: R01, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n{id: R21, kind: level_match, modality: hard, citation: 例, parameters: {up: 0, down: 0}}",
		change: func(in *posting.Instance) { in.Cadres[0].Level = posting.CountyDeputy },
		want:   []string{"shortfall L202 R01   3/4"}, says: "of 4 people due, no lawful destination for 1 (R21"},
	{name: "due, but close to retirement", clauses: "{id: R01, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n" +
		"{id: R25, kind: near_retirement, modality: level, level: first, citation: 例, parameters: {months: 24, table: [{sex: 男, level_from: '', age: 60, to_age: 60, from: 2025-01, step_months: 4}]}}",
		change: func(in *posting.Instance) { in.Cadres[0].Birth = posting.NewMonth(1967, 1) },
		want:   []string{"shortfall L203 R01 R25  3/4"}, hint: "record exceptions to R25"},
	{name: "must move, nowhere to go", clauses: "{id: PIN, kind: disposition, modality: hard, citation: 例}\n{id: R21, kind: level_match, modality: hard, citation: 例, parameters: {up: 0, down: 0}}\n{id: R50, kind: keeps_post, modality: level, level: first, citation: 例}",
		change: func(in *posting.Instance) {
			in.Cadres[0].Level, in.Cadres[0].Disposition = posting.CountyDeputy, posting.MustMove
		},
		want: []string{"contradiction L201 R50  D1 0/1"}, says: "there is no post for this person", hint: "change the recorded decision"},
	{name: "two fixed on one seat", clauses: "{id: PIN, kind: disposition, modality: hard, citation: 例}",
		change: func(in *posting.Instance) {
			for i := range 2 {
				in.Cadres[i].Disposition, in.Cadres[i].FixedPost = posting.Fixed, "P7"
			}
		},
		want: []string{"contradiction L201 R20  D2 2/1"}, says: "allows 1 (seat), no plan stays below 2"},
	{name: "an arrival that suits no seat", clauses: "{id: R50, kind: keeps_post, modality: level, level: first, citation: 例}\n{id: R21, kind: level_match, modality: hard, citation: 例, parameters: {up: 0, down: 0}}",
		change: func(in *posting.Instance) {
			in.Cadres = append(in.Cadres, posting.Cadre{ID: "N", Name: "新人", Level: posting.CountyHead, Arrives: posting.NewMonth(2026, 1)})
		},
		want: []string{"shortfall L201 R50   0/1"}},
	{name: "a seat that nobody can take", clauses: "{id: R49, kind: seats_filled, modality: level, level: seats, citation: 例, parameters: {seats: other}, to: {posts: P7}}\n{id: R21, kind: level_match, modality: hard, citation: 例, parameters: {up: 0, down: 0}}",
		change: func(in *posting.Instance) { in.Posts[6].Level = posting.CountyHead },
		want:   []string{"shortfall L201 R49  D2 0/1"}, says: "nobody can take this seat", hint: "reserve it for a promotion or an arrival"},
	{name: "rotation inside the unit ends one duty, not the other", clauses: "{id: R05, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n{id: R02, kind: area_limit, modality: waivable, citation: 例, parameters: {years: 10, area: place}}",
		change: func(in *posting.Instance) {
			in.Places = append(in.Places, posting.Place{ID: "Y", Name: "乡", Lodging: -1})
			in.Units[1].Place = "Y"
			in.Cadres[0].AreaMonths, in.Cadres[1].AreaMonths = 120, 119
		},
		want: []string{"note L106 R05 R02  1/4"}, says: "of 4 people due, rotation inside the unit will not do for 1", hint: "in other areas"},
	{name: "rotation inside the unit where all posts lie in one area", clauses: "{id: R05, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n{id: R02, kind: area_limit, modality: waivable, citation: 例, parameters: {years: 10, area: place}}",
		change: func(in *posting.Instance) { in.Cadres[0].AreaMonths = 120 },
		want:   []string{"shortfall L202 R05   3/4"}, says: "no lawful destination for 1 (R02"},
	{name: "a secondment ends no duty", clauses: "{id: R01, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}, for: {units: D1}}\n{id: PIN, kind: disposition, modality: hard, citation: 例}",
		change: func(in *posting.Instance) {
			in.Posts[6].Term, in.Posts[6].TermMonths = posting.TermSecondment, 12
			in.Cadres[0].Disposition, in.Cadres[0].FixedPost = posting.Fixed, "P7"
		},
		want: []string{"shortfall L202 R01   3/4"}, says: "a secondment seat, which is no exchange"},
	{name: "shares that overlap", clauses: "{id: R12, " + strings.NewReplacer("each_unit", "together", "50%", "10%").Replace(share) + ", for: {class: leading}}\n{id: R13, " + strings.NewReplacer("each_unit", "together", "50%", "10%").Replace(share) + ", for: {units: D1}}",
		want: []string{"note L105 R13 R12  4/0"}, says: "4 people count in the shares of both R12 and R13"},
}

// Every finding of a world is there, with its numbers, and no other.
func TestFindings(t *testing.T) {
	for _, c := range lintCases {
		in := world()
		if c.change != nil {
			c.change(in)
		}
		r := check(t, in, c.clauses)
		var got []string
		var first *Finding
		for i := range r.Findings {
			f := &r.Findings[i]
			if f.Severity == Note && f.Code < "L105" {
				continue
			}
			if first == nil {
				first = f
			}
			got = append(got, fmt.Sprintf("%s %s %s %s %s %d/%d", f.Severity, f.Code, f.Clause, f.Against, f.Unit, f.Measured, f.Limit))
			if f.Text.Zh == "" || f.Text.En == "" || f.Hint.Zh == "" || f.Hint.En == "" {
				t.Errorf("%s: %s lacks words", c.name, f.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
			continue
		}
		if first != nil && (!strings.Contains(first.Text.En, c.says) || !strings.Contains(first.Hint.En, c.hint)) {
			t.Errorf("%s: %s\nhint: %s\nsays not %q, %q", c.name, first.Text.En, first.Hint.En, c.says, c.hint)
		}
	}
}

func check(t *testing.T, in *posting.Instance, clauses string) *Report {
	t.Helper()
	source := head
	for _, line := range strings.Split(clauses, "\n") {
		source += "  - " + line + "\n"
	}
	pol, ps := policy.Decode("p.yaml", []byte(source), policy.Options{})
	if pol == nil {
		t.Fatalf("%v\n%s", ps.List, source)
	}
	return Check(posting.NewIndex(in, pol.Calendar), pol)
}

// Whom a clause touches, what it refuses, charges, waives and cannot verify; what it asks of whole plans.
func TestCounts(t *testing.T) {
	in := world()
	in.Cadres[0].PostSince, in.Cadres[1].PostSince, in.Cadres[2].PostSince = posting.NewMonth(2024, 1), posting.NewMonth(2024, 1), 0
	in.Cadres[4].Review, in.Cadres[5].Hold = true, true
	in.Exceptions = []posting.Exception{{No: "E", Clause: "R07", Subject: "C2"}}
	in.Departures = []posting.Departure{{Cadre: "C4", Month: posting.NewMonth(2026, 3), Class: posting.LeaveRetirement}}
	r := check(t, in, `{id: R07, kind: minimum_term, modality: waivable, citation: 例, parameters: {years: 3}, for: {units: D1}, to: {units: D2}}
{id: R24, kind: hold, modality: hard, citation: 例, parameters: {flag: review}}
{id: HOLD, kind: hold, modality: hard, citation: 例, parameters: {flag: hold}}
{id: MOVES, kind: few_moves, modality: level, level: first, citation: 例}
{id: R34, kind: few_moves, modality: weighted, weight: 1, citation: 例, off: yes}
{id: R39, kind: few_moves, modality: report, citation: 例, from: 2026-02}
{id: R01, kind: long_tenure, modality: waivable, level: due, citation: 例, parameters: {must_years: 5}}
{id: R12, `+strings.Replace(share, "each_unit", "together", 1)+`}`)
	var got []string
	for _, c := range r.Clauses {
		got = append(got, fmt.Sprintf("%s %s c%d p%d x%d refused %d charged %d waived %d unknown %d demands %d due %d shares %d", c.ID(), c.State,
			c.Cadres, c.Posts, c.Pairs, c.Refused, c.Charged, c.Waived, c.Unknown, c.Demands, c.Due, len(c.Shares)))
	}
	want := []string{
		"R20 active c6 p8 x35 refused 0 charged 0 waived 0 unknown 0 demands 8 due 0 shares 0",
		"R07 active c4 p4 x12 refused 4 charged 0 waived 4 unknown 4 demands 0 due 0 shares 0",
		"HOLD active c6 p8 x35 refused 14 charged 0 waived 0 unknown 0 demands 0 due 0 shares 0",
		"MOVES active c6 p8 x35 refused 0 charged 17 waived 0 unknown 0 demands 0 due 0 shares 0",
		"R34 off c0 p0 x0 refused 0 charged 0 waived 0 unknown 0 demands 0 due 0 shares 0",
		"R39 dated c0 p0 x0 refused 0 charged 0 waived 0 unknown 0 demands 0 due 0 shares 0",
		"R01 active c6 p8 x35 refused 0 charged 0 waived 0 unknown 0 demands 2 due 2 shares 0",
		"R12 active c6 p8 x35 refused 0 charged 0 waived 0 unknown 0 demands 1 due 0 shares 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := r.Clauses[7].Shares[0]; len(s.Members) != 2 || len(s.Movable) != 0 || s.Asked != 1 {
		t.Errorf("share: %+v", s)
	}
}

// Clauses that select nobody, change nothing, overlap, or meet blanks are noted.
func TestNotes(t *testing.T) {
	in := world()
	in.Cadres[0].PostSince = 0
	r := check(t, in, `{id: R06, kind: minimum_term, modality: hard, citation: 例, parameters: {years: 5}, for: {class: principal}}
{id: R07.a, kind: minimum_term, modality: hard, citation: 例, parameters: {years: 3}}
{id: R07.b, kind: minimum_term, modality: hard, citation: 例, parameters: {years: 2}, for: {units: D2}}
{id: R28, kind: service_minimum, modality: hard, citation: 例}
{id: R11, kind: unit_inflow, modality: hard, citation: 例, parameters: {share: 100%, least: 100}}`)
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%s %s %s %d/%d", f.Code, f.Clause, f.Against, f.Measured, f.Limit))
	}
	want := []string{"L101 R06  0/0", "L102 R07.b  0/0", "L102 R28  0/0", "L102 R11  0/0", "L103 R07.b R07.a 2/0", "L104 R07.a  7/42"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// A tool that reads the report finds every code explained.
func TestCodes(t *testing.T) {
	known := map[string]bool{}
	for _, c := range Codes() {
		if known[c.ID] || c.Text.Zh == "" || c.Text.En == "" {
			t.Errorf("%s: twice, or without words", c.ID)
		}
		known[c.ID] = true
	}
	for _, c := range lintCases {
		for _, w := range c.want {
			if code := strings.Fields(w)[1]; !known[code] {
				t.Errorf("%s is not explained", code)
			}
		}
	}
}
