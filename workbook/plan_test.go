package workbook

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"cadre/posting"
)

func planFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// moves of the plans below: C2 takes the seat of P4, C3 leaves.
var wantMoves = []posting.Assignment{{Cadre: "C2", To: "P4", Period: 1}, {Cadre: "C3", To: "", Period: 2, Move: posting.MoveLeave}}

// TestReadPlan: the three forms of a plan say the same.
func TestReadPlan(t *testing.T) {
	in, _ := readSample(t, sample())
	paths := []string{
		planFile(t, "plan.json", `{"assignments": [{"cadre": "C2", "to": "P4"}, {"cadre": "C3", "to": "", "period": 2, "move": "leave"}]}`),
		planFile(t, "plan.csv", "cadre,to,period,move\nC2,P4\nC3,,2,leave\n"),
		planFile(t, "plan.csv", "姓名,编号,拟任岗位编号,批次,任用方式\n李二,C2,P4,,\n赵三,C3,,2,leave\n,,,,\n"),
		book(t, func(f *excelize.File, set func(string, string, any)) {
			rowOf(set, "先看这里", 1, "编号")
			rowOf(set, PlanSheet, 1, "建议方案（讨论稿）")
			rowOf(set, PlanSheet, 3, "序号", "编号", "姓名", "拟任岗位编号", "批次", "任用方式")
			rowOf(set, PlanSheet, 4, 1, "C2", "李二", "P4")
			rowOf(set, PlanSheet, 5, 2, "C3", "赵三", nil, 2, "leave")
			rowOf(set, PlanSheet, 7, "注：供集体研究参考")
		}),
		book(t, func(f *excelize.File, set func(string, string, any)) {
			rowOf(set, "cover", 1, "id")
			rowOf(set, "proposal", 1, "cadre", "to", "period", "move")
			rowOf(set, "proposal", 2, "C2", "P4")
			rowOf(set, "proposal", 3, "C3", nil, 2, "leave")
		}),
	}
	for _, path := range paths {
		plan, ps, err := ReadPlan(path, in)
		if err != nil || plan == nil {
			t.Errorf("%s: %v, %v", path, err, lines(ps))
			continue
		}
		if !reflect.DeepEqual(plan.Assignments, wantMoves) {
			t.Errorf("%s: %+v", path, plan.Assignments)
		}
	}
}

// TestBadPlans: each mistake of a plan with its place.
func TestBadPlans(t *testing.T) {
	in, _ := readSample(t, sample())
	for _, c := range []struct{ file, content, want, says string }{
		{"plan.json", "{\n  \"assignments\": [}", "E1701 plan.json:2:19", "no plan"},
		{"plan.json", "{\"assignments\": [\n{\"cadre\": 7}]}", "E1701 plan.json:2:11", "no plan"},
		{"plan.json", `{"assignments": [{"cadre": "C2", "to": "P4"}, {"cadre": "C22", "to": "P4"}]}`, "E1702 plan.json!assignments[1].cadre", "did you mean C2?"},
		{"plan.json", `{"assignments": [{"cadre": "C2", "to": "P41"}]}`, "E1703 plan.json!assignments[0].to", "did you mean P4?"},
		{"plan.json", `{"assignments": [{"cadre": "C2", "to": "P4", "period": -1}]}`, "E1704 plan.json!assignments[0].period", "1 to 100"},
		{"plan.json", `{"assignments": [{"cadre": "C2", "to": "P4"}, {"cadre": "C2", "to": "P1", "period": 1}]}`, "E1705 plan.json!assignments[1].cadre", "twice"},
		{"plan.csv", "cadre,to\nC2,P4\nC9,P4\n", "E1702 plan.csv!A3", "no cadre"},
		{"plan.csv", "cadre,to,period\nC2,P4,x\n", "E1203 plan.csv!C2", "whole number"},
		{"plan.csv", "cadre,to,move\nC2,P4,transfers\n", "E1204 plan.csv!C2", "did you mean transfer?"},
		{"plan.csv", "cadre,post\nC2,P4\n", "E1101 plan.csv!1", "拟任岗位编号"},
		{"plan.csv", "", "E1103 plan.csv", "headings"},
	} {
		plan, ps, err := ReadPlan(planFile(t, c.file, c.content), in)
		if err != nil {
			t.Errorf("%q: %v", c.content, err)
			continue
		}
		i := slices.Index(lines(ps), c.want)
		if i < 0 || plan != nil || !strings.Contains(ps.All()[i].Text.En, c.says) {
			t.Errorf("%q: got %v, want %s (%s)", c.content, lines(ps), c.want, c.says)
		}
	}
	noPlan := book(t, func(f *excelize.File, set func(string, string, any)) { rowOf(set, "x", 1, "编号") })
	if _, ps, err := ReadPlan(noPlan, in); err != nil || !slices.Equal(lines(ps), []string{"E1701 county.xlsx"}) {
		t.Errorf("workbook without a plan: %v, %v", err, lines(ps))
	}
	for _, path := range []string{planFile(t, "plan.txt", ""), filepath.Join(t.TempDir(), "plan.json"), planFile(t, "plan.xlsx", "x")} {
		if _, _, err := ReadPlan(path, in); err == nil {
			t.Errorf("%s was read", path)
		}
	}
}

// TestPlanJSON: lists that are nil are written as [], letters as they are, and what is written is read back.
func TestPlanJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WritePlanJSON(&b, &posting.Plan{Assignments: []posting.Assignment{{Cadre: "C2", To: "P4", Period: 1, Reasons: []string{"甲→乙 <b>"}}}}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"reasons": [` + "\n" + `        "甲→乙 <b>"`, `"grounds": []`, `"unfilled": []`, `"metrics": {}`, "\n}\n"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %q in\n%s", part, b.String())
		}
	}
	if strings.Contains(b.String(), "null") {
		t.Error("null in", b.String())
	}
	in, _ := readSample(t, sample())
	plan, ps, err := ReadPlan(planFile(t, "plan.json", b.String()), in)
	if err != nil || plan == nil {
		t.Fatal(err, lines(ps))
	}
	var again bytes.Buffer
	if err := WritePlanJSON(&again, plan); err != nil || again.String() != b.String() {
		t.Errorf("%v: written again as\n%s", err, again.String())
	}
}

// TestPlanJSONRoundTrip: any plan comes back from its bytes unchanged, and is not touched by writing.
func TestPlanJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.Make[posting.Plan]().Draw(t, "plan")
		var first, second bytes.Buffer
		if err := WritePlanJSON(&first, &plan); err != nil {
			t.Skip("a number without JSON form or a month out of range")
		}
		if err := WritePlanJSON(&second, &plan); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatal("the same plan gave different bytes", err)
		}
	})
}

// What is read of plan.json and written again is the same text: certificates name a plan by the hash of it. Texts may hold anything.
func TestPlanTextIsFixed(t *testing.T) {
	p := &posting.Plan{Status: "optimal \xff\xfe", Gap: 0.1 + 0.2, Unfilled: []posting.Unfilled{{Post: "P<1>&\u2028"}},
		Assignments: []posting.Assignment{{Cadre: "C\xc3", To: "P1", Period: 1}}, Metrics: map[string]float64{"b": 1e21, "a": 1e-7}}
	var first, second bytes.Buffer
	if err := WritePlanJSON(&first, p); err != nil {
		t.Fatal(err)
	}
	read := &posting.Plan{}
	if err := json.Unmarshal(first.Bytes(), read); err != nil {
		t.Fatal(err)
	}
	if err := WritePlanJSON(&second, read); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("written:\n%s\nread and written again:\n%s", &first, &second)
	}
}
