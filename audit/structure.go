package audit

import "cadre/internal/i18n"

// faultText says what is impossible about a sequence of assignments.
type faultText i18n.Text

var (
	faultPeriod = faultText(i18n.T("期次不在本方案范围内", "the period lies outside the plan"))
	faultTwice  = faultText(i18n.T("同一期有两项以上安排", "more than one assignment in one period"))
	faultSecond = faultText(i18n.T("方案期内调整（含挂职）超过一次", "more than one change of post, or secondment, within the plan"))
	faultNoHome = faultText(i18n.T("没有原单位岗位，不能安排挂职", "seconded without a post at home to keep"))
	faultLeaver = faultText(i18n.T("拟离任人员不再安排岗位", "one who leaves is given no other post"))
	faultEarly  = faultText(i18n.T("安排早于到任月份", "placed before the month of arrival"))
)

// structure lists the assignments that cannot follow each other.
func (s *scene) structure(out *findings) {
	for _, f := range s.faults {
		out.plain(impossible, entry{subjects: []string{s.x.Cadres[f.cadre].ID}, period: f.period, measured: f.measured, limit: f.limit,
			unit: "assignment", text: i18n.F("%s：%s", "%s: %s", s.name(f.cadre), i18n.Text(f.what))})
	}
	if s.judgesKeeping() {
		return
	}
	for c := range s.x.Cadres {
		if t := s.dropped[c]; t > 0 {
			out.plain(impossible, s.droppedEntry(c, t))
		}
	}
}

// judgesKeeping tells whether a clause in force says that nobody loses a post, and so lists those dropped itself.
func (s *scene) judgesKeeping() bool { return len(s.pol.ActiveOf("keeps_post")) > 0 }

func (s *scene) droppedEntry(c, t int) entry {
	return entry{subjects: []string{s.x.Cadres[c].ID}, period: t, measured: 0, limit: 1, unit: "post", breach: 1,
		text: i18n.F("%s：方案未安排岗位，也没有登记离任", "%s: left without a post, and no departure is recorded", s.name(c))}
}
