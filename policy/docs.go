package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cadre/internal/i18n"
)

//go:generate go test -run TestPages . -update

// RulesPage is docs/rules.md: every rule kind with the built-in clauses that use it.
func RulesPage() string {
	var b strings.Builder
	b.WriteString("<!-- generated from policy/builtin.yaml and policy/spec: go generate ./policy -->\n# 规则 · The rules\n\n" +
		"内置规则的每一条款及其默认值，按规则类型排列。数字都是默认值：本级政策以 `include: builtin` 沿用，按编号逐项改写。" +
		"刚性程度：必须 `hard` 不得违反；应当 `waivable` 非经批准的例外或者组织决定不得违反；一般 `level` 计入所列目标，目标有先后；有计划地 `weighted` 在最后一个目标中权衡；统计 `report` 只作统计。" +
		"各类型的完整定义（何为违反、谁不计入、资料缺失如何处理、举例）见所链接的规则页。\n\n" +
		"Every built-in clause with its defaults, by rule kind. Numbers are defaults: a policy starts with `include: builtin` and overrides by id. " +
		"How strictly: must (`hard`) is never broken; should (`waivable`) only by a recorded exception or decision; generally (`level`) counts in the goal named, and goals are ordered; " +
		"in a planned way (`weighted`) is weighed in the last goal; measured (`report`) is only measured. The page that each kind links to defines it in full: what a breach is, who is left out, what missing data mean, an example.\n\n" +
		"| 条款 Clause | 名称 Name | 类型 Kind | 刚性 Modality |\n|---|---|---|---|\n")
	var kinds []string
	book := Builtin().Clauses
	for _, c := range book {
		fmt.Fprintf(&b, "| %s | %s | [`%s`](#%s) | %s |\n", c.ID, bilingual(c.Name), c.Kind, c.Kind, strictness(&c))
		if !slices.Contains(kinds, c.Kind) {
			kinds = append(kinds, c.Kind)
		}
	}
	for _, name := range kinds {
		writeKindDoc(&b, Kinds()[name], book)
	}
	return b.String()
}

func bilingual(t i18n.Text) string { return t.Zh + " / " + t.En }

func strictness(c *Clause) string {
	out := fmt.Sprintf("%s %s (`%s`)", c.Modality.Text().Zh, c.Modality.Text().En, c.Modality)
	switch {
	case c.Level != "":
		out += fmt.Sprintf("，目标 goal `%s`", c.Level)
	case c.Modality == Weighted:
		out += fmt.Sprintf("，权重 weight %g", float64(c.Weight)/WeightScale)
	}
	if c.Off {
		out += "，默认停用 off by default"
	}
	return out
}

func writeKindDoc(b *strings.Builder, k *Kind, book []Clause) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n%s\n\n", k.Name, k.Statement.Zh, k.Statement.En)
	if k.Breach.Zh != "" {
		fmt.Fprintf(b, "**违反 Breach**（单位 unit: %s）\n\n%s\n\n%s\n\n", bilingual(k.Unit), k.Breach.Zh, k.Breach.En)
	}
	if k.Source.Zh != "" {
		fmt.Fprintf(b, "**来源 Source**\n\n%s\n\n%s\n\n", k.Source.Zh, k.Source.En)
	}
	fmt.Fprintf(b, "可选刚性 Modalities: %s. 规则页 Page: [policy/spec/%s.md](../policy/spec/%[2]s.md)\n\n", listed(k.Modalities).En, k.Name)
	if len(k.Parameters) > 0 {
		b.WriteString("| 参数 Parameter | 写法 Type | 必填 Required | 含义 Meaning |\n|---|---|---|---|\n")
		for _, name := range slices.Sorted(maps.Keys(k.Parameters)) {
			p := k.Parameters[name]
			fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", name, p.typeWords(), map[bool]string{true: "是 yes"}[p.Required], bilingual(p.Text))
		}
		b.WriteString("\n")
	}
	for i := range book {
		if book[i].Kind == k.Name {
			writeClauseDoc(b, &book[i])
		}
	}
}

func (p Parameter) typeWords() string {
	words := map[string]string{"int": "整数 number", "years": "年 years", "ratio": "比例 share", "flag": "是否 yes/no", "enum": "选一 one of", "list": "可多选 any of", "table": "表 table"}[p.Type]
	for _, v := range append(slices.Clone(p.Values), p.Columns...) {
		words += " `" + v + "`"
		if with := p.With[v]; len(with) > 0 {
			words += fmt.Sprintf(" (限 only %s)", listed(with).En)
		}
	}
	return words
}

func writeClauseDoc(b *strings.Builder, c *Clause) {
	fmt.Fprintf(b, "- **%s** %s\n  - %s\n  - 对象 For whom: %s\n", c.ID, bilingual(c.Name), strictness(c), bilingual(c.Whom()))
	for _, s := range c.Settings() {
		fmt.Fprintf(b, "  - `%s` %s: %s\n", s.Name, bilingual(s.Text), same(s.Value))
	}
	fmt.Fprintf(b, "  - 依据 Citation: %s", bilingual(c.Citation.Text))
	if levels := c.Citation.CoveredLevels(); len(levels) > 0 {
		fmt.Fprintf(b, "；适用职务层次 levels covered: %s", strings.Join(levels, "、"))
	}
	b.WriteString("\n")
}

// same writes a value once where both languages write it alike.
func same(t i18n.Text) string {
	if t.Zh == t.En {
		return t.Zh
	}
	return bilingual(t)
}
