package workbook

import (
	"fmt"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
)

//go:generate go test -run TestDocs . -update

// ErrorsPage is docs/errors.md.
func ErrorsPage() string {
	var b strings.Builder
	b.WriteString("<!-- generated from workbook/codes.go and policy/codes.go: go generate ./workbook -->\n# 输入问题代码 · Input problems\n\n" +
		"E 为错误：不出方案，退出码 2。W 为警告，N 为提示：照常读取。每条消息写明代码、位置、问题和最接近的正确值，例如\n\n" +
		"E is an error: no plan, exit code 2. W is a warning and N a note: the input is read. Each message gives code, place, " +
		"problem and the nearest valid value, for example\n\n" +
		"    E1204 岗位!F17: 职务层次 \"科级正职\" 不在代码表中；应为 …；最接近的是 乡科级正职\n\n" +
		"| 代码 Code | 问题 Problem | 原因 Cause | 处理 What to do |\n|---|---|---|---|\n")
	for _, c := range Codes() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.ID, both(c.Title), both(c.Cause), both(c.Action))
	}
	b.WriteString("\n# 规则文件问题代码 · Policy problems\n\n| 代码 Code | 问题 Problem | 处理 What to do |\n|---|---|---|\n")
	for _, c := range policy.Codes() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.ID, both(c.Text), both(c.Fix))
	}
	b.WriteString("\n# 情景文件问题代码 · Scenario problems\n\n情景文件的形式和改动的政策、表，另见上两节的代码。\n\nThe codes of both sections above occur in scenario files, too.\n\n" +
		"| 代码 Code | 问题 Problem | 处理 What to do |\n|---|---|---|\n")
	for _, c := range policy.ScenarioCodes() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.ID, both(c.Text), both(c.Fix))
	}
	return b.String()
}

// TablesPage is docs/tables.md.
func TablesPage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- generated from workbook/tables_*.go: go generate ./workbook -->\n# 输入表 · The tables\n\n"+
		"输入是一个 .xlsx 工作簿（每表一个工作表），或一个文件夹，其中每表一个 CSV 文件，或文件夹中只有一个 .xlsx。"+
		"表名、列名可用中文名、字段名或别名，空格、换行、全角和括号中的单位不计。工作表的列名行可在前 %[1]d 行内（上方可有标题），CSV 的列名在第一行。"+
		"CSV 用 UTF-8 或 GBK/GB18030。CSV 每表至多 %[2]d 行，工作表至多 %[3]d 行。\n\n"+
		"The input is one .xlsx workbook (a sheet for each table), a folder with one CSV file for each table, or a folder with a "+
		"single .xlsx. Tables and columns are found by Chinese name, field id or alias; spaces, line breaks, full-width forms and "+
		"units in brackets are ignored. In a sheet the headings may stand in any of the first %[1]d rows, below a title; in CSV they "+
		"are the first row. CSV is UTF-8 or GBK/GB18030. A CSV table has at most %[2]d rows, a sheet %[3]d.\n\n", headingDepth, MaxRows, MaxSheetRows)
	b.WriteString(valueRules)
	for _, t := range Tables() {
		writeTableDoc(&b, t)
	}
	writeCodeDoc(&b)
	return b.String()
}

// writeCodeDoc lists other spellings that the code lists take for their words.
func writeCodeDoc(b *strings.Builder) {
	b.WriteString("## 代码的其他写法 · Other spellings of codes\n\n| 列 Column | 写法 Accepted as |\n|---|---|\n")
	l := allCodes()
	for _, c := range []struct {
		column string
		list   codeList
	}{
		{"性别", l.sex}, {"职务层次", l.level}, {"学历", l.degree}, {"编制类型", l.staff}, {"专项任务", l.duty}, {"职务属性", l.role},
		{"填补方式", l.filling}, {"任免程序", l.approval}, {"机构类别", l.kind}, {"关系", l.kin}, {"年度考核结果", l.appraisal},
	} {
		var pairs []string
		for _, other := range sortedKeys(c.list.also) {
			pairs = append(pairs, other+"→"+c.list.also[other])
		}
		fmt.Fprintf(b, "| %s | %s |\n", c.column, strings.Join(pairs, "、"))
	}
}

const valueRules = `| 取值 Values | 写法 How to write |
|---|---|
| month | 1965.03, 196503, 19650312, 1965-3, 1965-03-12, 1965年3月, 日期单元格 a date cell; "(58岁)" 可保留 may stay |
| number | 整数，不带单位 a whole number without unit |
| yes/no | 是 否（1/0, yes/no, Y/N, true/false）；空白 blank |
| list, ids | 以 ； ; 、 ， 或 , 分隔 divided by any of these |
| id | 所指表中的编号，不用名称 an id of the table named, never a name |

`

func writeTableDoc(b *strings.Builder, t TableDoc) {
	need := i18n.T("可选", "optional")
	if t.Required {
		need = i18n.T("必需", "required")
	}
	fmt.Fprintf(b, "## %s · `%s.csv` (%s %s)\n\n%s\n\n", t.Zh, t.ID, need.Zh, need.En, both(t.About))
	if len(t.Aliases) > 0 {
		fmt.Fprintf(b, "别名 Aliases: %s\n\n", strings.Join(t.Aliases, "、"))
	}
	b.WriteString("| 列名 Heading | 字段 Field | 必需 Required | 取值 Values | 说明 Meaning | 别名 Aliases |\n|---|---|---|---|---|---|\n")
	for _, c := range t.Columns {
		fmt.Fprintf(b, "| %s | `%s` | %s | %s | %s | %s |\n", c.Zh, c.ID, c.needWords(), c.valueWords(), both(c.About), strings.Join(c.Aliases, "、"))
	}
	b.WriteString("\n")
}

func (h *Heading) needWords() string {
	switch h.Need {
	case NeedsValue:
		return "每行 every row"
	case NeedsColumn:
		return "列 column"
	}
	return ""
}

// valueWords names the kind of a column's values with its code list or the tables it refers to.
func (h *Heading) valueWords() string {
	out := string(h.Kind)
	if h.Kind == CodeKind {
		out = strings.Join(h.Words, " ")
	}
	if len(h.Refs) > 0 {
		out += ": " + strings.Join(h.Refs, "/")
	}
	if h.OrWord != "" {
		out += ", " + strings.ReplaceAll(h.OrWord, "*", "`*`")
	}
	return out
}

func both(t i18n.Text) string { return strings.TrimSpace(t.Zh + " " + t.En) }
