package scenario

import (
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// countWords are the counts that every plan has, beside those with a direction.
var countWords = map[string]i18n.Text{
	"cadres_seated":               i18n.T("在岗人数", "people in post"),
	"cadres_arriving":             i18n.T("拟调入人数", "people arriving"),
	"stays":                       i18n.T("留任人数", "people who stay"),
	"moves_advance":               i18n.T("进一步使用人数", "moves to a weightier post"),
	"moves_promote":               i18n.T("提拔人数", "promotions"),
	"moves_support":               i18n.T("援派人数", "people sent on missions"),
	"returns":                     i18n.T("援派期满返回人数", "returns from missions"),
	"secondments":                 i18n.T("挂职人数", "secondments"),
	"departures":                  i18n.T("退休和调出人数", "people who leave"),
	"seats_opened":                i18n.T("新空出岗位", "seats that open in the plan"),
	"flow_place_better_to_harder": i18n.T("由条件较好地区到较艰苦地区", "moves from better to harder places"),
	"flow_place_harder_to_better": i18n.T("由较艰苦地区到条件较好地区", "moves from harder to better places"),
	"flow_place_level":            i18n.T("地区条件相当的调整", "moves between places of one tier"),
	"flow_place_unknown":          i18n.T("地区条件不详的调整", "moves where the tier of a place is not known"),
	"flow_unit_better_to_harder":  i18n.T("由条件较好单位到较艰苦单位", "moves from better to harder units"),
	"flow_unit_harder_to_better":  i18n.T("由较艰苦单位到条件较好单位", "moves from harder to better units"),
	"flow_unit_level":             i18n.T("单位条件相当的调整", "moves between units of one tier"),
	"flow_unit_unknown":           i18n.T("单位条件不详的调整", "moves where the tier of a unit is not known"),
	"pins_stay":                   i18n.T("决定不动的人数", "people decided to stay"),
	"pins_move":                   i18n.T("决定必动的人数", "people decided to move"),
	"pins_fixed":                  i18n.T("决定定岗的人数", "people with a post decided"),
	"pins_unsuited":               i18n.T("决定不宜到某岗位或单位的人数", "people with a post or unit ruled out"),
	"exceptions_recorded":         i18n.T("已登记的例外", "exceptions recorded"),
	"waived_by_pin":               i18n.T("因组织决定不再要求的事项", "requirements waived by recorded decisions"),
}

// partWords are what a clause counts, after its name.
var partWords = map[string]i18n.Text{
	"eligible":     i18n.T("符合条件人数", "eligible"),
	"asked":        i18n.T("要求人数", "asked"),
	"earlier":      i18n.T("本年度已调整人数", "moved earlier in the year"),
	"moved":        i18n.T("调整人数", "moved"),
	"short":        i18n.T("不足人数", "short"),
	"pinned":       i18n.T("因组织决定不动的人数", "kept in place by decisions"),
	"breach":       i18n.T("未满足的量", "amount missed"),
	"people":       i18n.T("计入人数", "people counted"),
	"total":        i18n.T("合计", "total"),
	"most":         i18n.T("最高值", "highest value"),
	"at_most":      i18n.T("处于最高值的人数", "people at the highest value"),
	"up":           i18n.T("到条件较好处的人数", "moves to better tiers"),
	"down":         i18n.T("到较艰苦处的人数", "moves to harder tiers"),
	"class":        i18n.T("其中该类人数", "of these in the class"),
	"rows":         i18n.T("有记载的人数", "people on record"),
	"known":        i18n.T("情况已知的人数", "people whose state is known"),
	"vacancy_days": i18n.T("岗位空缺天数合计", "days of vacancy in all"),
	"longest":      i18n.T("最长空缺天数", "longest vacancy in days"),
	"over":         i18n.T("超过期限的空缺", "vacancies longer than allowed"),
	"chains":       i18n.T("接续链条数", "chains of moves"),
	"cycles":       i18n.T("轮换环数", "cycles of moves"),

	"longest_chain": i18n.T("最长链条的人数", "people in the longest chain"),
	"posts":         i18n.T("计入岗位数", "posts counted"),
	"first":         i18n.T("第一志愿", "first choice"),
	"top3":          i18n.T("前三志愿", "one of the first three choices"),
	"unmet":         i18n.T("未满足志愿人数", "people whose wishes are not met"),
	"work":          i18n.T("工作需要", "needs of the work"),
	"training":      i18n.T("培养锻炼", "training"),
	"long":          i18n.T("任职年限较长", "long in post"),
	"avoidance":     i18n.T("回避", "avoidance"),
	"other":         i18n.T("其他", "other"),
}

// worded gives a metric words where it has none: those of the counts, or the name of its clause and what it counts of it, or the
// place whose lodging it counts. What no table here knows keeps its name.
func (c *Comparison) worded(m Metric) Metric {
	if m.Text != (i18n.Text{}) {
		return m
	}
	if t, ok := countWords[m.Name]; ok {
		m.Text = t
		return m
	}
	if place, ok := strings.CutPrefix(m.Name, "lodging_used."); ok {
		m.Text = c.lodging(place, i18n.T("已用周转房", "lodging used"))
	} else if place, ok := strings.CutPrefix(m.Name, "lodging_limit."); ok {
		m.Text = c.lodging(place, i18n.T("可用周转房", "lodging there"))
	} else if at := strings.LastIndexByte(m.Name, '.'); at > 0 {
		m.Text = c.part(m.Name[:at], m.Name[at+1:])
	}
	return m
}

// part is "yearly share (R12): short".
func (c *Comparison) part(id, part string) i18n.Text {
	word, ok := partWords[part]
	if !ok {
		return i18n.Text{}
	}
	for _, pol := range c.Policies {
		if k := clauseOf(pol, id); k != nil && k.Shown() == id { // what is held back is not told
			return i18n.F("%[1]s（%[2]s）：%[3]s", "%[1]s (%[2]s): %[3]s", k.Name, id, word)
		}
	}
	return i18n.Text{}
}

func (c *Comparison) lodging(place string, word i18n.Text) i18n.Text {
	for _, x := range c.Indexes {
		if at := x.PlaceAt(place); at != posting.None {
			return i18n.F("%[1]s：%[2]s", "%[1]s: %[2]s", x.Places[at].Name, word)
		}
	}
	return i18n.Text{}
}
