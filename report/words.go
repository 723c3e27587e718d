package report

import (
	"fmt"
	"math"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
)

// Words that stand on every paper.
var (
	pageOne  = i18n.T("供集体研究参考的比选方案，不代替组织决定", "an option for collective study; it does not replace the decision of the organisation")
	internal = i18n.T("内部资料 · 严禁外传", "internal · not to be passed on")
	proposal = i18n.T("建议方案（讨论稿）", "proposed plan (draft for discussion)")
	settled  = i18n.T("建议方案（定稿）", "proposed plan (final)")
	heldBack = i18n.T("暂不列入本批（组织掌握）", "not in this batch (held by the organisation)")
	infeasib = i18n.T("现有要求不能同时满足", "the requirements cannot all be kept")
	none     = i18n.T("无", "none")
)

var moveWords = map[posting.Move]i18n.Text{
	posting.MoveStay:     i18n.T("留任", "stays"),
	posting.MoveTransfer: i18n.T("交流任职", "transfer"),
	posting.MoveRotate:   i18n.T("内部轮岗", "rotation inside the unit"),
	posting.MoveAdvance:  i18n.T("进一步使用", "heavier post"),
	posting.MovePromote:  i18n.T("提拔", "promotion"),
	posting.MoveSecond:   i18n.T("挂职", "secondment"),
	posting.MoveSupport:  i18n.T("援派", "support mission"),
	posting.MoveArrive:   i18n.T("调入任职", "arrival"),
	posting.MoveRelieve:  i18n.T("免职", "relieved"),
	posting.MoveLeave:    i18n.T("离任", "leaves"),
}

// moveKinds are the kinds of move, in the order in which papers count them.
var moveKinds = []posting.Move{posting.MoveTransfer, posting.MoveRotate, posting.MoveAdvance, posting.MovePromote, posting.MoveSecond,
	posting.MoveSupport, posting.MoveArrive, posting.MoveRelieve, posting.MoveLeave}

var levelWords = map[posting.Level]i18n.Text{
	posting.SectionDeputy:  i18n.T("股级副职", "sub-section deputy"),
	posting.SectionHead:    i18n.T("股级正职", "sub-section head"),
	posting.TownshipDeputy: i18n.T("乡科级副职", "section deputy"),
	posting.TownshipHead:   i18n.T("乡科级正职", "section head"),
	posting.CountyDeputy:   i18n.T("县处级副职", "county deputy"),
	posting.CountyHead:     i18n.T("县处级正职", "county head"),
	posting.BureauDeputy:   i18n.T("厅局级副职", "bureau deputy"),
	posting.BureauHead:     i18n.T("厅局级正职", "bureau head"),
}

var degreeWords = map[posting.Degree]i18n.Text{
	1: i18n.T("高中", "secondary school"), 2: i18n.T("大专", "college"), 3: i18n.T("本科", "bachelor"),
	4: i18n.T("硕士", "master"), 5: i18n.T("博士", "doctor"),
}

// fillWords say how a seat that stays open could be filled.
var fillWords = map[string]i18n.Text{
	"promotion":            i18n.T("提拔补充", "by promotion"),
	"arrival":              i18n.T("调入补充", "by an arrival"),
	"frozen":               i18n.T("本批冻结", "frozen in this batch"),
	"kept vacant":          i18n.T("暂时空缺", "kept vacant"),
	"nomination":           i18n.T("由有关机关提名", "by nomination of the organ concerned"),
	"promotion or arrival": i18n.T("提拔或者调入补充", "by promotion or an arrival"),
	"later":                i18n.T("以后批次安排", "in a later batch"),
	"lateral":              i18n.T("平级调整补充", "by a move at the same level"),
}

func fillWord(how string) i18n.Text {
	if t, ok := fillWords[how]; ok {
		return t
	}
	return i18n.T(how, how)
}

// procedures say what an appointment to a post asks for.
var procedures = map[posting.Approval]i18n.Text{
	posting.ByParty:    i18n.T("党委（党组）集体讨论决定", "decided by the party committee"),
	posting.ByCongress: i18n.T("提请人大常委会依法任免", "submitted to the standing committee of the people's congress"),
	posting.ByElection: i18n.T("按照法律和章程选举", "elected by law and statute"),
	posting.ByDual:     i18n.T("双重管理：征求主管方、协管方意见", "dual management: opinions of both sides are asked"),
}

// unitWords are the units in which goals are counted, statusWords how far each was proven.
var (
	unitWords   = map[string]i18n.Text{"seat": i18n.T("个", "seat"), "person": i18n.T("人", "person"), "case": i18n.T("项", "case"), "point": i18n.T("分", "point")}
	statusWords = map[string]i18n.Text{"optimal": i18n.T("已证明在允许差距之内", "proven within the gap asked"), "feasible": i18n.T("尚未证明", "not yet proven"),
		"unsolved": i18n.T("未求解", "not solved")}
)

var limitWords = map[string]i18n.Text{
	"time":        i18n.T("计算在时间限制到达时停止", "the search stopped at its time limit"),
	"work":        i18n.T("计算在工作量限制到达时停止", "the search stopped at its work limit"),
	"memory":      i18n.T("计算在内存限制到达时停止", "the search stopped at its memory limit"),
	"numerics":    i18n.T("模型中的数相差太大，求解器不能可靠计算", "the numbers of the model lie too far apart for the solver's arithmetic"),
	"interrupted": i18n.T("计算被人工中断，采用当时最好的方案", "the search was interrupted; this is the best plan so far"),
}

// gapText says how far the plan may be from the best possible, and on whose word.
func gapText(plan *posting.Plan) i18n.Text {
	source := i18n.T("界限由求解器给出，未经独立核证", "bound claimed by the solver, not certified")
	if plan.Certified {
		source = i18n.T("界限已独立核证", "bound certified independently")
	}
	if plan.Gap <= 0 {
		return i18n.F("在各级目标上没有更好的方案（%s）", "no better plan exists for the ordered goals (%s)", source)
	}
	return i18n.F("与可能达到的最好结果相差不超过 %[1]s（%[2]s）", "within %[1]s of the best possible (%[2]s)", percent(plan.Gap), source)
}

// unproven says of a goal that is not proven how good it could be at best.
func (p *papers) unproven(l posting.LevelValue) i18n.Text {
	return i18n.F("目标“%[1]s”尚未证明最优：本方案为 %[2]s（%[4]s），任何方案不低于 %[3]s", "not proven best: %[1]s, %[2]s in this plan, at least %[3]s in any (%[4]s)",
		p.goal(l.Name), figure(l.Value), figure(math.Floor(l.Bound*figurePlaces)/figurePlaces), wordOr(unitWords, l.Unit))
}

// percent prints a gap in percent to two places, rounded up: a gap is never shown smaller than it is.
func percent(gap float64) string {
	return fmt.Sprintf("%.2f %%", max(0, math.Ceil(gap*1e4-roundingSlack)/100))
}

// roundingSlack keeps the rounding up of percent from counting the error of a binary fraction as a hundredth.
const roundingSlack = 1e-7

// span is a number of months as rosters print it.
func span(months int) i18n.Text {
	return i18n.F("%d年%d个月", "%d y %d m", months/12, months%12)
}

// clause finds the clause that is printed under an id, nil where there is none.
func (p *papers) clause(id string) *policy.Clause {
	for i := range p.pol.Clauses {
		if c := &p.pol.Clauses[i]; c.Shown() == id {
			return c
		}
	}
	return nil
}

// clauseName is the name of a clause in words; the hold is named neutrally whatever its kind.
func (p *papers) clauseName(id string) i18n.Text {
	if id == policy.Hold {
		return heldBack
	}
	if c := p.clause(id); c != nil {
		return c.Name
	}
	for _, l := range p.pol.Levels {
		if l.Name == id {
			return l.Text
		}
	}
	return structural(id)
}

// structural names the findings that come from the shape of a plan.
func structural(id string) i18n.Text {
	switch id {
	case "P01":
		return i18n.T("方案内容前后不一致", "fields of the plan contradict each other")
	case "P02":
		return i18n.T("任职安排不能衔接", "assignments that cannot follow each other")
	}
	return i18n.T(id, id)
}

// takesOpenedSeat is the ground of a chain where the one who leaves the seat is not named.
var takesOpenedSeat = i18n.T("补充调整后腾出的岗位", "takes a seat that opens by another move")

// ground says a ground of the assignment of cadre c in words. The chain names who leaves the seat only to those who may
// see him.
func (p *papers) ground(g string, c int) i18n.Text {
	if kind, who, _ := strings.Cut(g, ":"); kind == "chain" && !p.sees(who) {
		return takesOpenedSeat
	}
	if p.clause(g) != nil || g == policy.Hold {
		return p.cited(g, c)
	}
	return planning.GroundText(p.x, p.pol, g)
}

// sees tells whether the audience may see the cadre of an id.
func (p *papers) sees(id string) bool {
	c := p.x.CadreAt(id)
	return c != posting.None && p.seesCadre(c)
}

// cited is a clause as a ground: its name, and its source where the source covers the cadre's level.
func (p *papers) cited(id string, c int) i18n.Text {
	name, cl := p.clauseName(id), p.clause(id)
	if cl == nil || cl.Citation.Text == (i18n.Text{}) || !covers(cl, p.x.Cadres[c].Level) {
		return name
	}
	return i18n.F("%s（%s）", "%s (%s)", name, cl.Citation.Text)
}

func covers(c *policy.Clause, l posting.Level) bool {
	for _, v := range c.Citation.Covers {
		if v == l {
			return true
		}
	}
	return len(c.Citation.Covers) == 0
}

// groundClass is the ground without the person whom it names: what papers count.
func (p *papers) groundClass(g string) i18n.Text {
	kind, arg, named := strings.Cut(g, ":")
	switch {
	case kind == "chain":
		return takesOpenedSeat
	case kind == "exception":
		return i18n.T("经批准的例外", "approved exception")
	case named || p.clause(g) == nil:
		return p.ground(kind+":"+arg, posting.None)
	}
	return p.clauseName(g)
}

func wordOr[K ~string](words map[K]i18n.Text, k K) i18n.Text {
	if t, ok := words[k]; ok {
		return t
	}
	return i18n.T(string(k), string(k))
}

// shareText is a share as it is asked: 25 %.
func shareText(r policy.Ratio) string {
	if r.Den == 0 {
		return ""
	}
	if r.Num*100%r.Den == 0 {
		return fmt.Sprintf("%d %%", r.Num*100/r.Den)
	}
	return fmt.Sprintf("%d/%d", r.Num, r.Den)
}
