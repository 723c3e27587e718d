package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

// Bounds of plausible numbers of the record tables.
const (
	mostBurden = 6 * 720 // the hardest class over a working life
	mostCycles = 60
	mostRank   = 10_000
)

func ledgerTable() table[posting.LedgerRow] {
	months := func(id, zh string, p func(*posting.LedgerRow) *int, most int) column[posting.LedgerRow] {
		return number(id, zh, p, 0, 0, most)
	}
	return table[posting.LedgerRow]{
		TableInfo: TableInfo{ID: "ledger", Zh: "台账", Open: true, Aliases: []string{"交流台账", "艰苦岗位经历与家庭困难台账"},
			About: i18n.T("每人历年艰苦岗位经历与家庭困难的累计，逐轮结转；同一人各行相加。已不在干部表中的人提示后不计入。",
				"What each cadre bore in earlier years, carried from cycle to cycle; rows of one cadre add up. Rows of people who have left the tables are left out, with a warning.")},
		fresh:  func() posting.LedgerRow { return posting.LedgerRow{} },
		record: true,
		columns: []column[posting.LedgerRow]{
			ref("cadre", "干部编号", func(r *posting.LedgerRow) *string { return &r.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			number("year", "年度", func(r *posting.LedgerRow) *int { return &r.Year }, 0, firstYear, lastYear).alias("截至年度", "轮次年度").say("", ""),
			months("hardship_months", "艰苦类别月数", func(r *posting.LedgerRow) *int { return &r.Hardship }, mostBurden).
				say("艰苦边远类别×任职月数之和。", "Class of the place times months served there, summed."),
			months("far_months", "远离家庭月数", func(r *posting.LedgerRow) *int { return &r.Far }, mostMonths).
				say("不能每日回家的月数。", "Months in which the way home was too far to go daily."),
			months("apart_months", "两地分居月数", func(r *posting.LedgerRow) *int { return &r.Apart }, mostMonths).say("", ""),
			months("care_months", "老人需照料月数", func(r *posting.LedgerRow) *int { return &r.Care }, mostMonths).
				say("父母需照料而本人不在身边的月数。", "Months in which parents to care for were far."),
			months("overdue_months", "超期任职月数", func(r *posting.LedgerRow) *int { return &r.Overdue }, mostMonths).
				say("应交流而未交流的月数。", "Months in post beyond those after which a move was due."),
			months("unmet_wishes", "意愿未满足轮数", func(r *posting.LedgerRow) *int { return &r.Unmet }, mostCycles).
				say("第一意愿未满足的轮数。", "Cycles in which none of the first wishes was met."),
		},
	}
}

func followUpsTable(l codes) table[posting.FollowUp] {
	return table[posting.FollowUp]{
		TableInfo: TableInfo{ID: "followups", Zh: "跟踪台账", Open: true, Aliases: []string{"跟踪落实台账", "交流干部跟踪台账"},
			About: i18n.T("以往各轮交流干部的到岗、保障和考核情况，每次交流一行；方案附有本轮的空白表。已不在干部表中的人提示后不计入。",
				"What became of the moves of earlier rounds, one row a move; each plan comes with the sheet of its own round. Rows of people who have left the tables are left out, with a warning.")},
		fresh:  func() posting.FollowUp { return posting.FollowUp{} },
		record: true,
		columns: append([]column[posting.FollowUp]{
			text("round", "轮次", func(f *posting.FollowUp) *string { return &f.Round }).say("", ""),
			ref("cadre", "干部编号", func(f *posting.FollowUp) *string { return &f.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			ref("post", "任职岗位编号", func(f *posting.FollowUp) *string { return &f.Post }, "posts").alias("岗位编号", "拟任岗位编号").say("", ""),
			month("date", "任职时间", func(f *posting.FollowUp) *posting.Month { return &f.Date }).say("", ""),
			month("reported", "报到时间", func(f *posting.FollowUp) *posting.Month { return &f.Reported }).ago().say("空白表示尚未报到。", "Blank: not yet."),
			tri("housing", "住房落实", func(f *posting.FollowUp) *posting.Tri { return &f.Housing }).say("", ""),
			tri("spouse_job", "配偶工作落实", func(f *posting.FollowUp) *posting.Tri { return &f.SpouseJob }).say("", ""),
			tri("school", "子女入学落实", func(f *posting.FollowUp) *posting.Tri { return &f.School }).say("", ""),
			tri("family_moved", "家属随迁", func(f *posting.FollowUp) *posting.Tri { return &f.Family }).say("", ""),
			tri("medical", "医疗关系落实", func(f *posting.FollowUp) *posting.Tri { return &f.Medical }).say("", ""),
			tri("allowance", "津贴落实", func(f *posting.FollowUp) *posting.Tri { return &f.Allowance }).say("", ""),
			someOf("promised", "承诺事项", listOf(posting.FollowUpItems[:]), func(f *posting.FollowUp) *[]string { return &f.Promised }).
				say("谈话时答应落实的事项。", "What was promised in the talk."),
		}, followUpAppraisals(l)...),
	}
}

func followUpAppraisals(l codes) []column[posting.FollowUp] {
	return []column[posting.FollowUp]{
		code("half_year", "半年考核", l.appraisal, func(f *posting.FollowUp) *string { return &f.HalfYear }).say("", ""),
		code("one_year", "一年考核", l.appraisal, func(f *posting.FollowUp) *string { return &f.OneYear }).say("", ""),
		code("midterm", "中期考核", l.appraisal, func(f *posting.FollowUp) *string { return &f.Midterm }).say("挂职、援派。", "Secondments and missions."),
		code("final", "期满考核", l.appraisal, func(f *posting.FollowUp) *string { return &f.Final }).say("挂职、援派。", "Secondments and missions."),
		ref("returns_to", "返回去向", func(f *posting.FollowUp) *string { return &f.ReturnsTo }, "posts").
			say("期满后返回的岗位编号。", "The post agreed for the return."),
		month("remind", "提醒时间", func(f *posting.FollowUp) *posting.Month { return &f.Remind }).say("", ""),
		text("note", "备注", func(f *posting.FollowUp) *string { return &f.Note }).say("", ""),
	}
}

func opinionsTable(l codes) table[posting.Opinion] {
	return table[posting.Opinion]{
		TableInfo: TableInfo{ID: "opinions", Zh: "意见", Aliases: []string{"征求意见", "征求意见情况"},
			About: i18n.T("转出、转入单位意见和谈话情况，以及组织答复；有不同意见须有答复方可定稿。",
				"Opinions of the sending and receiving unit, the talk with the person, and the answer; a plan is final only when every difference is answered.")},
		fresh: func() posting.Opinion { return posting.Opinion{} },
		columns: []column[posting.Opinion]{
			ref("cadre", "干部编号", func(o *posting.Opinion) *string { return &o.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			ref("post", "拟任岗位编号", func(o *posting.Opinion) *string { return &o.Post }, "posts").alias("岗位编号").
				say("空白表示对调整本身的意见。", "Blank: on the move as such."),
			code("from", "意见来源", l.opinionFrom, func(o *posting.Opinion) *posting.OpinionSource { return &o.From }).alias("来源").filled().say("", ""),
			code("stance", "意见", l.stance, func(o *posting.Opinion) *posting.Stance { return &o.Stance }).alias("态度").filled().say("", ""),
			code("difficulty", "困难类别", l.difficulty, func(o *posting.Opinion) *string { return &o.Difficulty }).
				say("有困难时填写；不填健康情况。", "Of which kind the difficulties are; never health."),
			text("ground", "理由", func(o *posting.Opinion) *string { return &o.Ground }).say("", ""),
			text("answer", "组织答复", func(o *posting.Opinion) *string { return &o.Answer }).alias("答复").say("空白表示尚未答复。", "Blank: not answered yet."),
			month("date", "时间", func(o *posting.Opinion) *posting.Month { return &o.Date }).say("", ""),
		},
	}
}

func wishesTable() table[posting.Wish] {
	return table[posting.Wish]{
		TableInfo: TableInfo{ID: "wishes", Zh: "意愿", Aliases: []string{"个人意愿", "志愿"},
			About: i18n.T("个人志愿，每人每志愿一行；只有启用意愿条款的政策才读取。", "Wishes, one row each; read only by policies that switch on a clause on wishes.")},
		fresh: func() posting.Wish { return posting.Wish{} },
		columns: []column[posting.Wish]{
			ref("cadre", "干部编号", func(w *posting.Wish) *string { return &w.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			number("rank", "志愿序号", func(w *posting.Wish) *int { return &w.Rank }, 0, 1, mostRank).alias("志愿").say("1 为第一志愿；不愿去的不填。", "1: the first wish; blank for a refusal."),
			ref("target", "志愿去向", func(w *posting.Wish) *string { return &w.Target }, "posts", "units", "places").alias("去向").filled().
				say("岗位、单位或地点编号。", "The id of a post, unit or place."),
			flag("refuse", "不愿去", func(w *posting.Wish) *bool { return &w.Refuse }).say("", ""),
		},
	}
}

func ratingsTable() table[posting.Rating] {
	return table[posting.Rating]{
		TableInfo: TableInfo{ID: "ratings", Zh: "用人单位评价", Aliases: []string{"单位评价", "双向选择"},
			About: i18n.T("用人单位对人选的排序、评价和否决；只有启用双向选择条款的政策才读取。",
				"What units say of candidates: rank, grade, veto; read only by policies that switch on a clause on it.")},
		fresh: func() posting.Rating { return posting.Rating{Rank: posting.Unknown, Grade: posting.Unknown} },
		columns: []column[posting.Rating]{
			ref("by", "单位或岗位编号", func(r *posting.Rating) *string { return &r.By }, "units", "posts").alias("单位编号", "岗位编号").filled().say("", ""),
			ref("cadre", "干部编号", func(r *posting.Rating) *string { return &r.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			number("rank", "排序", func(r *posting.Rating) *int { return &r.Rank }, posting.Unknown, 1, mostRank).say("1 为首选。", "1: the first choice."),
			number("grade", "评价", func(r *posting.Rating) *int { return &r.Grade }, posting.Unknown, 1, hardest).say("1（最合适）至 5。", "1 (suits best) to 5."),
			flag("veto", "否决", func(r *posting.Rating) *bool { return &r.Veto }).say("", ""),
		},
	}
}
