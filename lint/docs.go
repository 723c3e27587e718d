package lint

import (
	"fmt"
	"strings"
)

//go:generate go test -run TestPage . -update

// fields are those of `cadre validate --json`, for the page.
var fields = [][3]string{
	{"cadres, posts, units, places", "表中的数目", "numbers of the tables"},
	{"remarks", "警告和提示的条数（内容在标准错误输出）", "number of warnings and notes, which stand on stderr"},
	{"estimated", "人岗组合过多，组合数按部分人员推算", "there were too many pairs: their counts are estimated from a part of the cadres"},
	{"clauses[].id, rule, kind, name, modality", "条款；rule 是编号中第一个点以前的部分。各种暂缓合为 HOLD 一条", "the clause; rule is its id up to the first dot. Holds and deferrals of every kind are one: HOLD"},
	{"clauses[].state", "active 执行；report 只作统计；off 停用；dated 不在有效期内", "active; report (measured only); off; dated (not in force on the plan date)"},
	{"clauses[].cadres, posts, pairs", "选中的人员、岗位和人岗组合（可以调整的人与其现任岗位以外的岗位）", "people, posts and pairs selected; a pair is one who can move and a post that is not his seat"},
	{"clauses[].refused", "该条款不允许的组合（不论其他条款）", "pairs that the clause forbids, whatever other clauses say"},
	{"clauses[].charged", "各条款都允许、而在该条款下计入目标或者权重的组合", "pairs that no clause forbids and that cost something under this one"},
	{"clauses[].waived", "因例外或者本批处置不计的组合", "pairs that an exception or a recorded decision exempts"},
	{"clauses[].unverifiable", "资料缺失、无法核实的组合", "pairs that cannot be verified, since a datum is blank"},
	{"clauses[].demands", "对整个方案的要求项数（不针对单个组合的条款）", "demands on the whole plan, of clauses that see more than a pair"},
	{"clauses[].due", "第一批应交流人数", "people due in the first period"},
	{"clauses[].shares[]", "第一批的比例要求：unit 单位，eligible 符合条件（含本年度已交流），earlier 本年度已交流，asked 应交流，movable 可以交流", "shares of the first period: unit, eligible (earlier moves included), earlier, asked, movable"},
	{"findings[].code, severity", "见下表；contradiction 没有方案，shortfall 任何方案都达不到，note 提示", "see below; contradiction: there is no plan; shortfall: every plan falls short; note"},
	{"findings[].clause, against, unit, subjects", "条款、与之相抵的条款、单位、涉及的编号", "the clause, the one against it, the unit, the ids concerned"},
	{"findings[].measured, limit", "任何方案至多（上限则至少）达到的数；要求的数", "the most (of a ceiling: the least) that any plan reaches; what is asked for"},
	{"findings[].text, hint", "说明；代价最小的办法", "in words; the cheapest way out"},
}

// Page is docs/lint.md.
func Page() string {
	var b strings.Builder
	b.WriteString("<!-- generated from lint: go generate ./lint -->\n# 求解前检查 · The lint\n\n" +
		"`cadre validate INPUT` 在读取和核对之后，列出每一条款涉及多少人员、岗位和人岗组合，以及仅凭计数就能断定的矛盾：一项要求单独达不到，或者两条的要求合在一起达不到。" +
		"查出的都成立（每一结论都用穷举核对过）；没有查出的仍可能不成立，由 `cadre plan` 和 `cadre explain conflict` 回答。有矛盾不改变退出码：没有方案也是一种答案。\n\n" +
		"After reading and checking, `cadre validate INPUT` counts whom each clause touches, and lists what counting alone proves: a demand that nothing can meet, or the demands of two clauses that cannot be met together. " +
		"What it finds is so (every kind of finding is held against enumeration); what it does not find may still be impossible: `cadre plan` and `cadre explain conflict` tell. Contradictions do not change the exit code: that there is no plan is an answer.\n\n" +
		"## --json\n\n| 字段 Field | 含义 Meaning |\n|---|---|\n")
	for _, f := range fields {
		fmt.Fprintf(&b, "| `%s` | %s / %s |\n", f[0], f[1], f[2])
	}
	b.WriteString("\n## 代码 Codes\n\n| 代码 Code | 含义 Meaning |\n|---|---|\n")
	for _, c := range Codes() {
		fmt.Fprintf(&b, "| %s | %s / %s |\n", c.ID, c.Text.Zh, c.Text.En)
	}
	return b.String()
}
