package workbook

import (
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// codeList is the words that a column admits, in order, and other spellings of them.
type codeList struct {
	words []string
	also  map[string]string
}

// find returns the position of a word.
func (l *codeList) find(s string) (int, *fault) {
	if w, ok := l.also[s]; ok {
		s = w
	}
	for i, w := range l.words {
		if w == s {
			return i, nil
		}
	}
	f := &fault{"E1204", i18n.F("不在代码表中；应为 %[1]s", "is not in the code list; expected one of %[1]s", strings.Join(l.words, "、"))}
	if n := nearest(s, l.spellings()); n != "" {
		if w, ok := l.also[n]; ok {
			n = w
		}
		f.text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", f.text, n)
	}
	return 0, f
}

// spellings lists the words, then the other spellings in sorted order.
func (l *codeList) spellings() []string {
	return append(l.words[:len(l.words):len(l.words)], sortedKeys(l.also)...)
}

// listOf is a code list without other spellings.
func listOf(words []string) codeList { return codeList{words, nil} }

// words turns the constants of posting into the words of a list.
func words[C ~string](cs ...C) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = string(c)
	}
	return out
}

// codes are the code lists of the tables.
type codes struct {
	sex, level, degree, staff, disposition, duty                codeList
	role, filling, approval, kind, kin, leave, appraisal, moves codeList
	term, opinionFrom, stance, difficulty                       codeList
}

// allCodes states the code lists. Each call makes them afresh: nothing is shared, so nothing can be changed.
func allCodes() codes {
	return codes{
		sex: codeList{[]string{"男", "女"}, map[string]string{"男性": "男", "女性": "女", "1": "男", "2": "女"}},
		level: codeList{posting.LevelNames[1:], map[string]string{
			"副股级": "股级副职", "正股级": "股级正职", "副科级": "乡科级副职", "正科级": "乡科级正职", "副科": "乡科级副职", "正科": "乡科级正职",
			"副处级": "县处级副职", "正处级": "县处级正职", "副处": "县处级副职", "正处": "县处级正职",
			"副厅级": "厅局级副职", "正厅级": "厅局级正职"}},
		degree: codeList{posting.DegreeNames[1:], map[string]string{
			"中专": "高中", "大学专科": "大专", "专科": "大专", "大学": "本科", "大学本科": "本科", "研究生": "硕士",
			"硕士研究生": "硕士", "博士研究生": "博士"}},
		staff: codeList{words(posting.Administrative, posting.Participating, posting.Institution, posting.Enterprise), map[string]string{
			"行政编": "行政", "行政编制": "行政", "参公编": "参公", "参公编制": "参公", "参照公务员法管理": "参公",
			"事业编": "事业", "事业编制": "事业", "国有企业": "国企", "企业": "国企"}},
		disposition: codeList{words(posting.Normal, posting.Stay, posting.MustMove, posting.Fixed), nil},
		duty: codeList{words(posting.Support, posting.Village, posting.Secondment, posting.TaskForce), map[string]string{
			"援藏": "援派", "援疆": "援派", "援青": "援派", "驻村帮扶": "驻村", "驻村工作队": "驻村", "挂职锻炼": "挂职", "工作专班": "专班"}},
		role: codeList{posting.RoleNames[1:], map[string]string{
			"党委书记": "书记", "党组书记": "书记", "正职": "行政正职", "行政副职": "副职", "党委委员": "班子成员", "党组成员": "班子成员"}},
		filling: codeList{words(posting.Fillable, posting.MustFill, posting.ReservePromotion, posting.ReserveArrival, posting.Frozen), map[string]string{
			"可填": "本批可填", "必填": "必须填"}},
		approval: codeList{words(posting.ByParty, posting.ByCongress, posting.ByElection, posting.ByDual), map[string]string{
			"党委任命": "党委任免", "人大任命": "人大任免", "选举任职": "选举"}},
		kind: codeList{words(posting.Township, posting.Department, posting.MassOrg, posting.InstitutionUnit), map[string]string{
			"乡": "乡镇", "镇": "乡镇", "乡镇街道": "乡镇", "街道": "乡镇", "县直部门": "部门", "群团组织": "群团", "事业": "事业单位"}},
		kin: codeList{words(posting.Spouse, posting.Lineal, posting.Collateral, posting.InLaw), map[string]string{
			"夫妻": "配偶", "父子": "直系血亲", "父女": "直系血亲", "母子": "直系血亲", "母女": "直系血亲",
			"兄弟": "三代以内旁系血亲", "姐妹": "三代以内旁系血亲", "兄妹": "三代以内旁系血亲", "姐弟": "三代以内旁系血亲",
			"旁系血亲": "三代以内旁系血亲", "姻亲": "近姻亲"}},
		leave: codeList{words(posting.LeaveTransfer, posting.LeaveRetirement, posting.LeavePromotion, posting.LeaveResignation, posting.LeaveRelief), map[string]string{
			"转任职级": "改任职级", "免去领导职务": "改任职级"}},
		appraisal:   codeList{[]string{"优秀", "称职", "基本称职", "不称职"}, map[string]string{"合格": "称职", "基本合格": "基本称职", "不合格": "不称职"}},
		term:        codeList{words(posting.TermSecondment, posting.TermMission), map[string]string{"挂职锻炼": "挂职", "援藏": "援派", "援疆": "援派", "援青": "援派"}},
		opinionFrom: codeList{words(posting.SendingUnit, posting.ReceivingUnit, posting.Interview), map[string]string{"本人": "谈话", "谈话情况": "谈话"}},
		stance:      codeList{words(posting.Agrees, posting.Differs, posting.Difficulties, posting.NotAsked), map[string]string{"服从": "同意", "服从安排": "同意", "不服从": "不同意"}},
		difficulty:  codeList{posting.DifficultyNames[:], nil},
		moves: codeList{words(posting.MoveStay, posting.MoveTransfer, posting.MoveRotate, posting.MoveAdvance, posting.MovePromote,
			posting.MoveSecond, posting.MoveSupport, posting.MoveArrive, posting.MoveRelieve, posting.MoveLeave), nil},
	}
}
