package report

import (
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
)

func has(t *testing.T, paper, text string, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("%s lacks %q:\n%s", paper, s, text)
		}
	}
}

func TestSummary(t *testing.T) {
	has(t, "summary", outputs(t, fixture(), options(t, i18n.Zh, Office))["summary"],
		"共涉及 6 人（交流任职 4 人、调入任职 1 人、离任 1 人）", "同一岗位任职满十年：1 人", "科级领导干部年度交流比例：2 人", "补充空缺岗位：1 人", "到龄退休：1 人",
		"科级领导干部年度交流比例：符合条件 5 人，要求 25 % 即 2 人，落实 2 人（年内已交流 0 人），已达到；因组织决定留任 1 人",
		"待补岗位：2 个", "提拔补充 1 个：柳河镇组织委员", "应交流未能安排：1 人", "没有符合条件的去向", "不动 1 人，必动 0 人，定岗 1 人",
		"登记 2 条，用到 1 条", "政策依据待说明：1 项", "需核实事项：1 项", "相差不超过 0.08 %（界限由求解器给出，未经独立核证）")
	has(t, "summary", outputs(t, fixture(), options(t, i18n.En, Office))["summary"],
		"6 people (transfer 4, arrival 1, leaves 1)", "of 5 eligible 25 % asked, that is 2; 2 move", "seats that stay open: 2", "due and not placed: 1",
		"within 0.08 % of the best possible (bound claimed by the solver, not certified)")
}

func TestSummaryOfShortfall(t *testing.T) {
	o := fixture()
	o.Plan.Metrics["R12.short"], o.Plan.Limit, o.Plan.Gap = 3, "interrupted", 0
	has(t, "summary", outputs(t, o, options(t, i18n.Zh, Office))["summary"], "尚缺 3 人", "被人工中断", "没有更好的方案")
}

// TestSummaryOfOpenGoals: goals that are not proven are named with what is, and a bound is never shown higher than it is.
func TestSummaryOfOpenGoals(t *testing.T) {
	o := fixture()
	o.Plan.Limit, o.Plan.Gap, o.Plan.Levels = "time", 1, []posting.LevelValue{
		{Name: "open_seats", Unit: "seat", Scale: 1, Value: 2, Bound: 2, Status: "optimal"},
		{Name: "moves", Unit: "person", Scale: 1, Value: 6, Bound: 4, Status: "feasible"},
		{Name: "weighted", Unit: "point", Scale: 1000, Value: 7.5, Bound: 6.0019996, Status: "unsolved"},
	}
	has(t, "summary", outputs(t, o, options(t, i18n.Zh, Office))["summary"], "本方案为 6（人），任何方案不低于 4", "本方案为 7.5（分），任何方案不低于 6.001\n")
	text := outputs(t, o, options(t, i18n.En, Office))["summary"]
	has(t, "summary", text, "6 in this plan, at least 4 in any (person)", "7.5 in this plan, at least 6.001 in any (point)")
	if strings.Count(text, "not proven best") != 2 {
		t.Errorf("not two goals are open:\n%s", text)
	}
}

func TestPercentRoundsUp(t *testing.T) {
	for gap, want := range map[float64]string{0: "0.00 %", 1e-6: "0.01 %", 0.0007: "0.07 %", 0.00071: "0.08 %", 0.25: "25.00 %"} {
		if got := percent(gap); got != want {
			t.Errorf("percent(%g) = %s, want %s", gap, got, want)
		}
	}
}

func TestList(t *testing.T) {
	got := outputs(t, fixture(), options(t, i18n.Zh, Office))
	has(t, "list", got["list"], "应交流（1 人）", "10年0个月   R01 同一岗位任职满十年", "可交流（2 人）", "暂不列入本批（1 人）", "不列入（1 人）",
		"P3 县信访办主任：空缺，符合条件 2 人", "吴六到龄退休腾出", "50岁", "2025 优秀、2023 称职", "家有考生（2027年）、赡养老人")
	has(t, "json", got["json"], `"months":120`, `"clauses":["R01"]`, `"not_now":[{"cadre":"C5"`, `"candidates":[{"cadre":"C1"`)
	has(t, "list.xlsx", got["list.xlsx"], "先看这里|应交流|1", "空缺岗位和人选情况|P3|县信访办主任|空缺；符合条件 2 人|C1|赵一|柳河镇书记")
	if i, j := strings.Index(got["list"], "    C1 "), strings.Index(got["list"], "    C2 "); i < 0 || j < i {
		t.Error("candidates do not stand in official order")
	}
}

func TestConflict(t *testing.T) {
	o := fixture()
	o.Plan = nil
	o.Conflict = &planning.Conflict{Minimal: true, Groups: []planning.Group{{Clause: "R12", Subjects: []string{"U1"}}, {Clause: "HOLD", Subjects: []string{"C5"}},
		{Clause: "PIN", Subjects: []string{"C1", "P2"}}}}
	var b strings.Builder
	if err := Conflict(&b, o, options(t, i18n.Zh, Office)); err != nil {
		t.Fatal(err)
	}
	has(t, "conflict", b.String(), "现有要求不能同时满足", "1. R12 科级领导干部年度交流比例（一般）：柳河镇", "2. 暂不列入本批（组织掌握）：周五", "赵一、县水利局局长", "已逐项核对")
	o.Conflict.Minimal = false
	b.Reset()
	if err := Conflict(&b, o, options(t, i18n.En, Office)); err != nil {
		t.Fatal(err)
	}
	has(t, "conflict", b.String(), "the requirements cannot all be kept", "not every one was tested")
}

// A source that does not cover the cadre's level is not cited for him.
func TestCitationCoversLevel(t *testing.T) {
	o := fixture()
	p := newPapers(o, options(t, i18n.Zh, Office))
	if got := p.ground("R01", 0).Zh; got != "同一岗位任职满十年（本地实施办法）" {
		t.Errorf("ground %q", got)
	}
	o.Index.Cadres[0].Level = posting.CountyDeputy
	if got := p.ground("R01", 0).Zh; got != "同一岗位任职满十年" {
		t.Errorf("ground of one whom the source does not cover: %q", got)
	}
}
