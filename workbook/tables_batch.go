package workbook

import (
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// batchColumns are what was decided about a person for this batch. None has a place for a reason.
func batchColumns(l codes) []column[person] {
	return []column[person]{
		disposition(l.disposition),
		refs("unsuited", "不宜岗位", func(c *person) *[]string { return &c.Unsuited }, "posts", "units").alias("不宜").
			say("不宜安排的岗位或单位编号。", "Posts or units that the person is not to be given."),
		text("decided_by", "处置决定机构", func(c *person) *string { return &c.DecidedBy }).alias("决定机构", "提出单位").say("", ""),
		flag("hold", "暂缓", func(c *person) *bool { return &c.Hold }).alias("暂缓交流").private().
			say("只填是/否，不填理由。", "Yes or no, never a reason."),
		until("hold_until", "暂缓至", func(c *person) *posting.Month { return &c.HoldUntil }).private().
			say("暂缓的最后一个月；空白表示未定。", "Last month of the hold; blank: no end."),
		flag("care", "暂不调往较远较艰苦岗位", func(c *person) *bool { return &c.Care }).alias("暂不调往较远岗位").private().
			say("只填是/否，不填理由。", "Yes or no, never a reason."),
		refs("consents", "本人同意岗位", func(c *person) *[]string { return &c.Consents }, "posts", "units").or(posting.Anywhere).alias("同意岗位").
			say("本人同意前往的岗位或单位编号，* 表示全部。", "Posts or units that the person accepts all the same; * for all."),
		flag("review", "组织掌握", func(c *person) *bool { return &c.Review }).private().
			say("只填是/否，不填理由。", "Yes or no, never a reason."),
		code("duty", "专项任务", l.duty, func(c *person) *posting.Duty { return &c.Duty }).alias("援派挂职", "专项任务类别").say("", ""),
		until("duty_until", "专项任务至", func(c *person) *posting.Month { return &c.DutyUntil }).alias("任务期满时间", "挂职至").
			say("任务的最后一个月。", "Last month of the duty."),
		ranked("origin_level", "派出前职务层次", l.level, func(c *person) *posting.Level { return &c.OriginLevel }).
			say("援派期满后保证的职务层次；空白按现职务层次。", "The level guaranteed at the end of a mission; blank: the present one."),
		ref("returns_to", "期满返回岗位", func(c *person) *string { return &c.ReturnsTo }, "posts").alias("返回岗位").
			say("援派期满后约定返回的岗位编号。", "The post promised at the end of a mission."),
		month("probation_until", "试用期至", func(c *person) *posting.Month { return &c.Probation }).alias("试用期满时间").
			say("试用期的最后一个月。", "Last month of the probation."),
	}
}

// disposition reads 正常, 不动, 必动, 定岗:P012 and 不宜:P012；U03, alone or several in one cell.
func disposition(l codeList) column[person] {
	fixedPosts := func(c *person) []string { return one(c.FixedPost) }
	return column[person]{
		Heading: Heading{ID: "disposition", Zh: "本批处置", Kind: CodeKind, Words: l.words, Refs: []string{"posts"},
			About: i18n.T("正常、不动、必动、定岗:岗位编号、不宜:岗位或单位编号；空白为正常。",
				"正常 (normal), 不动 (stays), 必动 (must move), 定岗:post, 不宜:posts or units; blank: 正常.")},
		set: func(c *person, s string) *fault { return setDisposition(c, l, s) },
		get: func(c *person) string {
			if c.Disposition == posting.Fixed {
				return string(posting.Fixed) + ":" + c.FixedPost
			}
			return string(c.Disposition)
		},
		ids: fixedPosts,
	}
}

const unsuited = "不宜"

func setDisposition(c *person, l codeList, s string) *fault {
	bad := &fault{"E1209", i18n.T("不是本批处置；应为 正常、不动、必动、定岗:岗位编号 或 不宜:岗位或单位编号",
		"is no disposition; expected 正常, 不动, 必动, 定岗:post or 不宜:posts or units")}
	listing := false
	for _, item := range split(s) {
		word, rest, directive := strings.Cut(item, ":")
		word, rest = strings.TrimSpace(word), strings.TrimSpace(rest)
		i, f := l.find(word)
		switch {
		case directive && word == unsuited && rest != "":
			c.Unsuited, listing = append(c.Unsuited, rest), true
		case directive && word == string(posting.Fixed) && rest != "":
			c.Disposition, c.FixedPost, listing = posting.Fixed, rest, false
		case !directive && f == nil && word != string(posting.Fixed):
			c.Disposition, listing = posting.Disposition(l.words[i]), false
		case !directive && listing:
			c.Unsuited = append(c.Unsuited, item)
		default:
			return bad
		}
	}
	return nil
}
