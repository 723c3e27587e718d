package policy

import (
	"cmp"
	"slices"
	"strings"

	"cadre/internal/i18n"
)

// Code is one entry of the table of policy errors in docs/errors.md.
type Code struct {
	ID       string
	Severity Severity
	Text     i18n.Text // what the code means
	Fix      i18n.Text // what to do about it
}

// Codes lists every code of the package, in order. The ids are stable: a code is never given a second sense.
func Codes() []Code {
	return []Code{
		{"E2001", Error, i18n.T("文件不是有效的 YAML", "the file is not valid YAML"), i18n.T("检查缩进、引号和括号", "check indentation, quotes and brackets")},
		{"E2002", Error, i18n.T("键名不存在", "unknown key"), i18n.T("改用提示的键名，或者删去", "use the key that is suggested, or leave it out")},
		{"E2003", Error, i18n.T("缺少必填的键", "a required key is missing"), i18n.T("补上该键", "add the key")},
		{"E2004", Error, i18n.T("值的形式不对（单个值、列表、键值表）", "wrong form: single value, list or table"), i18n.T("按提示的形式书写", "write it in the form named")},
		{"E2005", Error, i18n.T("值的类型不对（数字、年月、是否）", "wrong type: number, month, yes or no"), i18n.T("按提示的类型书写", "write a value of the type named")},
		{"E2006", Error, i18n.T("不在可选值之内", "not one of the values that can be chosen"), i18n.T("改用提示的值", "use the value that is suggested")},
		{"E2007", Error, i18n.T("键名或者编号重复", "a key or an id stands twice"), i18n.T("删去其中一处", "leave one of them out")},
		{"E2008", Error, i18n.T("政策文件的版本不受支持", "the version of the policy is not supported"), i18n.T("写 version: 1", "write version: 1")},
		{"E2009", Error, i18n.T("include 所写的文件不能使用", "an included file cannot be used"), i18n.T("写 builtin，或者从本文件出发的路径（用 /），并确认文件可以读取", "write builtin, or a path from this file (with /), and see that it can be read")},
		{"E2010", Error, i18n.T("没有方案基准日", "there is no plan date"), i18n.T("写 plan_date: 2026-01，或者用 --date 指定", "write plan_date: 2026-01, or give --date")},
		{"E2011", Error, i18n.T("数值超出允许范围", "a number lies outside its range"), i18n.T("改为范围之内的数", "use a number of the range")},
		{"E2012", Error, i18n.T("比例超出 0 至 100%", "a share lies outside 0 to 100 %"), i18n.T("写 25%、1/4 或者 0.25", "write 25%, 1/4 or 0.25")},
		{"E2013", Error, i18n.T("include 成环", "files include each other"), i18n.T("从所列的一环中删去一处 include", "take one include out of the ring that is shown")},
		{"E2014", Error, i18n.T("include 过多", "too many includes"), i18n.T("合并文件", "join some of the files")},
		{"E2015", Error, i18n.T("参数与刚性程度或者目标不相容", "a parameter does not go with the modality or the level"), i18n.T("按提示修改", "change it as the hint says")},
		{"E2020", Error, i18n.T("规则类型不存在", "unknown rule kind"), i18n.T("用 cadre rules 查看规则类型", "see cadre rules for the kinds")},
		{"E2021", Error, i18n.T("该规则类型不支持这一刚性程度", "the kind does not support this modality"), i18n.T("改用提示的刚性程度", "use one of the modalities named")},
		{"E2022", Error, i18n.T("没有写明计入哪一目标", "the clause does not say in which level it counts"), i18n.T("补上 level", "add level")},
		{"E2023", Error, i18n.T("目标顺序有误", "the list of levels is at fault"), i18n.T("weighted 必须列在最后", "weighted has to stand last")},
		{"E2024", Error, i18n.T("倾向性条款没有写权重", "a weighted clause has no weight"), i18n.T("补上 weight", "add weight")},
		{"E2025", Error, i18n.T("该条款用不到 weight 或者 level", "weight or level has no use in this clause"), i18n.T("删去，或者改变 modality", "leave it out, or change the modality")},
		{"E2026", Error, i18n.T("缺少必填参数", "a required parameter is missing"), i18n.T("补上该参数", "add the parameter")},
		{"E2027", Error, i18n.T("截止时间早于起始时间", "until lies before from"), i18n.T("改正其中一个年月", "mend one of the two months")},
		{"E2028", Error, i18n.T("沿用条款不能改变规则类型", "an inherited clause cannot change its kind"), i18n.T("另用一个编号，并把原条款写 off: yes", "use another id, and switch the first clause off: yes")},
		{"E2029", Error, i18n.T("该规则类型不读取这一选择条件", "the kind does not read this selector"), i18n.T("删去，或者改写 for、to", "leave it out, or use the other of for and to")},
		{"E2030", Error, i18n.T("表达式写法有误", "the expression cannot be read"), i18n.T("按提示修改", "change it as the hint says")},
		{"E2031", Error, i18n.T("表达式使用了不存在的字段", "the expression names an unknown field"), i18n.T("改用提示的字段", "use the field that is suggested")},
		{"E2032", Error, i18n.T("该规则类型不得读取受保护的个人信息", "the kind may not read a protected attribute"), i18n.T("删去该条件；只有法律要求的规则类型可以读取", "leave the condition out; only the kinds whose law needs it may read it")},
		{"E2033", Error, i18n.T("表达式运行出错", "the expression fails when it is evaluated"), i18n.T("按提示修改", "change it as the hint says")},
		{"E2034", Error, i18n.T("thresholds 的两行时间重叠，又适用于同样的对象", "two rows of thresholds hold at one time for the same people"), i18n.T("用 from、until 分开时间，或者用条件分开对象", "divide them by from and until, or by conditions")},
		{"E2035", Error, i18n.T("选择条件互相矛盾", "conditions contradict each other"), i18n.T("改正其中一个条件", "mend one of the conditions")},
		{"E2036", Error, i18n.T("最低、可交流、应交流年限互相矛盾", "minimum, candidate and must years contradict each other"), i18n.T("使 最低 ≤ 可交流 ≤ 应交流", "keep minimum <= candidate <= must")},
		{"E2037", Error, i18n.T("参数不起作用", "a parameter has no effect"), i18n.T("改写 thresholds，或者写 thresholds: ~", "restate thresholds, or write thresholds: ~")},
		{"E2040", Error, i18n.T("条款依据不适用于所选人员的职务层次", "the citation does not cover the rank of a cadre selected"), i18n.T("收窄 for，或者另写一条并引用适用的依据", "narrow for, or write another clause with a citation that covers the rank")},
		{"E2041", Error, i18n.T("选择条件写了表中没有的编号、管理权限或者片区", "a selector names an id, authority or zone that is in no table"), i18n.T("改正编号或者管理权限", "mend it")},
		{"W2042", Warning, i18n.T("选择条件没有选中任何人员或者岗位", "a selector matches nobody"), i18n.T("核对条件；如属正常可以不理", "check the conditions; if intended, nothing is to be done")},
		{"E2043", Error, i18n.T("没有一个岗位属于政策所写的管理权限", "no post stands under the policy's authority"), i18n.T("改正 authority，或者岗位表的管理权限", "mend authority, or the authority of the posts")},
		{"E2050", Error, i18n.T("例外引用的条款不存在", "an exception names an unknown clause"), i18n.T("改正条款编号", "mend the clause")},
		{"E2051", Error, i18n.T("刚性条款不得例外", "no exception can be made to a hard clause"), i18n.T("撤销该例外，或者由有权机关调整条款", "withdraw the exception, or have the clause changed by whom it concerns")},
		{"E2053", Error, i18n.T("规则测试引用的条款不存在", "a rule test names an unknown clause"), i18n.T("改正条款编号", "mend the clause")},
		{"E2054", Error, i18n.T("规则测试的批次超出方案", "the period of a rule test lies beyond the plan"), i18n.T("改正批次", "mend the period")},
	}
}

// ScenarioCodes are the codes of scenario files, which are read as trees.
func ScenarioCodes() []Code {
	return []Code{
		{"E2101", Error, i18n.T("情景不存在", "unknown scenario"), i18n.T("改用提示的名称；被引用的情景要写在前面", "use the name that is suggested; a scenario that is referred to stands above")},
		{"E2102", Error, i18n.T("权衡的目标有误", "a trade-off is at fault"), i18n.T("写两个或三个目标的名称，或者倾向性条款的编号", "name two or three levels, or weighted clauses")},
		{"E2103", Error, i18n.T("门槛有误", "a gate is at fault"), i18n.T("写一个指标和 at_most、at_least、against_base 之一", "state a metric and one of at_most, at_least and against_base")},
		{"E2104", Error, i18n.T("计算次数太多", "too many runs"), i18n.T("减少取值，或者用 --runs 确认次数", "take fewer values, or confirm the number with --runs")},
		{"E2105", Error, i18n.T("操作不存在", "unknown action"), i18n.T("写修改、增加或者删除", "write set, add, put or drop")},
	}
}

// code finds an entry of the table. A code that is not listed is a fault of the program.
func code(id string) Code {
	for _, c := range append(Codes(), ScenarioCodes()...) {
		if c.ID == id {
			return c
		}
	}
	panic("policy: no such code: " + id)
}

// add records a problem at a place of a policy file.
func (ps *Problems) add(id string, at place, text i18n.Text, hint ...i18n.Text) {
	ps.at(id, at.String(), text, append(hint, i18n.Text{})[0])
	ps.List[len(ps.List)-1].at = at
}

// at records a problem with the severity of its code.
func (ps *Problems) at(id, where string, text, hint i18n.Text) {
	ps.Add(Problem{Code: id, Severity: code(id).Severity, Where: where, Text: text, Hint: hint})
}

// sort orders problems by their places: those of the named file first, included files after it, by name.
func (ps *Problems) sort(name string) {
	included := func(p Problem) int {
		if p.at.file == name {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(ps.List, func(a, b Problem) int {
		return cmp.Or(included(a)-included(b), strings.Compare(a.at.file, b.at.file), a.at.line-b.at.line, a.at.col-b.at.col)
	})
}
