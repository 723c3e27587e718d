package audit

import (
	"testing"

	"cadre/policy"
	"cadre/posting"
)

func TestLevelLimit(t *testing.T) {
	k := clause("level_limit", policy.Waivable, params{"years": 180})
	since := func(year, month int) func(*world) {
		return func(w *world) { w.a().LevelSince = posting.NewMonth(year, month) }
	}
	long := since(2011, 1)
	check(t, []kindCase{
		{"180 months", k, long, "a>P4", "kept 0; violated K a,P4 180/180 month"},
		{"179 months", k, since(2011, 2), "a>P4", "kept 1"},
		{"at the start of the second period", k, func(w *world) { since(2012, 1)(w); w.cal.Periods = 2 }, "a>P4@2", "kept 0; violated K a,P4 180/180 month @2"},
		{"another level", k, func(w *world) { long(w); w.post(4).Level = posting.TownshipHead }, "a>P4", "kept 1"},
		{"a lower level", k, func(w *world) { long(w); w.post(4).Level = posting.SectionHead }, "a>P4", "kept 1"},
		{"stays are not judged", k, long, "", "kept 0"},
		{"placements are", k, func(w *world) { w.arrive(1).LevelSince = posting.NewMonth(2010, 1) }, "d>P4", "kept 0; violated K d,P4 192/180 month"},
		{"a post that is not listed", reaching(k, policy.Selector{Class: []string{"not_leading"}}), long, "a>P4", "kept 0"},
		{"date blank", k, nil, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"date blank, another level", k, func(w *world) { w.post(4).Level = posting.TownshipHead }, "a>P4", "kept 1"},
		{"level of the person blank", k, func(w *world) { long(w); w.a().Level = 0 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"level of the post blank", forbid(k), func(w *world) { long(w); w.post(4).Level = 0 }, "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"exception", k, func(w *world) { long(w); w.except("P4") }, "a>P4", "kept 0; waived K a,P4 180/180 month by E1"},
		{"a pin to move is no exemption", k, func(w *world) { long(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; violated K a,P4 180/180 month"},
		{"level", clause("level_limit", policy.Level, params{"years": 180}), long, "a>P4", "kept 0; missed K a,P4 180/180 month; lv=1"},
	})
}

func TestAreaLimit(t *testing.T) {
	k := clause("area_limit", policy.Waivable, params{"years": 120, "area": "place"})
	parent := clause("area_limit", policy.Waivable, params{"years": 120, "area": "parent"})
	months := func(n int) func(*world) { return func(w *world) { w.a().AreaMonths = n } }
	long := months(120)
	check(t, []kindCase{
		{"120 months", k, long, "a>P4", "kept 0; violated K a,P4 120/120 month"},
		{"119 months", k, months(119), "a>P4", "kept 1"},
		{"time goes on", k, func(w *world) { months(108)(w); w.cal.Periods = 2 }, "a>P4@2", "kept 0; violated K a,P4 120/120 month @2"},
		{"to another place", k, long, "a>P5", "kept 1"},
		{"of the same parent", parent, func(w *world) { long(w); w.place(1).Parent, w.place(2).Parent = "Z0", "Z0" }, "a>P5", "kept 0; violated K a,P5 120/120 month"},
		{"one is the parent of the other", parent, func(w *world) { long(w); w.place(1).Parent = "Z2" }, "a>P5", "kept 0; violated K a,P5 120/120 month"},
		{"parents differ", parent, long, "a>P5", "kept 1"},
		{"months blank", k, months(posting.Unknown), "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"place of the seat blank", k, func(w *world) { long(w); w.unit(1).Place = "" }, "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"place of the post blank", forbid(k), func(w *world) { w.unit(2).Place = "" }, "a>P5", "kept 0; violated K a,P5 -1/0 datum"},
		{"stays are not judged", k, long, "", "kept 0"},
		{"nor are arrivals", k, func(w *world) { w.arrive(1).AreaMonths = 200 }, "d>P4", "kept 0"},
		{"exception", k, func(w *world) { long(w); w.except("a") }, "a>P4", "kept 0; waived K a,P4 120/120 month by E1"},
	})
}

func TestSpecialChange(t *testing.T) {
	once := params{"term_years": 60, "most": 1}
	k := clause("special_change", policy.Waivable, once)
	had := func(n int) func(*world) {
		return func(w *world) { w.a().PostSince, w.a().SpecialChanges = posting.NewMonth(2021, 2), n }
	}
	check(t, []kindCase{
		{"the first", k, had(0), "a>P4", "kept 1"},
		{"the second", k, had(1), "a>P4", "kept 0; violated K a,P4 2/1 change"},
		{"two too many", clause("special_change", policy.Waivable, params{"term_years": 60, "most": 0}), had(1), "a>P4", "kept 0; violated K a,P4 2/0 change"},
		{"after the term", k, func(w *world) { had(5)(w); w.a().PostSince = posting.NewMonth(2021, 1) }, "a>P4", "kept 1"},
		{"by the second period the term is over", k, func(w *world) { had(5)(w); w.cal.Periods = 2 }, "a>P4@2", "kept 1"},
		{"tenure blank", k, func(w *world) { had(0)(w); w.a().PostSince = 0 }, "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"number blank", k, had(posting.Unknown), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"number blank after the term", k, func(w *world) { w.a().SpecialChanges = posting.Unknown }, "a>P4", "kept 1"},
		{"pin to move", k, func(w *world) { had(1)(w); w.a().Disposition = posting.MustMove }, "a>P4", "kept 0; waived K a,P4 2/1 change by pin"},
		{"hard", clause("special_change", policy.Hard, once), func(w *world) { had(1)(w); w.except("a") }, "a>P4", "kept 0; violated K a,P4 2/1 change"},
		{"stays and arrivals are not judged", k, func(w *world) { had(1)(w); w.arrive(1).SpecialChanges = 3 }, "d>P4", "kept 0"},
		{"report", clause("special_change", policy.Report, once), had(1), "a>P4", "kept 0"},
	})
}

func TestFamilyBusiness(t *testing.T) {
	k := clause("family_business", policy.Waivable, nil)
	trade := func(trades ...string) func(*world) {
		return func(w *world) { w.unit(1).Regulates = []string{"建筑", "矿产"}; w.b().KinTrades = trades }
	}
	check(t, []kindCase{
		{"one trade", k, trade("建筑", "餐饮"), "b>P4", "kept 0; violated K b,P4 1/0 trade"},
		{"two trades are one breach", clause("family_business", policy.Waivable, nil), trade("建筑", "矿产", "建筑"), "b>P4", "kept 0; violated K b,P4 2/0 trade"},
		{"another trade", k, trade("餐饮"), "b>P4", "kept 1"},
		{"another unit", k, trade("建筑"), "b>P5", "kept 1"},
		{"none reported", k, trade(), "b>P4", "kept 1"},
		{"outside the team", k, func(w *world) { trade("建筑")(w); w.post(4).Team = false }, "b>P4", "kept 1"},
		{"stays are not judged", k, func(w *world) { trade()(w); w.a().KinTrades = []string{"建筑"} }, "", "kept 0"},
		{"placements are", k, func(w *world) { trade()(w); w.arrive(1).KinTrades = []string{"建筑"} }, "d>P4", "kept 0; violated K d,P4 1/0 trade"},
		{"exception on the unit", k, func(w *world) { trade("建筑")(w); w.except("U1") }, "b>P4", "kept 0; waived K b,P4 1/0 trade by E1"},
	})
}

func TestPromotionGate(t *testing.T) {
	gate := params{"service_years": 60, "level_years": 24, "grassroots_months": 24}
	k := clause("promotion_gate", policy.Waivable, gate)
	fit := func(w *world) {
		w.post(4).Level = posting.TownshipHead
		w.a().WorkSince, w.a().LevelSince, w.a().Grassroots = posting.NewMonth(2021, 1), posting.NewMonth(2024, 1), 24
	}
	with := func(f func(*world)) func(*world) { return func(w *world) { fit(w); f(w) } }
	unfit := with(func(w *world) {
		w.a().WorkSince, w.a().LevelSince, w.a().Grassroots = posting.NewMonth(2021, 2), posting.NewMonth(2024, 2), 23
	})
	check(t, []kindCase{
		{"exactly fit", k, fit, "a>P4", "kept 1"},
		{"all three lack a month", k, unfit, "a>P4", "kept 0; violated K a,P4 3/0 requirement"},
		{"in the second period two are met", k, func(w *world) { unfit(w); w.cal.Periods = 2 }, "a>P4@2", "kept 0; violated K a,P4 1/0 requirement @2"},
		{"no promotion", k, with(func(w *world) { w.a().Grassroots = 0 }), "a>P5", "kept 0"},
		{"an advance is none", k, func(w *world) { w.a().Grassroots = 0; w.post(4).Weight = 5 }, "a>P4", "kept 0"},
		{"level of the person blank", k, with(func(w *world) { w.a().Grassroots, w.a().Level = 0, 0 }), "a>P4", "kept 0"},
		{"arrivals are not judged", k, with(func(w *world) { w.arrive(1).Grassroots = 0 }), "d>P4", "kept 0"},
		{"one blank", k, with(func(w *world) { w.a().WorkSince = 0 }), "a>P4", "kept 0; unverifiable K a,P4 -1/0 datum"},
		{"one blank, one broken", k, with(func(w *world) { w.a().WorkSince, w.a().Grassroots = 0, 23 }), "a>P4", "kept 0; violated K a,P4 1/0 requirement"},
		{"grass-roots work blank", forbid(k), with(func(w *world) { w.a().Grassroots = posting.Unknown }), "a>P4", "kept 0; violated K a,P4 -1/0 datum"},
		{"0 asks nothing", clause("promotion_gate", policy.Waivable, params{"service_years": 0, "level_years": 0, "grassroots_months": 0}),
			with(func(w *world) { w.a().WorkSince, w.a().LevelSince, w.a().Grassroots = 0, 0, posting.Unknown }), "a>P4", "kept 1"},
		{"exception", k, with(func(w *world) { w.a().Grassroots = 23; w.except("U1") }), "a>P4", "kept 0; waived K a,P4 1/0 requirement by E1"},
	})
}

func TestServiceMinimum(t *testing.T) {
	k := clause("service_minimum", policy.Waivable, nil)
	until := func(year, month int) func(*world) {
		return func(w *world) { w.a().ServesUntil = posting.NewMonth(year, month) }
	}
	last := until(2026, 1)
	check(t, []kindCase{
		{"the last month", k, last, "a>P5", "kept 0; violated K a,P5 1/0 month"},
		{"half a year left", k, until(2026, 6), "a>P5", "kept 0; violated K a,P5 6/0 month"},
		{"the month before", k, until(2025, 12), "a>P5", "kept 1"},
		{"over by the second period", k, func(w *world) { until(2026, 12)(w); w.cal.Periods = 2 }, "a>P5@2", "kept 1"},
		{"within the townships", k, last, "a>P4", "kept 1"},
		{"none given", k, nil, "a>P5", "kept 1"},
		{"not in a township", k, func(w *world) { w.b().ServesUntil = posting.NewMonth(2030, 1) }, "b>P4 c>P5", "kept 2"},
		{"kind blank", k, func(w *world) { last(w); w.unit(2).Kind = "" }, "a>P5", "kept 0; unverifiable K a,P5 -1/0 datum"},
		{"kind blank after the service", k, func(w *world) { until(2025, 12)(w); w.unit(2).Kind = "" }, "a>P5", "kept 1"},
		{"pin to move", k, func(w *world) { last(w); w.a().Disposition = posting.MustMove }, "a>P5", "kept 0; waived K a,P5 1/0 month by pin"},
		{"stays are not judged", k, last, "", "kept 0"},
	})
}

func TestNoEarlyReturn(t *testing.T) {
	unit := clause("no_early_return", policy.Waivable, params{"years": 36, "scope": "unit"})
	post := clause("no_early_return", policy.Waivable, params{"years": 36, "scope": "post"})
	stint := func(cadre, unit, post string, to posting.Month) func(*world) {
		return func(w *world) {
			w.in.History = append(w.in.History, posting.Stint{Cadre: cadre, Unit: unit, Post: post, From: posting.NewMonth(2015, 1), To: to})
		}
	}
	inside, outside := posting.NewMonth(2023, 2), posting.NewMonth(2023, 1)
	check(t, []kindCase{
		{"35 months", unit, stint("a", "U2", "P2", inside), "a>P5", "kept 0; violated K a,P5 35/36 month"},
		{"36 months", unit, stint("a", "U2", "P2", outside), "a>P5", "kept 1"},
		{"36 by the second period", unit, func(w *world) { stint("a", "U2", "P2", inside)(w); w.cal.Periods = 2 }, "a>P5@2", "kept 1"},
		{"the post only, another", post, stint("a", "U2", "P2", inside), "a>P5", "kept 1"},
		{"the post itself", post, stint("a", "U2", "P5", inside), "a>P5", "kept 0; violated K a,P5 35/36 month"},
		{"the post, unit in free text", unit, stint("a", "县民政局", "P5", inside), "a>P5", "kept 0; violated K a,P5 35/36 month"},
		{"the latest counts", unit, func(w *world) {
			stint("a", "U2", "P2", posting.NewMonth(2025, 1))(w)
			stint("a", "U2", "P3", inside)(w)
		}, "a>P5", "kept 0; violated K a,P5 12/36 month"},
		{"another person", unit, stint("b", "U2", "P5", inside), "a>P5", "kept 1"},
		{"still held", unit, stint("a", "U2", "P2", 0), "a>P5", "kept 1"},
		{"within the unit", unit, stint("b", "U2", "P3", inside), "b>P5", "kept 1"},
		{"within the unit, to the post itself", post, stint("b", "U2", "P5", inside), "b>P5", "kept 0; violated K b,P5 35/36 month"},
		{"arrivals", unit, func(w *world) { w.arrive(1); stint("d", "U2", "P2", inside)(w) }, "d>P5", "kept 0; violated K d,P5 35/36 month"},
		{"no history", unit, nil, "a>P5", "kept 1"},
		{"exception", unit, func(w *world) { stint("a", "U2", "P2", inside)(w); w.except("a") }, "a>P5", "kept 0; waived K a,P5 35/36 month by E1"},
		{"weighted", clause("no_early_return", policy.Weighted, params{"years": 36, "scope": "unit"}), stint("a", "U2", "P2", inside), "a>P5",
			"kept 0; missed K a,P5 35/36 month; weighted=2000"},
	})
}
