package workbook

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"unicode"

	"cadre/internal/i18n"
	"cadre/posting"
)

// person is a row of the cadres or arrivals while it is being read.
type person struct {
	posting.Cadre
	identity [sha256.Size]byte // hash of the identity number, zero where blank
	idBirth  posting.Month     // birth month in that number
}

func freshPerson() person {
	return person{Cadre: posting.Cadre{Grassroots: posting.Unknown, AreaMonths: posting.Unknown, SpecialChanges: posting.Unknown, FamilySize: posting.Unknown, Disposition: posting.Normal}}
}

// Bounds of plausible numbers of the person tables; beyond them a digit has slipped.
const (
	mostOrder   = 1_000_000_000
	mostMonths  = 720
	mostFamily  = 30
	mostChanges = 20
)

func cadresTable(l codes) table[person] {
	return table[person]{
		TableInfo: TableInfo{ID: "cadres", Zh: "干部", Aliases: []string{"干部名册", "干部信息", "干部基本情况", "人员"}, Required: true,
			About: i18n.T("计划基准日在册的干部，每人一行。", "The cadres in post on the plan date, one row each.")},
		columns: append(append(basicColumns(l), careerColumns(l, NeedsColumn)...), batchColumns(l)...),
		fresh:   freshPerson,
	}
}

func arrivalsTable(l codes) table[person] {
	arrives := month("arrives", "拟到任时间", func(c *person) *posting.Month { return &c.Arrives }).alias("拟调入时间", "到任时间").filled().
		say("可以安排岗位的起始年月。", "The month from which the person can be placed.")
	columns := append(basicColumns(l), arrives)
	return table[person]{
		TableInfo: TableInfo{ID: "arrivals", Zh: "拟调入", Aliases: []string{"拟调入干部", "拟调入人员"},
			About: i18n.T("从上级、外县、部队、企业等调入、需要安排岗位的人员；列与干部表相同。",
				"People who come from elsewhere and are to be placed; the columns are those of the cadres.")},
		columns: append(append(columns, careerColumns(l, Optional)...), batchColumns(l)...),
		fresh:   freshPerson,
	}
}

func basicColumns(l codes) []column[person] {
	return []column[person]{
		key("id", "编号", func(c *person) *string { return &c.ID }).alias("干部编号", "人员编号", "工作证号").filled().
			say("全表唯一的编号，其他表以它指人；姓名不作为依据。", "Unique key by which other tables name the person; names are no keys."),
		identityColumn().alias("公民身份号码", "身份证", "身份证号码", "A0184", "ShenFenZheng").private().
			say("只用于查重，读入后即丢弃，不保存、不输出。", "Used to find duplicates only; dropped after reading, never kept or printed."),
		number("order", "排序", func(c *person) *int { return &c.Order }, 0, 0, mostOrder).alias("排序号", "序号").
			say("正式排序；空白按行次。", "Place in the official order; blank: the row's place."),
		personName().alias("A0101", "XingMing").filled().say("", ""),
		code("sex", "性别", l.sex, func(c *person) *string { return &c.Sex }).alias("A0104", "XingBie").say("", ""),
		month("birth_month", "出生年月", func(c *person) *posting.Month { return &c.Birth }).ago().
			alias("出生日期", "出生时间", "A0107", "ChuShengNianYue").present().say("", ""),
		text("ethnicity", "民族", func(c *person) *string { return &c.Ethnicity }).alias("A0117", "MinZu").say("", ""),
		text("native_place", "籍贯", func(c *person) *string { return &c.NativePlace }).alias("A0111", "A0111A", "JiGuan").
			say("不作为地域回避依据。", "Never the test of area avoidance."),
		ref("grew_up", "成长地", func(c *person) *string { return &c.GrewUp }, "places").or(posting.Elsewhere).
			alias("成长地代码", "A0115A", "A0115").say("地点编号或 外地；空白表示不详。", "A place id or 外地 (elsewhere); blank: not known."),
		text("party", "政治面貌", func(c *person) *string { return &c.Party }).alias("A0140", "ZhengZhiMianMao").say("", ""),
		partySince(),
		month("work_since", "参加工作时间", func(c *person) *posting.Month { return &c.WorkSince }).ago().
			alias("工作时间", "A0134", "CanJiaGongZuoShiJian").say("", ""),
		ranked("degree", "学历", l.degree, func(c *person) *posting.Degree { return &c.Degree }).alias("最高学历", "QRZXL").say("", ""),
		list("licences", "职称", func(c *person) *[]string { return &c.Licences }).
			alias("执业资格", "职称及执业资格", "专业技术职务", "A0196", "ZhuanYeJiShuZhiWu").say("", ""),
		list("fields", "熟悉专业", func(c *person) *[]string { return &c.Fields }).
			alias("熟悉领域", "熟悉专业有何专长", "专长", "分管工作", "A0187A", "ShuXiZhuanYeYouHeZhuanChang").
			say("熟悉的专业和分管过的工作，与岗位表的工作领域用同一套词。", "Specialities and fields of work held, in the words of the posts' fields."),
		list("temperament", "性格特点", func(c *person) *[]string { return &c.Temperament }).alias("性格").
			say("本单位统一用词；空白表示未测评。", "Words of the department's own; blank: not assessed."),
		appraisals(l.appraisal).alias("年度考核", "年度考核结果", "A15Z101", "NianDuKaoHeJieGuo").
			say("如 2024优秀；2025称职。", "For example 2024优秀；2025称职."),
	}
}

func careerColumns(l codes, need Need) []column[person] {
	columns := []column[person]{
		ranked("level", "职务层次", l.level, func(c *person) *posting.Level { return &c.Level }).alias("A0221", "行政级别").
			say("职务层次，不是职级。", "The level of office, never the non-leading rank."),
		mainPost().alias("现任岗位编号", "现任岗位", "现任职务", "岗位编号").
			say("主要职务的岗位编号；兼任另列。", "The id of the main post; concurrent posts stand apart."),
		month("post_since", "任现职时间", func(c *person) *posting.Month { return &c.PostSince }).ago().alias("现职务始任时间", "任现职务时间", "A0243").say("", ""),
	}
	for i := range columns {
		columns[i].Need = need
	}
	return append(columns, []column[person]{
		month("level_since", "任现职务层次时间", func(c *person) *posting.Month { return &c.LevelSince }).ago().alias("A0288", "A0173", "现职级始任时间").say("", ""),
		number("deduct_months", "扣减时间(月)", func(c *person) *int { return &c.Deduct }, 0, 0, mostMonths).alias("A0532").
			say("不计入任职时间的月数。", "Months not counted in the tenure."),
		month("unit_since", "到本单位时间", func(c *person) *posting.Month { return &c.UnitSince }).ago().alias("进入本单位时间", "到现单位时间").say("", ""),
		refs("also", "兼任", func(c *person) *[]string { return &c.Also }, "posts").alias("兼任岗位", "兼任岗位编号", "兼任职务", "兼任单位及职务").
			say("兼任的岗位编号，与主要职务同任同免。", "Ids of the concurrent posts, held as long as the main one."),
		code("staff_type", "编制类型", l.staff, func(c *person) *posting.StaffType { return &c.Staff }).alias("编制", "A0121").say("", ""),
		text("authority", "管理权限", func(c *person) *string { return &c.Authority }).alias("管理类别", "A0165").
			say("由谁管理，如 县管、市管。", "Whose authority, such as 县管."),
		number("grassroots_months", "基层工作经历时间(月)", func(c *person) *int { return &c.Grassroots }, posting.Unknown, 0, mostMonths).
			alias("基层工作经历", "A0194").say("空白表示不详。", "Blank: not known."),
		number("area_months", "本地区同层次任职累计月数", func(c *person) *int { return &c.AreaMonths }, posting.Unknown, 0, mostMonths).
			say("截至基准日。", "On the plan date."),
		number("special_changes", "本届特殊变动次数", func(c *person) *int { return &c.SpecialChanges }, posting.Unknown, 0, mostChanges).
			say("本届任期内因工作特殊需要调整职务的次数。", "Changes of post for special need within the present term."),
		list("kin_trades", "亲属经营行业", func(c *person) *[]string { return &c.KinTrades }).
			say("配偶、子女及其配偶经营企业的行业，与单位表的主管行业用同一套词。", "Trades in which spouse, children or their spouses run enterprises, in the words of the units' regulated trades."),
		month("serves_until", "最低服务期至", func(c *person) *posting.Month { return &c.ServesUntil }).
			say("乡镇最低服务期的最后一月。", "Last month of the minimum service in the townships."),
		flag("reserve", "优秀年轻干部", func(c *person) *bool { return &c.Reserve }).private().
			say("只供有关条款读取，从不输出。", "Read by the clauses concerned, never printed."),
		ref("home", "家庭所在地", func(c *person) *string { return &c.Home }, "places").or(posting.Elsewhere).alias("家庭所在地点").
			say("地点编号或 外地；空白表示不详。", "A place id or 外地; blank: not known."),
		ref("lodging", "现住周转房地点", func(c *person) *string { return &c.Lodging }, "places").alias("现住周转房", "周转房地点").
			say("现住哪个地点的宿舍或周转房。", "The place in whose dormitory the person lives now."),
		number("family_size", "随居家庭人口(人)", func(c *person) *int { return &c.FamilySize }, posting.Unknown, 0, mostFamily).alias("家庭人口").
			say("会随同居住的人数（含本人）；空白表示不详。", "Persons who would live together, the cadre included; blank: not known."),
		number("exam_year", "子女中考高考年", func(c *person) *int { return &c.ExamYear }, 0, firstYear, lastYear).alias("子女升学年").say("", ""),
		tri("parent_care", "赡养老人", func(c *person) *posting.Tri { return &c.ParentCare }).alias("需照顾父母").say("", ""),
		tri("family_hardship", "登记困难", func(c *person) *posting.Tri { return &c.Hardship }).alias("家庭困难", "登记的家庭困难").say("", ""),
	}...)
}

// mainPost refuses a list: one of several posts is the main one, and only the planner can say which.
func mainPost() column[person] {
	c := ref("post", "现任职务编号", func(c *person) *string { return &c.Post }, "posts")
	c.set = func(c *person, s string) *fault {
		if posts := split(s); len(posts) > 1 {
			c.Post = posts[0]
			return &fault{"E1404", i18n.T("是多个职务；只写主要职务，其余写入 兼任", "is more than one post; write the main one, and the others under also")}
		}
		c.Post = s
		return nil
	}
	return c
}

// personName reads a name without the spaces that pad short names (张  三).
func personName() column[person] {
	c := text("name", "姓名", func(c *person) *string { return &c.Name })
	c.set = func(c *person, s string) *fault {
		if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			s = white.ReplaceAllString(s, "")
		}
		c.Name = s
		return nil
	}
	return c
}

// identityColumn hashes an identity number at once: nothing else of it is kept.
func identityColumn() column[person] {
	return column[person]{
		Heading: Heading{ID: "identity", Zh: "身份证号", Kind: TextKind},
		set: func(c *person, s string) *fault {
			s = strings.ToUpper(white.ReplaceAllString(s, ""))
			c.identity = sha256.Sum256([]byte(s))
			if len(s) == 18 {
				c.idBirth, _ = parseMonth(s[6:12]) // a number without a date is no fault of the roster's dates
			}
			return nil
		},
		get: func(*person) string { return "" },
	}
}

// partySince reads 入党时间, which rosters also use for the name of another party.
func partySince() column[person] {
	c := month("party_since", "入党时间", func(c *person) *posting.Month { return &c.PartySince })
	parse := c.set
	c.set = func(c *person, s string) *fault {
		if !strings.ContainsAny(s, "0123456789") {
			if c.Party == "" {
				c.Party = s
			}
			return nil
		}
		return parse(c, s)
	}
	return c.ago().alias("A0144", "RuDangShiJian", "入党时间及党派").
		say("填党派名称时视为政治面貌。", "The name of a party instead of a date is taken as 政治面貌.")
}

// appraisals reads 2024优秀；2025称职, with or without 年 or a colon after the year.
func appraisals(l codeList) column[person] {
	set := func(c *person, s string) *fault {
		var out []posting.Appraisal
		for _, item := range split(s) {
			a, f := parseAppraisal(l, item)
			if f != nil {
				return f
			}
			out = append(out, a)
		}
		c.Appraisals = out
		return nil
	}
	get := func(c *person) string {
		items := make([]string, len(c.Appraisals))
		for i, a := range c.Appraisals {
			items[i] = strconv.Itoa(a.Year) + a.Grade
		}
		return strings.Join(items, "；")
	}
	return column[person]{Heading: Heading{ID: "appraisals", Zh: "年度考核结果", Kind: ListKind}, set: set, get: get}
}

func parseAppraisal(l codeList, item string) (posting.Appraisal, *fault) {
	bad := &fault{"E1208", i18n.F("不是年度考核结果；应写成 2024优秀，等次为 %[1]s", "is no appraisal; write 2024优秀 with one of %[1]s", strings.Join(l.words, "、"))}
	if len(item) < 4 {
		return posting.Appraisal{}, bad
	}
	year, err := strconv.Atoi(item[:4])
	if err != nil || year < firstYear || year > lastYear {
		return posting.Appraisal{}, bad
	}
	i, f := l.find(strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(item[4:]), "年度"), "年:： ")))
	if f != nil {
		return posting.Appraisal{}, bad
	}
	return posting.Appraisal{Year: year, Grade: l.words[i]}, nil
}
