package lint

import "cadre/internal/i18n"

// Code explains a kind of finding. Codes are stable: one that is no longer used is not given to anything else.
type Code struct {
	ID   string
	Text i18n.Text
}

// Codes lists them all: L1 are notes, L2 follow from one clause, L3 from two.
func Codes() []Code {
	return []Code{
		{"L101", i18n.T("条款没有选中任何人员或者岗位", "a clause selects nobody here")},
		{"L102", i18n.T("条款在本批不起作用", "a clause changes nothing in this batch")},
		{"L103", i18n.T("同一类型的两条同时适用于一些对象", "two clauses of one kind apply to the same people")},
		{"L104", i18n.T("一些人岗组合因资料缺失无法核实", "pairs that cannot be verified, since data are blank")},
		{"L105", i18n.T("一些人同时计入两个比例", "people who count in two shares")},
		{"L106", i18n.T("应交流人员不能以内部轮岗代替", "people due to move for whom rotation inside the unit will not do")},
		{"L201", i18n.T("一项要求单独就达不到：岗位无人可任、可以交流的人不够、两人定到一岗等", "a demand that nothing can meet by itself: a seat that nobody can take, fewer movable people than asked for, two people fixed on one seat")},
		{"L202", i18n.T("应交流人员没有符合条件的去向", "people due to move who have no lawful destination")},
		{"L203", i18n.T("应交流人员一调整就违反排在前面的目标", "people due to move who cannot without breaking a goal that goes before")},
		{"L204", i18n.T("一条的各项要求合计超过人员所能满足的", "the demands of one clause are more than people can meet together")},
		{"L301", i18n.T("下限高于各处上限之和", "a floor above what the ceilings allow together")},
		{"L302", i18n.T("几项要求都落在同一上限之内，容纳不下", "several demands under one ceiling that has no room for them")},
	}
}
