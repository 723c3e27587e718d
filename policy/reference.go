package policy

import (
	"fmt"
	"strings"
)

// keyDoc is a key of a policy file with what it means.
type keyDoc struct{ key, zh, en string }

// topDocs, clauseDocs, selectorDocs and thresholdDocs explain the keys of a policy, for docs/policy.md.
var (
	topDocs = []keyDoc{
		{"version", "写 1", "write 1"},
		{"name", "政策名称：一种语言，或 {zh, en}", "name of the policy: one text, or {zh, en}"},
		{"plan_date", "方案基准日，如 2026-01；--date 优先", "plan date, such as 2026-01; --date goes before it"},
		{"authority", "按哪一级管理权限制定方案，如 县管", "under whose authority the plan is made, such as 县管"},
		{"include", "builtin，或从本文件出发的路径（用 /），可列多个；依次叠加，每个文件只计一次", "builtin, or a path from this file (with /), or a list; each is laid over those before it, once"},
		{"horizon", "periods 批数，months 每批月数", "periods: batches; months: of one batch"},
		{"regime", "ordinary 平常，election 换届，stability 换届后稳定期", "ordinary, election, stability"},
		{"levels", "目标，前者优先；只写名称即可调整沿用目标的顺序，weighted 在最后；gap（如 1%）或 within（如 2）写明离最好多近即可，不写则按 --gap", "goals, the first the most important; names alone reorder included ones; weighted stands last; gap (1%) or within (2 units) says how near the best is near enough, else --gap does"},
		{"clauses", "条款；沿用的按 id 逐项改写，参数逐个改写", "clauses; an included one is overridden by id, key by key, parameter by parameter"},
	}
	clauseDocs = []keyDoc{
		{"id", "编号；R05.a 与 R05.b 同属 R05", "id; R05.a and R05.b are clauses of R05"},
		{"kind", "规则类型，见 rules.md", "rule kind, see rules.md"},
		{"name", "名称", "name"},
		{"modality", "hard 必须，waivable 应当，level 一般，weighted 有计划地，report 统计", "hard, waivable, level, weighted, report"},
		{"level", "level 条款和应交流条款计入哪个目标", "the goal in which a level clause, or a duty to move, counts"},
		{"weight", "weighted 条款的权重（分），至多三位小数", "points of a weighted clause, up to three decimal places"},
		{"for", "对象：按本人和现任岗位选择", "whom: by the person and the present post"},
		{"to", "去向：按本人和拟任岗位选择", "whereto: by the person and the destination"},
		{"parameters", "参数", "parameters of the kind"},
		{"unknown", "资料缺失时：allow 列为待核实（默认），forbid 视为违反", "where a datum is blank: allow lists it (default), forbid counts it as a breach"},
		{"citation", "依据：文字，或 {zh, en, covers}；covers 为适用的职务层次", "source: a text, or {zh, en, covers}; covers lists the levels for which it may be cited"},
		{"from", "生效的第一个月", "first month in force"},
		{"until", "生效的最后一个月", "last month in force"},
		{"off", "yes 停用", "yes switches it off"},
		{"thresholds", "分档，见下", "thresholds, see below"},
	}
	selectorDocs = []keyDoc{
		{"rank", "本人职务层次", "level of the person"},
		{"post_rank", "岗位的职务层次", "level of the post"},
		{"class", "岗位类别，须全部符合：leading team key principal middle，加 not_ 为否定", "classes of the post, all must hold: leading team key principal middle, each also with not_"},
		{"role", "职务属性", "role of the post"},
		{"unit_kind", "机构类别", "kind of the unit"},
		{"staff_type", "本人编制类型", "staff type of the person"},
		{"authority", "岗位的管理权限", "authority over the post"},
		{"cadres", "干部编号", "ids of cadres"},
		{"posts", "岗位编号", "ids of posts"},
		{"units", "单位编号", "ids of units"},
		{"hardship", "岗位所在地的艰苦边远类别，0 至 6", "hardship class of the post's place, 0 to 6"},
		{"tier", "岗位所在地的条件层次，1 至 5", "tier of the post's place, 1 to 5"},
		{"zone", "岗位所在地的片区", "zone of the post's place"},
		{"tenure_at_least", "任现职满几年", "years in the main post, at least"},
		{"age_at_most", "年龄不超过几岁", "age in years, at most"},
		{"where", "表达式，如 cadre.tenure_years >= 5 and not post.key", "an expression, such as cadre.tenure_years >= 5 and not post.key"},
	}
	thresholdDocs = []keyDoc{
		{"（选择条件）(conditions)", "上表的任一条件：收窄条款的 for（只看去向的类型收窄 to）", "any of the conditions above: narrows the clause's for (to, in kinds that look at destinations only)"},
		{"to", "收窄去向", "narrows the destinations"},
		{"from", "生效的第一个月", "first month in force"},
		{"until", "生效的最后一个月", "last month in force"},
		{"parameters", "该档的参数，其余用条款的", "parameters of the row; the clause's for the rest"},
		{"citation", "该档的依据", "source of the row"},
		{"name", "该档的名称", "name of the row"},
	}
)

// ReferencePage is docs/policy.md: how a policy is written.
func ReferencePage() string {
	var b strings.Builder
	b.WriteString("<!-- generated from policy/reference.go: go generate ./policy -->\n# 政策文件 · The policy file\n\n" +
		"政策是一个 YAML 文件，写明用哪些条款、对谁、多严、用哪些数字、依据什么。多数单位以内置规则为底本，只写不同之处。写错的键、值、编号都连同行列报出，退出码 2（[errors.md](errors.md)）。\n\n" +
		"A policy is a YAML file that states which clauses hold, for whom, how strictly, with which numbers, on what authority. Most start from the built-in rules and state what differs. " +
		"Whatever is wrong is told with line and column, exit code 2 ([errors.md](errors.md)).\n\n" +
		"```yaml\nversion: 1\nplan_date: 2026-01\nauthority: 县管\ninclude: [builtin, ../shared/province.yaml]\nclauses:\n" +
		"  - {id: R12, parameters: {share: 30%}}\n  - {id: R34, off: yes}\n  - id: R01\n    parameters: {must_years: 10}\n    thresholds:\n" +
		"      - {rank: 乡科级正职, class: key, parameters: {must_years: 5}, until: 2026-12}\n" +
		"      - {rank: 乡科级正职, class: key, parameters: {must_years: 4}, from: 2027-01, citation: 新办法}\n" +
		"      - {rank: 乡科级正职, class: not_key}\n```\n")
	for _, part := range []struct {
		title string
		keys  []keyDoc
	}{
		{"文件的键 · Keys of the file", topDocs}, {"条款的键 · Keys of a clause", clauseDocs}, {"选择条件 · Conditions of for and to", selectorDocs}, {"分档的键 · Keys of a row of thresholds", thresholdDocs},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n| 键 Key | 含义 Meaning |\n|---|---|\n", part.title)
		for _, k := range part.keys {
			fmt.Fprintf(&b, "| %s | %s / %s |\n", k.key, k.zh, k.en)
		}
	}
	b.WriteString("\n列表中任一值即符合；不同的键须同时符合；缺资料的为待核实。每一档成为一个条款 `R01.1`、`R01.2`……；没有一档选中的，该条款不适用；两档不得在同一时间适用于同一对象。为 `R01` 登记的例外适用于各档。" +
		"（[为何如此](adr/0004-thresholds-are-clauses.md)）\n\n" +
		"Any value of a list will do; different keys must hold together; a blank field leaves it open. Each row of thresholds is a clause, `R01.1`, `R01.2` …; whom no row selects the clause does not bind; " +
		"two rows may not hold at one time for one person. An exception to `R01` speaks of all its rows. ([why so](adr/0004-thresholds-are-clauses.md))\n")
	return b.String()
}
