package planning

import (
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// reasons puts the grounds of an assignment into words.
func reasons(x *posting.Index, pol *policy.Policy, a *posting.Assignment, lang i18n.Lang) []string {
	out := make([]string, len(a.Grounds))
	for i, g := range a.Grounds {
		out[i] = GroundText(x, pol, g).In(lang)
	}
	return out
}

// GroundText says a ground, as plans carry it, in words.
func GroundText(x *posting.Index, pol *policy.Policy, ground string) i18n.Text {
	kind, arg, _ := strings.Cut(ground, ":")
	switch kind {
	case "vacancy":
		return i18n.T("补充空缺岗位", "takes a vacant seat")
	case "chain":
		who := arg
		if c := x.CadreAt(arg); c != posting.None {
			who = x.Cadres[c].Name
		}
		return i18n.F("接替%s调整后腾出的岗位", "takes the seat that %s leaves", who)
	case "arrival":
		return i18n.T("拟调入人员安排", "arrival to be placed")
	case "retirement":
		return i18n.T("到龄退休", "retires")
	case "departure":
		return i18n.F("拟离任（%s）", "leaves (%s)", LeaveText(posting.LeaveClass(arg)))
	case "return":
		return i18n.T("任务期满返回", "returns at the end of the duty")
	case "pin":
		return i18n.T("按组织决定安排", "by recorded decision")
	case "exception":
		return i18n.F("经批准的例外（%s）", "approved exception (%s)", arg)
	}
	for i := range pol.Clauses {
		if c := &pol.Clauses[i]; c.Shown() == ground {
			return i18n.F("%s（%s）", "%s (%s)", c.Name, c.ID)
		}
	}
	return i18n.T(ground, ground)
}

// LeaveText is a class of departure in words.
func LeaveText(class posting.LeaveClass) i18n.Text {
	switch class {
	case posting.LeaveTransfer:
		return i18n.T("调出", "transfer out")
	case posting.LeaveRetirement:
		return i18n.T("到龄退休", "retirement")
	case posting.LeavePromotion:
		return i18n.T("提拔", "promotion")
	case posting.LeaveResignation:
		return i18n.T("辞职", "resignation")
	case posting.LeaveRelief:
		return i18n.T("改任职级公务员", "relieved of the post, stays in service")
	}
	return i18n.T(string(class), string(class))
}
