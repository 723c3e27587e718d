package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

func tiesTable(l codes) table[posting.Tie] {
	return table[posting.Tie]{
		TableInfo: TableInfo{ID: "ties", Zh: "亲属关系", Aliases: []string{"亲属", "社会关系"},
			About: i18n.T("名册内两人之间的亲属关系（含拟调入人员）。", "Kinship between two people of the tables, arrivals included.")},
		fresh: func() posting.Tie { return posting.Tie{} },
		columns: []column[posting.Tie]{
			ref("a", "甲方编号", func(t *posting.Tie) *string { return &t.A }, "cadres").alias("甲方", "干部编号", "本人编号").filled().say("", ""),
			ref("b", "乙方编号", func(t *posting.Tie) *string { return &t.B }, "cadres").alias("乙方", "亲属编号").filled().say("", ""),
			code("kin", "关系", l.kin, func(t *posting.Tie) *posting.Kin { return &t.Kin }).alias("亲属关系", "称谓", "A3604A").filled().say("", ""),
		},
	}
}

func historyTable() table[posting.Stint] {
	return table[posting.Stint]{
		TableInfo: TableInfo{ID: "history", Zh: "任职经历", Aliases: []string{"简历", "任职简历"},
			About: i18n.T("以往的任职，每段一行；现任职务不必列。", "Earlier posts, one row each; the present one need not be listed.")},
		fresh: func() posting.Stint { return posting.Stint{} },
		columns: []column[posting.Stint]{
			ref("cadre", "干部编号", func(s *posting.Stint) *string { return &s.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			text("unit", "任职机构", func(s *posting.Stint) *string { return &s.Unit }).alias("任职机构名称", "单位", "单位编号", "A0201B", "A0201A").
				say("单位编号或单位名称。", "A unit id or free text."),
			text("post", "任职岗位", func(s *posting.Stint) *string { return &s.Post }).alias("职务名称", "岗位", "岗位编号", "A0215A").
				say("岗位编号或职务名称。", "A post id or free text."),
			month("from", "任职时间", func(s *posting.Stint) *posting.Month { return &s.From }).ago().alias("起始时间", "A0243").present().say("", ""),
			until("to", "免职时间", func(s *posting.Stint) *posting.Month { return &s.To }).ago().alias("终止时间", "截止时间", "A0265").
				say("空白或 至今 表示仍在任。", "Blank or 至今: still held."),
			tri("exchanged", "交流标识", func(s *posting.Stint) *posting.Tri { return &s.Exchanged }).alias("是否交流", "A0284").say("", ""),
		},
	}
}

func departuresTable(l codes) table[posting.Departure] {
	return table[posting.Departure]{
		TableInfo: TableInfo{ID: "departures", Zh: "拟离任", Aliases: []string{"拟离任干部", "拟离任人员"},
			About: i18n.T("已定离任的干部；其岗位自离任之月起空出。", "Cadres who are to leave; their seats open in that month.")},
		fresh: func() posting.Departure { return posting.Departure{} },
		columns: []column[posting.Departure]{
			ref("cadre", "干部编号", func(d *posting.Departure) *string { return &d.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			month("month", "离任时间", func(d *posting.Departure) *posting.Month { return &d.Month }).alias("离任年月", "拟离任时间").filled().say("", ""),
			code("class", "离任类别", l.leave, func(d *posting.Departure) *posting.LeaveClass { return &d.Class }).alias("离任原因", "类别").filled().say("", ""),
		},
	}
}

func exceptionsTable() table[posting.Exception] {
	return table[posting.Exception]{
		TableInfo: TableInfo{ID: "exceptions", Zh: "例外审批", Aliases: []string{"经批准的例外", "例外"},
			About: i18n.T("经批准的例外；方案只能使用登记在此的例外。", "Approved exceptions; a plan uses none that is not recorded here.")},
		fresh: func() posting.Exception { return posting.Exception{} },
		columns: []column[posting.Exception]{
			key("no", "例外编号", func(e *posting.Exception) *string { return &e.No }).alias("编号", "序号").filled().say("", ""),
			key("clause", "条款", func(e *posting.Exception) *string { return &e.Clause }).alias("条款编号").filled().
				say("政策文件中的条款编号，如 R07。", "The clause's id in the policy, such as R07."),
			ref("subject", "对象编号", func(e *posting.Exception) *string { return &e.Subject }, "cadres", "posts", "units").alias("对象").filled().
				say("干部、岗位或单位编号。", "The id of a cadre, a post or a unit."),
			text("ground", "理由", func(e *posting.Exception) *string { return &e.Ground }).alias("依据", "批准理由").filled().say("", ""),
			text("approver", "批准机关", func(e *posting.Exception) *string { return &e.Approver }).alias("审批机关").filled().say("", ""),
			text("document", "文号", func(e *posting.Exception) *string { return &e.Document }).alias("批准文号", "文件号").filled().say("", ""),
			until("until", "有效期至", func(e *posting.Exception) *posting.Month { return &e.Until }).alias("有效期").
				say("有效的最后一个月；空白或 长期 表示不限。", "Last month in which it holds; blank or 长期: no end."),
		},
	}
}

func documentsTable() table[posting.Document] {
	return table[posting.Document]{
		TableInfo: TableInfo{ID: "documents", Zh: "文件", Aliases: []string{"文件目录", "批准文件"},
			About: i18n.T("例外所依据的文件；有此表时，例外的文号必须列在其中。", "The papers on which exceptions rest; where the table is there, it has to list the document of every exception.")},
		fresh: func() posting.Document { return posting.Document{} },
		columns: []column[posting.Document]{
			text("no", "文号", func(d *posting.Document) *string { return &d.No }).alias("文件号", "编号").filled().say("", ""),
			text("title", "文件名称", func(d *posting.Document) *string { return &d.Title }).alias("名称", "标题").say("", ""),
			text("body", "发文机关", func(d *posting.Document) *string { return &d.Body }).alias("机关").say("", ""),
			month("date", "发文日期", func(d *posting.Document) *posting.Month { return &d.Date }).ago().alias("日期", "成文日期").say("", ""),
		},
	}
}

func doneTable() table[posting.Done] {
	return table[posting.Done]{
		TableInfo: TableInfo{ID: "done", Zh: "本年度已交流", Aliases: []string{"已交流", "本年已交流"},
			About: i18n.T("本年度在基准日以前已经完成的交流，计入全年比例。", "Moves already made this year, before the plan date; they count in the yearly shares.")},
		fresh: func() posting.Done { return posting.Done{} },
		columns: []column[posting.Done]{
			ref("cadre", "干部编号", func(d *posting.Done) *string { return &d.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			ref("from", "原岗位编号", func(d *posting.Done) *string { return &d.From }, "posts").alias("原岗位", "原任岗位").filled().say("", ""),
			ref("to", "新岗位编号", func(d *posting.Done) *string { return &d.To }, "posts").alias("新岗位", "现任岗位").filled().say("", ""),
			month("month", "交流时间", func(d *posting.Done) *posting.Month { return &d.Month }).ago().alias("任职时间", "交流年月").filled().say("", ""),
		},
	}
}

func previousTable() table[posting.Planned] {
	return table[posting.Planned]{
		TableInfo: TableInfo{ID: "previous", Zh: "上一轮方案", Aliases: []string{"上轮方案", "原方案"},
			About: i18n.T("上一轮（或者已经批准）的方案，每人一行，留任的写现任岗位；新方案与之相比变动尽可能少。", "The plan before, one row a cadre, those who were to stay with their present post; a new plan changes as little of it as possible.")},
		fresh: func() posting.Planned { return posting.Planned{Period: 1} },
		columns: []column[posting.Planned]{
			ref("cadre", "干部编号", func(p *posting.Planned) *string { return &p.Cadre }, "cadres").alias("编号", "人员编号").filled().say("", ""),
			ref("to", "拟任岗位编号", func(p *posting.Planned) *string { return &p.To }, "posts").alias("拟任岗位", "岗位编号").filled().say("", ""),
			number("period", "批次", func(p *posting.Planned) *int { return &p.Period }, 0, 1, mostPeriods).say("", ""),
		},
	}
}
