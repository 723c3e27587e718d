package audit

import (
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestLevelMatch(t *testing.T) {
	k := clause("level_match", policy.Waivable, params{"up": 0, "down": 0})
	open := clause("level_match", policy.Waivable, params{"up": 1, "down": 1})
	level := func(l posting.Level) func(*world) { return func(w *world) { w.post(4).Level = l } }
	check(t, []kindCase{
		{"equal", k, nil, "a>P4", "kept 1"},
		{"one up", k, level(posting.TownshipHead), "a>P4", "kept 0; violated K a,P4 1/0 level"},
		{"one up allowed", open, level(posting.TownshipHead), "a>P4", "kept 1"},
		{"two up", open, level(posting.CountyDeputy), "a>P4", "kept 0; violated K a,P4 2/1 level"},
		{"one down", k, level(posting.SectionHead), "a>P4", "kept 0; violated K a,P4 -1/0 level"},
		{"one down allowed", open, level(posting.SectionHead), "a>P4", "kept 1"},
		{"two down", open, level(posting.SectionDeputy), "a>P4", "kept 0; violated K a,P4 -2/-1 level"},
		{"placement", k, func(w *world) { level(posting.TownshipHead)(w); w.arrive(1) }, "d>P4", "kept 0; violated K d,P4 1/0 level"},
		{"unknown", k, level(0), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"unknown forbidden", forbid(k), level(0), "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"exception", k, func(w *world) { level(posting.TownshipHead)(w); w.except("U1") }, "a>P4", "kept 0; waived K a,P4 1/0 level by E1"},
		{"fixed", k, func(w *world) { level(posting.TownshipHead)(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 1/0 level by pin"},
		{"to move is no waiver here", k, func(w *world) { level(posting.TownshipHead)(w); w.a().Disposition = posting.MustMove }, "a>P4",
			"kept 0; violated K a,P4 1/0 level"},
		{"hard", clause("level_match", policy.Hard, params{"up": 0, "down": 0}), func(w *world) { level(posting.TownshipHead)(w); w.fix(w.a(), "P4") },
			"a>P4", "kept 0; violated K a,P4 1/0 level"},
	})
}

func TestQualification(t *testing.T) {
	all := params{"items": []string{"party", "ethnicity", "degree", "licence", "grassroots"}}
	k := clause("qualification", policy.Waivable, all)
	need := func(f func(p *posting.Post)) func(*world) { return func(w *world) { f(w.post(4)) } }
	three := need(func(p *posting.Post) { p.NeedDegree, p.NeedLicence, p.NeedGrassroots = 4, "律师", 61 })
	check(t, []kindCase{
		{"nothing asked", k, nil, "a>P4", "kept 1"},
		{"all met", k, need(func(p *posting.Post) {
			p.NeedParty, p.NeedEthnicity, p.NeedDegree, p.NeedGrassroots = "中共党员", "汉族", 3, 60
		}), "a>P4", "kept 1"},
		{"party", k, need(func(p *posting.Post) { p.NeedParty = "群众" }), "a>P4", "kept 0; violated K a,P4 1/0 requirement"},
		{"ethnicity", k, need(func(p *posting.Post) { p.NeedEthnicity = "畲族" }), "a>P4", "kept 0; violated K a,P4 1/0 requirement"},
		{"three", k, three, "a>P4", "kept 0; violated K a,P4 3/0 requirement"},
		{"not listed", clause("qualification", policy.Waivable, params{"items": []string{"degree"}}), three, "a>P4", "kept 0; violated K a,P4 1/0 requirement"},
		{"no licence is known", k, need(func(p *posting.Post) { p.NeedLicence = "律师" }), "a>P4", "kept 0; violated K a,P4 1/0 requirement"},
		{"least degree of all", k, need(func(p *posting.Post) { p.NeedDegree = 1 }), "a>P4", "kept 1"},
		{"unknown", k, func(w *world) { w.a().Degree = 0; w.post(4).NeedDegree = 1 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"blank but not asked", k, func(w *world) { w.a().Degree, w.a().Party, w.a().Grassroots = 0, "", -1 }, "a>P4", "kept 1"},
		{"unknown beside a breach", k, func(w *world) { w.a().Degree = 0; three(w) }, "a>P4", "kept 0; violated K a,P4 2/0 requirement"},
		{"unknown forbidden", forbid(k), func(w *world) { w.a().Grassroots = -1; w.post(4).NeedGrassroots = 1 }, "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"exception", k, func(w *world) { three(w); w.except("a") }, "a>P4", "kept 0; waived K a,P4 3/0 requirement by E1"},
		{"fixed", k, func(w *world) { three(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 3/0 requirement by pin"},
		{"level counts each", clause("qualification", policy.Level, all), three, "a>P4", "kept 0; missed K a,P4 3/0 requirement; lv=3"},
	})
}

func TestQualificationTextNamesNoPersonalTrait(t *testing.T) {
	w := newWorld()
	w.clauses = []policy.Clause{clause("qualification", policy.Hard, params{"items": []string{"party", "ethnicity"}})}
	w.a().Ethnicity, w.a().Party = "苗族", "民革党员"
	w.post(4).NeedEthnicity, w.post(4).NeedParty = "畲族", "中共党员"
	text := w.judge(t, "a>P4").Violated[0].Text
	for _, secret := range []string{"苗", "民革"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q tells %s", text, secret)
		}
	}
	for _, said := range []string{"甲一", "青石镇副职4", "条款", "民族条件"} {
		if !strings.Contains(text, said) {
			t.Errorf("%q does not say %s", text, said)
		}
	}
}

func TestStaffType(t *testing.T) {
	k := clause("staff_type", policy.Waivable, params{"allowed": []policy.Row{{"from": "行政", "to": "参公"}}})
	types := func(has, asked posting.StaffType) func(*world) {
		return func(w *world) { w.a().Staff, w.post(4).Staff = has, asked }
	}
	bad := types(posting.Institution, posting.Administrative)
	check(t, []kindCase{
		{"nothing asked", k, types("", ""), "a>P4", "kept 1"},
		{"equal", k, types(posting.Institution, posting.Institution), "a>P4", "kept 1"},
		{"allowed", k, types(posting.Administrative, posting.Participating), "a>P4", "kept 1"},
		{"not the other way", k, types(posting.Participating, posting.Administrative), "a>P4", "kept 0; violated K a,P4 1/0 post"},
		{"not allowed", k, bad, "a>P4", "kept 0; violated K a,P4 1/0 post"},
		{"unknown", k, types("", posting.Administrative), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"unknown forbidden", forbid(k), types("", posting.Administrative), "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"exception", k, func(w *world) { bad(w); w.except("P4") }, "a>P4", "kept 0; waived K a,P4 1/0 post by E1"},
		{"fixed", k, func(w *world) { bad(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 1/0 post by pin"},
		{"hard", clause("staff_type", policy.Hard, params{"allowed": []policy.Row{}}), func(w *world) { bad(w); w.except("P4") }, "a>P4", "kept 0; violated K a,P4 1/0 post"},
	})
}

func TestPostWeight(t *testing.T) {
	k := clause("post_weight", policy.Waivable, params{"most_drop": 1, "advance": false})
	open := clause("post_weight", policy.Waivable, params{"most_drop": 1, "advance": true})
	weight := func(n int) func(*world) { return func(w *world) { w.post(4).Weight = n } }
	check(t, []kindCase{
		{"equal", k, nil, "a>P4", "kept 1"},
		{"one less", k, weight(2), "a>P4", "kept 1"},
		{"two less", k, weight(1), "a>P4", "kept 0; violated K a,P4 -2/-1 weight"},
		{"a rise", k, weight(5), "a>P4", "kept 0; violated K a,P4 2/0 weight"},
		{"a rise, advances open", open, weight(5), "a>P4", "kept 1"},
		{"a rise by promotion", k, func(w *world) { weight(5)(w); w.post(4).Level = posting.TownshipHead }, "a>P4", "kept 1"},
		{"unknown", k, weight(-1), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"unknown forbidden", forbid(k), weight(-1), "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"arrivals are not judged", k, func(w *world) { weight(5)(w); w.arrive(1) }, "d>P4", "kept 0"},
		{"exception", k, func(w *world) { weight(1)(w); w.except("a") }, "a>P4", "kept 0; waived K a,P4 -2/-1 weight by E1"},
		{"fixed", k, func(w *world) { weight(1)(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 -2/-1 weight by pin"},
		{"hard", clause("post_weight", policy.Hard, params{"most_drop": 1, "advance": false}), func(w *world) { weight(1)(w); w.except("a") }, "a>P4",
			"kept 0; violated K a,P4 -2/-1 weight"},
	})
}

func TestFilling(t *testing.T) {
	k := clause("filling", policy.Hard, nil)
	how := func(f posting.Filling) func(*world) { return func(w *world) { w.post(4).Filling = f } }
	check(t, []kindCase{
		{"open", k, nil, "a>P4", "kept 1"},
		{"must be filled", k, how(posting.MustFill), "a>P4", "kept 1"},
		{"frozen", k, how(posting.Frozen), "a>P4", "kept 0; violated K a,P4 1/0 seat"},
		{"frozen to arrivals", k, func(w *world) { how(posting.Frozen)(w); w.arrive(1) }, "d>P4", "kept 0; violated K d,P4 1/0 seat"},
		{"for promotion", k, how(posting.ReservePromotion), "a>P4", "kept 0; violated K a,P4 1/0 seat"},
		{"by promotion", k, func(w *world) { how(posting.ReservePromotion)(w); w.post(4).Level = posting.TownshipHead }, "a>P4", "kept 1"},
		{"for arrivals", k, how(posting.ReserveArrival), "a>P4", "kept 0; violated K a,P4 1/0 seat"},
		{"by arrival", k, func(w *world) { how(posting.ReserveArrival)(w); w.arrive(1) }, "d>P4", "kept 1"},
		{"fixed on it", k, func(w *world) { how(posting.Frozen)(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0"},
		{"held on", k, func(w *world) { w.post(1).Filling = posting.Frozen }, "", "kept 0"},
		{"exceptions do not help", k, func(w *world) { how(posting.Frozen)(w); w.except("a") }, "a>P4", "kept 0; violated K a,P4 1/0 seat"},
	})
}

func TestFit(t *testing.T) {
	k := clause("fit", policy.Weighted, params{"field_points": 4, "appraisal_points": 2, "appraisal_years": 3})
	fields := func(w *world) { w.post(4).Fields = []string{"财务"} }
	head := func(w *world) { w.post(4).Role = posting.GovernmentPrincipal }
	// followed leaves a with no appraisal but those that a row of the follow-up sheet adds.
	followed := func(year, month int, half, one string) func(*world) {
		return func(w *world) {
			head(w)
			f := posting.FollowUp{Cadre: "a", HalfYear: half, OneYear: one}
			if year != 0 {
				f.Date = posting.NewMonth(year, month)
			}
			w.a().Appraisals, w.in.FollowUps = nil, append(w.in.FollowUps, f)
		}
	}
	graded := func(year int, grade string) func(*world) {
		return func(w *world) { head(w); w.a().Appraisals = []posting.Appraisal{{Year: year, Grade: grade}} }
	}
	check(t, []kindCase{
		{"no field asked", k, nil, "a>P4", "kept 1"},
		{"a field shared", k, func(w *world) { w.post(4).Fields = []string{"财务", "农业"} }, "a>P4", "kept 1"},
		{"none shared", k, fields, "a>P4", "kept 0; missed K a,P4 4/0 point; weighted=8000"},
		{"none listed", k, func(w *world) { fields(w); w.a().Fields = nil }, "a>P4", "kept 0; missed K a,P4 4/0 point; unverifiable K a,P4 4/0 point; weighted=8000"},
		{"excellent in the last of three years", k, graded(2023, "优秀"), "a>P4", "kept 1"},
		{"excellent four years ago", k, graded(2022, "优秀"), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"excellent this year is too late", k, graded(2026, "优秀"), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"never excellent", k, graded(2025, "称职"), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"not a principal", k, func(w *world) { w.a().Appraisals = nil }, "a>P4", "kept 1"},
		{"both, none listed", k, func(w *world) { head(w); fields(w); w.a().Appraisals = nil }, "a>P4",
			"kept 0; missed K a,P4 6/0 point; unverifiable K a,P4 6/0 point; weighted=12000"},
		{"excellent a year after a move", k, followed(2024, 5, "", "优秀"), "a>P4", "kept 1"},
		{"excellent half a year after it", k, followed(2025, 6, "优秀", ""), "a>P4", "kept 1"},
		{"half a year after it is this year", k, followed(2025, 7, "优秀", ""), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"a year after it lies too far back", k, followed(2021, 12, "", "优秀"), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"not excellent after it", k, followed(2024, 5, "称职", "称职"), "a>P4", "kept 0; missed K a,P4 2/0 point; weighted=4000"},
		{"nothing said of it", k, followed(2024, 5, "", ""), "a>P4", "kept 0; missed K a,P4 2/0 point; unverifiable K a,P4 2/0 point; weighted=4000"},
		{"a move without a date", k, followed(0, 1, "优秀", "优秀"), "a>P4", "kept 0; missed K a,P4 2/0 point; unverifiable K a,P4 2/0 point; weighted=4000"},
		{"a secondment", k, also(lent(12), func(w *world) { w.post(5).Fields = []string{"财务"} }), "a>P5", "kept 0; missed K a,P5 4/0 point; weighted=8000"},
		{"exception", k, func(w *world) { fields(w); w.except("a") }, "a>P4", "kept 0; waived K a,P4 4/0 point by E1"},
		{"fixed", k, func(w *world) { fields(w); w.fix(w.a(), "P4") }, "a>P4", "kept 0; waived K a,P4 4/0 point by pin"},
		{"report", clause("fit", policy.Report, params{"field_points": 4, "appraisal_points": 2, "appraisal_years": 3}), fields, "a>P4", "kept 0"},
	})
}

func TestSeatsFilled(t *testing.T) {
	first := clause("seats_filled", policy.Level, params{"seats": "principal"})
	other := clause("seats_filled", policy.Level, params{"seats": "other"})
	head := func(n int) func(*world) { return func(w *world) { w.post(n).Role = posting.PartyPrincipal } }
	check(t, []kindCase{
		{"others", other, nil, "", "kept 3; missed K P4 0/1 seat; missed K P5 0/1 seat; lv=2"},
		{"one filled by moving", other, nil, "a>P4", "kept 3; missed K P1 0/1 seat; missed K P5 0/1 seat; lv=2"},
		{"no principals", first, nil, "", "kept 0"},
		{"principal empty", first, head(4), "", "kept 0; missed K P4 0/1 seat; lv=1"},
		{"principal filled", first, head(4), "a>P4", "kept 1"},
		{"must fill", first, func(w *world) { w.post(5).Filling = posting.MustFill }, "", "kept 0; missed K P5 0/1 seat; lv=1"},
		{"must fill is no other", other, func(w *world) { w.post(5).Filling = posting.MustFill }, "", "kept 3; missed K P4 0/1 seat; lv=1"},
		{"reserved and frozen", other, func(w *world) {
			w.post(4).Filling, w.post(5).Filling = posting.Frozen, posting.ReservePromotion
		}, "", "kept 3"},
		{"nominated", other, func(w *world) { w.post(4).Nominated = true }, "b>P5", "kept 3; missed K P2 0/1 seat; missed K P4 0/1 seat; lv=2"},
		{"of another authority", other, func(w *world) { w.post(4).Authority = "市委" }, "b>P5", "kept 3; missed K P2 0/1 seat; lv=1"},
		{"held as concurrent post", other, func(w *world) { w.b().Also = []string{"P5"} }, "", "kept 4; missed K P4 0/1 seat; lv=1"},
		{"concurrent post lost by moving", other, func(w *world) { w.b().Also = []string{"P5"} }, "b>P4",
			"kept 3; missed K P2 0/1 seat; missed K P5 0/1 seat; lv=2"},
		{"a leaver's seat", other, func(w *world) { w.leave("a", 5) }, "b>P4 c>P5",
			"kept 2; missed K P1 0/1 seat; missed K P2 0/1 seat; missed K P3 0/1 seat; lv=3"},
		{"the seat of one who is dropped", other, nil, "a>",
			"kept 2; violated P02 a 0/1 post; missed K P1 0/1 seat; missed K P4 0/1 seat; missed K P5 0/1 seat; lv=3"},
		{"every period", first, func(w *world) { head(4)(w); w.cal.Periods = 2 }, "a>P4@2", "kept 1; missed K P4 0/1 seat; lv=1"},
		{"exception on the unit", first, func(w *world) { head(4)(w); w.except("U1") }, "", "kept 0; waived K P4 0/1 seat by E1"},
		{"hard", clause("seats_filled", policy.Hard, params{"seats": "principal"}), func(w *world) { head(4)(w); w.except("U1") }, "", "kept 0; violated K P4 0/1 seat"},
		{"weighted", clause("seats_filled", policy.Weighted, params{"seats": "principal"}), head(4), "", "kept 0; missed K P4 0/1 seat; weighted=2000"},
	})
}
