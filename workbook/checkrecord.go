package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

// checkTerms looks at secondment and mission seats: nobody has the one as his main post, a mission in hand has an end,
// and a term in months needs a term.
func (d *data) checkTerms(ps *Problems) {
	term := map[string]posting.Term{}
	for i := range d.posts.items {
		p := &d.posts.items[i]
		term[p.ID] = p.Term
		if p.Term == posting.TermOrdinary && p.TermMonths != 0 {
			ps.add("W1603", d.posts.cell(i, "term_months"), i18n.T("正式任职的岗位没有任用期限，该值不起作用", "an ordinary post has no term: the value has no effect"))
		}
	}
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			c := &r.items[i]
			if term[c.Post] == posting.TermSecondment {
				ps.add("E1603", r.cell(i, "post"), i18n.F("%s 是挂职岗位，不能作为主要职务；主要职务写原单位岗位，挂职岗位写入 兼任", "%s is a secondment seat and no main post; write the post at home here, and the seat under also", quote(c.Post)))
			}
			if term[c.Post] == posting.TermMission && !c.DutyUntil.Known() {
				ps.add("W1604", r.cell(i, "post"), i18n.F("%s 在援派岗位，没有写 专项任务至，返回时间无法核实", "%s holds a mission seat and has no duty_until: the return cannot be verified", quote(c.ID)))
			}
		}
	}
}

// checkRecords looks at the tables of wishes and ratings: ranks that stand twice, and rows that say nothing; and at talks,
// where a person cannot be 未征求 and a unit has no difficulties of its own.
func (d *data) checkRecords(ps *Problems) {
	type ranked struct {
		by   string
		rank int
	}
	wished := map[ranked]int{}
	for i := range d.wishes.items {
		w := &d.wishes.items[i]
		if !w.Refuse && w.Rank == 0 {
			ps.add("E1201", d.wishes.cell(i, "rank"), i18n.T("志愿要有序号；不愿去的请在 不愿去 写 是", "a wish has a rank; for a refusal write yes under refuse"))
			continue
		}
		repeated(wished, ranked{w.Cadre, w.Rank}, !w.Refuse, d.wishes.rows[i], d.wishes.cell(i, "rank"), ps)
	}
	rated := map[ranked]int{}
	for i := range d.ratings.items {
		r := &d.ratings.items[i]
		repeated(rated, ranked{r.By, r.Rank}, r.Rank != posting.Unknown, d.ratings.rows[i], d.ratings.cell(i, "rank"), ps)
	}
	for i := range d.opinions.items {
		o := &d.opinions.items[i]
		if o.Stance == posting.Difficulties && o.From != posting.Interview {
			ps.add("E1212", d.opinions.cell(i, "stance"), i18n.T("有困难 只用于谈话；单位意见写 同意、不同意 或 未征求", "有困难 is for talks; of a unit write 同意, 不同意 or 未征求"))
		}
	}
}

// repeated reports a rank that somebody gave twice.
func repeated[K comparable](seen map[K]int, key K, counts bool, row int, at place, ps *Problems) {
	if !counts {
		return
	}
	if first, ok := seen[key]; ok {
		ps.add("E1406", at, i18n.F("与第 %d 行的序号相同", "row %d has the same rank", first))
		return
	}
	seen[key] = row
}
