package workbook

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

const (
	mostHeadcount = 10_000
	mostMinutes   = 10_000
	hardest       = 5 // 条件层次 and 岗位分量 run from 1 to 5
	remotest      = 6 // 艰苦边远类别 runs from 0 to 6
)

func postsTable(l codes) table[posting.Post] {
	return table[posting.Post]{
		TableInfo: TableInfo{ID: "posts", Zh: "岗位", Aliases: []string{"岗位信息", "职位", "职务"}, Required: true,
			About: i18n.T("全部岗位，每个席位一行，空缺的也要列。", "All posts, one row for each seat, vacant ones included.")},
		columns: append(seatColumns(l), demandColumns(l)...),
		fresh: func() posting.Post {
			return posting.Post{Weight: posting.Unknown, Counts: true, Filling: posting.Fillable, Approval: posting.ByParty}
		},
		finish: func(p *posting.Post, has func(string) bool) {
			inTeam := p.Role.Principal() || p.Role == posting.Deputy || p.Role == posting.Member
			if !has("leading") {
				p.Leading = inTeam
			}
			if !has("team") {
				p.Team = inTeam
			}
			if p.Term == posting.TermSecondment {
				p.Counts = false // takes no headcount of the host
			}
		},
	}
}

func seatColumns(l codes) []column[posting.Post] {
	return []column[posting.Post]{
		key("id", "编号", func(p *posting.Post) *string { return &p.ID }).alias("岗位编号", "岗位编码", "职位编号").filled().say("", ""),
		number("order", "排序", func(p *posting.Post) *int { return &p.Order }, 0, 0, mostOrder).alias("排序号", "序号").
			say("正式排序；空白按行次。", "Place in the official order; blank: the row's place."),
		text("name", "岗位名称", func(p *posting.Post) *string { return &p.Name }).alias("名称", "职务名称", "A0215A").filled().say("", ""),
		ref("unit", "单位编号", func(p *posting.Post) *string { return &p.Unit }, "units").alias("单位", "所属单位", "所属单位编号").filled().say("", ""),
		ranked("role", "职务属性", l.role, func(p *posting.Post) *posting.Role { return &p.Role }).alias("角色", "成员类别", "A0201E").filled().
			say("只有一个主要负责人的单位，负责人填 行政正职。", "The head of a unit with one principal is 行政正职."),
		ranked("level", "职务层次", l.level, func(p *posting.Post) *posting.Level { return &p.Level }).alias("行政级别", "A0221").filled().say("", ""),
		flag("leading", "领导职务", func(p *posting.Post) *bool { return &p.Leading }).alias("是否领导职务", "A0219").
			say("空白：书记、正副职和班子成员为是。", "Blank: yes for principals, deputies and members."),
		flag("team", "班子岗位", func(p *posting.Post) *bool { return &p.Team }).alias("是否班子成员", "是否领导成员", "A0201D").
			say("空白：书记、正副职和班子成员为是。", "Blank: yes for principals, deputies and members."),
		flag("key", "重要岗位", func(p *posting.Post) *bool { return &p.Key }).alias("是否重要岗位", "关键岗位").
			say("管人管钱管物及执法审批等重要岗位；空白为否。", "Key post: people, money, goods, enforcement, approval; blank: no."),
		flag("counts", "占职数", func(p *posting.Post) *bool { return &p.Counts }).alias("是否占职数").say("空白为是。", "Counts in the headcount; blank: yes."),
		ref("superior", "直接上级岗位", func(p *posting.Post) *string { return &p.Superior }, "posts").alias("直接上级岗位编号", "汇报领导").say("", ""),
		number("weight", "岗位分量", func(p *posting.Post) *int { return &p.Weight }, posting.Unknown, 1, hardest).
			say("1 至 5；空白表示未定。", "1 to 5; blank: not set."),
		text("function", "职能", func(p *posting.Post) *string { return &p.Function }).alias("岗位职能").
			say("组织、人事、纪检、监察、审计、财务，或其他。", "One of the functions that kin may not hold, or another."),
		list("fields", "工作领域", func(p *posting.Post) *[]string { return &p.Fields }).alias("岗位类别", "分管工作", "专业要求").say("", ""),
		code("filling", "填补方式", l.filling, func(p *posting.Post) *posting.Filling { return &p.Filling }).say("空白为 本批可填。", "Blank: 本批可填."),
		code("approval", "任免程序", l.approval, func(p *posting.Post) *posting.Approval { return &p.Approval }).say("空白为 党委任免。", "Blank: 党委任免."),
		text("authority", "管理权限", func(p *posting.Post) *string { return &p.Authority }).alias("管理类别").say("", ""),
	}
}

func demandColumns(l codes) []column[posting.Post] {
	return []column[posting.Post]{
		flag("nominated", "需提名", func(p *posting.Post) *bool { return &p.Nominated }).alias("需其他机关提名").
			say("由其他机关提名的岗位；空白为否。", "Needs another organ's nomination; blank: no."),
		flag("home_area", "地域回避", func(p *posting.Post) *bool { return &p.HomeArea }).alias("是否地域回避").
			say("不得由在本地成长的人担任；空白为否。", "May not be held by one who grew up in the area; blank: no."),
		flag("live_in", "住乡要求", func(p *posting.Post) *bool { return &p.LiveIn }).alias("是否住乡").say("空白为否。", "Lodging needed whatever the distance; blank: no."),
		flag("audited", "离任审计", func(p *posting.Post) *bool { return &p.Audited }).alias("离任须审计").
			say("离任须经审计的岗位；空白为否。", "Whoever leaves the post is audited; blank: no."),
		code("term", "任用方式", l.term, func(p *posting.Post) *posting.Term { return &p.Term }).
			say("挂职、援派岗位填写；空白为正式任职。", "For secondment and mission seats; blank: an ordinary post."),
		number("term_months", "任用期限(月)", func(p *posting.Post) *int { return &p.TermMonths }, 0, 1, mostMonths).alias("挂职期限(月)").
			say("挂职、援派的月数；空白按政策。", "Months of the secondment or mission; blank: as the policy says."),
		code("staff_type", "要求编制类型", l.staff, func(p *posting.Post) *posting.StaffType { return &p.Staff }).alias("编制类型").say("空白不限。", "Blank: any."),
		text("need_party", "要求政治面貌", func(p *posting.Post) *string { return &p.NeedParty }).alias("政治面貌要求", "政治面貌").
			say("依法要求的政治面貌；空白不限。", "Asked for by law; blank: any."),
		text("need_ethnicity", "要求民族", func(p *posting.Post) *string { return &p.NeedEthnicity }).alias("民族要求", "民族").
			say("依法要求的民族（民族乡）；空白不限。", "Asked for by law (民族乡); blank: any."),
		ranked("need_degree", "要求学历", l.degree, func(p *posting.Post) *posting.Degree { return &p.NeedDegree }).alias("学历要求", "最低学历").say("空白不限。", "Blank: any."),
		text("need_licence", "要求职称", func(p *posting.Post) *string { return &p.NeedLicence }).alias("资格要求", "任职资格", "要求执业资格").say("空白不限。", "Blank: any."),
		number("need_grassroots_months", "要求基层工作经历(月)", func(p *posting.Post) *int { return &p.NeedGrassroots }, 0, 0, mostMonths).
			alias("基层经历要求").say("空白不限。", "Blank: any."),
	}
}

func unitsTable(l codes) table[posting.Unit] {
	return table[posting.Unit]{
		TableInfo: TableInfo{ID: "units", Zh: "单位", Aliases: []string{"单位信息", "机构"}, Required: true,
			About: i18n.T("乡镇、部门、群团和事业单位。", "Townships, departments, mass organisations and institutions.")},
		fresh: func() posting.Unit {
			return posting.Unit{Tier: posting.Unknown, Heads: posting.Unknown, Deps: posting.Unknown, Middle: posting.Unknown}
		},
		columns: []column[posting.Unit]{
			key("id", "编号", func(u *posting.Unit) *string { return &u.ID }).alias("单位编号", "机构编码", "B0111").filled().say("", ""),
			number("order", "排序", func(u *posting.Unit) *int { return &u.Order }, 0, 0, mostOrder).alias("排序号", "序号").
				say("正式排序；空白按行次。", "Place in the official order; blank: the row's place."),
			text("name", "单位名称", func(u *posting.Unit) *string { return &u.Name }).alias("名称", "机构名称", "B0101").filled().say("", ""),
			code("kind", "机构类别", l.kind, func(u *posting.Unit) *posting.UnitKind { return &u.Kind }).alias("单位类别", "B0131").filled().say("", ""),
			ref("parent", "上级机构", func(u *posting.Unit) *string { return &u.Parent }, "units").alias("上级单位", "上级单位编号", "B0121").say("", ""),
			ref("place", "地点编号", func(u *posting.Unit) *string { return &u.Place }, "places").alias("地点", "所在地点", "所在政区", "B0117").present().say("", ""),
			text("system", "系统", func(u *posting.Unit) *string { return &u.System }).alias("所属系统").
				say("中层干部可在同一系统内交流。", "Middle-level cadres may move inside one system."),
			list("regulates", "主管行业", func(u *posting.Unit) *[]string { return &u.Regulates }).
				say("与干部表的亲属经营行业用同一套词。", "In the words of the cadres' kin trades."),
			number("tier", "条件层次", func(u *posting.Unit) *int { return &u.Tier }, posting.Unknown, 1, hardest).
				say("1（较好）至 5（较艰苦）；空白表示未定。", "1 (better) to 5 (harder); blank: not set."),
			number("heads", "正职职数", func(u *posting.Unit) *int { return &u.Heads }, posting.Unknown, 0, mostHeadcount).
				alias("正职领导职数", "B0183").say("空白不限。", "Headcount of principals; blank: not limited."),
			number("deputies", "副职职数", func(u *posting.Unit) *int { return &u.Deps }, posting.Unknown, 0, mostHeadcount).
				alias("副职领导职数", "B0185").say("含班子其他成员；空白不限。", "Deputies and other members; blank: not limited."),
			number("middle", "内设领导职数", func(u *posting.Unit) *int { return &u.Middle }, posting.Unknown, 0, mostHeadcount).
				alias("中层职数", "B0150").say("空白不限。", "Headcount of the middle level; blank: not limited."),
		},
	}
}

func placesTable() table[posting.Place] {
	return table[posting.Place]{
		TableInfo: TableInfo{ID: "places", Zh: "地点", Aliases: []string{"政区", "地区"}, Required: true,
			About: i18n.T("单位所在和家庭所在的地点。", "Where units stand and families live.")},
		fresh: func() posting.Place {
			return posting.Place{Tier: posting.Unknown, Hardship: posting.Unknown, Lodging: posting.Unknown}
		},
		columns: []column[posting.Place]{
			key("id", "编号", func(p *posting.Place) *string { return &p.ID }).alias("地点编号", "政区代码").filled().say("", ""),
			number("order", "排序", func(p *posting.Place) *int { return &p.Order }, 0, 0, mostOrder).alias("排序号", "序号").
				say("正式排序；空白按行次。", "Place in the official order; blank: the row's place."),
			text("name", "地点名称", func(p *posting.Place) *string { return &p.Name }).alias("名称", "政区名称").filled().say("", ""),
			ref("parent", "上级地点", func(p *posting.Place) *string { return &p.Parent }, "places").alias("上级政区", "上级地点编号").say("", ""),
			number("tier", "条件层次", func(p *posting.Place) *int { return &p.Tier }, posting.Unknown, 1, hardest).
				say("1（较好）至 5（较艰苦）；空白表示未定。", "1 (better) to 5 (harder); blank: not set."),
			number("hardship", "艰苦边远类别", func(p *posting.Place) *int { return &p.Hardship }, posting.Unknown, 0, remotest).
				say("0（不属于）至 6；空白表示未定。", "0 (not listed) to 6; blank: not set."),
			text("zone", "片区", func(p *posting.Place) *string { return &p.Zone }).alias("区域", "类区").
				say("本地划分的片区；空白表示未分。", "The zone in the department's own words; blank: none."),
			number("lodging", "周转房(套)", func(p *posting.Place) *int { return &p.Lodging }, posting.Unknown, 0, mostHeadcount).
				alias("周转房套数", "宿舍床位", "宿舍和周转房").say("宿舍和周转房总数；空白表示不详。", "Dormitory places and flats; blank: not known."),
			number("outside_occupants", "外部占用(套)", func(p *posting.Place) *int { return &p.Outside }, 0, 0, mostHeadcount).
				alias("外部占用").say("其中由名册以外人员占用的。", "Of these, taken by people outside the table of cadres."),
		},
	}
}

func tripsTable() table[posting.Trip] {
	return table[posting.Trip]{
		TableInfo: TableInfo{ID: "trips", Zh: "车程", Aliases: []string{"距离", "通勤时间"},
			About: i18n.T("地点之间的单程车程，双向通用。", "Travel time between places, one way, valid in both directions.")},
		fresh: func() posting.Trip { return posting.Trip{} },
		columns: []column[posting.Trip]{
			ref("from", "起点", func(t *posting.Trip) *string { return &t.From }, "places").alias("起点编号", "地点一").filled().say("", ""),
			ref("to", "终点", func(t *posting.Trip) *string { return &t.To }, "places").alias("终点编号", "地点二").filled().say("", ""),
			number("minutes", "车程(分钟)", func(t *posting.Trip) *int { return &t.Minutes }, posting.Unknown, 0, mostMinutes).
				alias("分钟", "单程分钟").filled().say("", ""),
		},
	}
}
