package workbook

import (
	"cadre/internal/i18n"
)

// Expectation is what a department expects of a rule test.
type Expectation string

const (
	ExpectRefused      Expectation = "拒绝"   // a binding clause refuses the person on the post
	ExpectAllowed      Expectation = "允许"   // none does, and none lacks a datum
	ExpectDue          Expectation = "应交流"  // a duty to move
	ExpectNotDue       Expectation = "不应交流" // none
	ExpectUnverifiable Expectation = "待核实"  // a datum is lacking
)

// expectations are the words of the code list with their English names, which are read as well.
var expectations = map[Expectation]string{ExpectRefused: "refused", ExpectAllowed: "allowed", ExpectDue: "due", ExpectNotDue: "not due", ExpectUnverifiable: "unverifiable"}

// Text is the expectation in both languages.
func (e Expectation) Text() i18n.Text { return i18n.T(string(e), expectations[e]) }

// RuleTest is one test of the rules by the department: what the policy must say of a person, on a post or of his duty to
// move. It is no fact of the plan, and so no part of the instance or its hash.
type RuleTest struct {
	No     string
	Cadre  string
	Post   string // "" where the duty to move is tested
	Period int
	Expect Expectation
	Clause string // the clause that has to say so, "" any
	About  string
}

func expectationList() codeList {
	l := codeList{words(ExpectRefused, ExpectAllowed, ExpectDue, ExpectNotDue, ExpectUnverifiable), map[string]string{"不允许": string(ExpectRefused), "可以": string(ExpectAllowed)}}
	for e, en := range expectations {
		l.also[en] = string(e)
	}
	return l
}

func testsTable() table[RuleTest] {
	return table[RuleTest]{
		TableInfo: TableInfo{ID: "tests", Zh: "规则测试", Aliases: []string{"规则试验", "rule tests"},
			About: i18n.T("本级对规则的测试，由 cadre policy test 执行；不影响方案。", "The department's own tests of the rules, run by cadre policy test; no part of a plan.")},
		fresh: func() RuleTest { return RuleTest{Period: 1} },
		columns: []column[RuleTest]{
			key("no", "编号", func(t *RuleTest) *string { return &t.No }).alias("测试编号", "序号").filled().say("", ""),
			ref("cadre", "干部编号", func(t *RuleTest) *string { return &t.Cadre }, "cadres").alias("干部", "人员编号").filled().say("", ""),
			ref("post", "岗位编号", func(t *RuleTest) *string { return &t.Post }, "posts").alias("岗位", "拟任岗位").
				say("拒绝、允许必填；测试应交流的留空。", "Needed for refused and allowed; blank where the duty to move is tested."),
			number("period", "批次", func(t *RuleTest) *int { return &t.Period }, 1, 1, mostPeriods).say("空白为 1。", "Blank: 1."),
			code("expect", "预期", expectationList(), func(t *RuleTest) *Expectation { return &t.Expect }).alias("预期结果").filled().
				say("也可写 refused、allowed、due、not due、unverifiable。", "Also refused, allowed, due, not due, unverifiable."),
			text("clause", "条款", func(t *RuleTest) *string { return &t.Clause }).alias("条款编号").
				say("须由该条款得出；空白不限。", "The clause that has to say so; blank: any."),
			text("about", "说明", func(t *RuleTest) *string { return &t.About }).alias("备注").say("", ""),
		},
	}
}

// checkTests reports tests without the post that they need, and duties to move tested on another post than the present one.
func (d *data) checkTests(ps *Problems) {
	seat := map[string]string{}
	for i := range d.cadres.items {
		seat[d.cadres.items[i].ID] = d.cadres.items[i].Post
	}
	for i := range d.tests.items {
		t := &d.tests.items[i]
		duty := t.Expect == ExpectDue || t.Expect == ExpectNotDue
		at := d.tests.cell(i, "post")
		switch {
		case (t.Expect == ExpectRefused || t.Expect == ExpectAllowed) && t.Post == "":
			ps.add("E1213", at, i18n.F("预期为 %[1]s 的测试要写岗位编号", "a test that expects %[1]s wants a post", t.Expect.Text()))
		case duty && t.Post != "" && t.Post != seat[t.Cadre]:
			ps.add("E1213", at, i18n.F("应交流只看现任岗位；岗位编号请留空，或写 %[1]s", "a duty to move is that of the present post: leave the post blank, or write %[1]s", quote(seat[t.Cadre])))
		}
	}
}

// Tests are the department's tests of the rules, in the order of the table, after Read.
func (s *Source) Tests() []RuleTest { return s.tests }
