package policy

import (
	"github.com/expr-lang/expr/types"

	"cadre/posting"
)

// view is what an expression looks at: a cadre (posting.None: nobody) and a post (his seat or a destination;
// posting.None: none) in a period.
type view struct {
	x       *posting.Index
	c, p, t int
}

func (v view) cadre() *posting.Cadre { return &v.x.Cadres[v.c] }
func (v view) post() *posting.Post   { return &v.x.Posts[v.p] }

// attribute is one field that expressions may read. read gives the value, and whether it is known.
type attribute struct {
	en, zh string
	typ    types.Type
	read   func(view) (any, bool)
	codes  []string // the words of its code list; empty: any text
}

// of ties a field to a code list.
func (a attribute) of(codes []string) attribute {
	a.codes = codes
	return a
}

// object is one of the things that expressions look at.
type object struct {
	en, zh string
	exists func(view) bool // where not, a condition on it does not hold
	fields []attribute
}

func text(en, zh string, get func(view) string) attribute {
	return attribute{en: en, zh: zh, typ: types.String, read: func(v view) (any, bool) { s := get(v); return s, s != "" }}
}

// word is a text whose blank is an answer: none.
func word(en, zh string, get func(view) string) attribute {
	return attribute{en: en, zh: zh, typ: types.String, read: func(v view) (any, bool) { return get(v), true }}
}

func flag(en, zh string, get func(view) bool) attribute {
	return attribute{en: en, zh: zh, typ: types.Bool, read: func(v view) (any, bool) { return get(v), true }}
}

// count is a number that is Unknown, below 0, where blank.
func count(en, zh string, get func(view) int) attribute {
	return attribute{en: en, zh: zh, typ: types.Int, read: func(v view) (any, bool) { n := get(v); return n, n >= 0 }}
}

// years are months in years, exact where the months are whole years.
func years(en, zh string, get func(view) int) attribute {
	return attribute{en: en, zh: zh, typ: types.Float64, read: func(v view) (any, bool) { n := get(v); return float64(n) / 12, n >= 0 }}
}

// words is a list; whether an empty one is blank depends on the field.
func words(en, zh string, emptyKnown bool, get func(view) []string) attribute {
	return attribute{en: en, zh: zh, typ: types.Array(types.String), read: func(v view) (any, bool) {
		l := get(v)
		return l, emptyKnown || len(l) > 0
	}}
}

// objects are everything that an expression may name, in English and Chinese. What a department never prints (the
// young reserve, reviews, holds and their reasons, family matters) is not among them.
func objects() []object {
	seen := func(v view) bool { return v.p != posting.None }
	return []object{
		{"cadre", "干部", func(v view) bool { return v.c != posting.None }, append(cadreFields(), cadreTerms()...)},
		{"post", "岗位", seen, postFields()},
		{"unit", "单位", seen, unitFields()},
		{"place", "地方", seen, placeFields()},
	}
}

func cadreFields() []attribute {
	return []attribute{
		text("id", "编号", func(v view) string { return v.cadre().ID }),
		text("rank", "职务层次", func(v view) string { return v.cadre().Level.String() }).of(posting.LevelNames[1:]),
		text("party", "政治面貌", func(v view) string { return v.cadre().Party }),
		text("degree", "学历", func(v view) string { return v.cadre().Degree.String() }).of(posting.DegreeNames[1:]),
		text("staff_type", "编制类型", func(v view) string { return string(v.cadre().Staff) }).of(staffNames),
		text("authority", "管理权限", func(v view) string { return v.cadre().Authority }),
		text("home", "家庭所在地", func(v view) string { return v.cadre().Home }),
		word("duty", "任务", func(v view) string { return string(v.cadre().Duty) }).of(dutyNames),
		words("fields", "熟悉专业", false, func(v view) []string { return v.cadre().Fields }),
		words("licences", "执业资格", true, func(v view) []string { return v.cadre().Licences }),
		words("also", "兼任", true, func(v view) []string { return v.cadre().Also }),
		flag("arrival", "拟调入", func(v view) bool { return v.cadre().Arrival() }),
		flag("leaving", "拟离任", func(v view) bool { return v.x.Leaves(v.c) > 0 }),
	}
}

// cadreTerms are the clocks of a cadre, at the start of the period.
func cadreTerms() []attribute {
	tenure := func(v view) int { return known(v.x.Tenure(v.c, v.t)) }
	level := func(v view) int { return since(v, v.cadre().LevelSince) }
	unit := func(v view) int { return since(v, v.cadre().UnitSince) }
	service := func(v view) int { return since(v, v.cadre().WorkSince) }
	return []attribute{
		count("age", "年龄", func(v view) int { return known(v.x.Age(v.c, v.t)) }),
		count("tenure_months", "任现职月数", tenure), years("tenure_years", "任现职年限", tenure),
		count("level_months", "任现职级月数", level), years("level_years", "任现职级年限", level),
		count("unit_months", "在本单位月数", unit), years("unit_years", "在本单位年限", unit),
		count("service_months", "工作月数", service), years("service_years", "工龄", service),
		count("grassroots_months", "基层工作月数", func(v view) int { return v.cadre().Grassroots }),
		years("grassroots_years", "基层工作年限", func(v view) int { return v.cadre().Grassroots }),
	}
}

func known(n int, ok bool) int {
	if !ok {
		return posting.Unknown
	}
	return n
}

// since is the months from a month to the start of the period.
func since(v view, m posting.Month) int {
	if !m.Known() {
		return posting.Unknown
	}
	return max(0, int(v.x.Calendar.Start(v.t)-m))
}

func postFields() []attribute {
	role := func(ok func(posting.Role) bool) func(view) (any, bool) {
		return func(v view) (any, bool) { r := v.post().Role; return ok(r), r != posting.RoleUnknown }
	}
	return []attribute{
		text("id", "编号", func(v view) string { return v.post().ID }),
		text("level", "职务层次", func(v view) string { return v.post().Level.String() }).of(posting.LevelNames[1:]),
		text("role", "职务类别", func(v view) string { return v.post().Role.String() }).of(posting.RoleNames[1:]),
		text("authority", "管理权限", func(v view) string { return v.post().Authority }),
		word("staff_type", "编制类型", func(v view) string { return string(v.post().Staff) }).of(append([]string{""}, staffNames...)),
		word("filling", "填补方式", func(v view) string { return string(v.post().Filling) }).of(fillingNames),
		word("approval", "任免程序", func(v view) string { return string(v.post().Approval) }).of(approvalNames),
		words("fields", "业务领域", true, func(v view) []string { return v.post().Fields }),
		count("weight", "岗位分量", func(v view) int { return v.post().Weight }),
		flag("leading", "领导职务", func(v view) bool { return v.post().Leading }),
		flag("team", "班子", func(v view) bool { return v.post().Team }),
		flag("key", "重要岗位", func(v view) bool { return v.post().Key }),
		{en: "principal", zh: "主要领导", typ: types.Bool, read: role(posting.Role.Principal)},
		{en: "middle", zh: "中层", typ: types.Bool, read: role(func(r posting.Role) bool { return r.Grade() == posting.GradeMiddle })},
		flag("nominated", "需提名", func(v view) bool { return v.post().Nominated }),
		flag("home_area", "地域回避", func(v view) bool { return v.post().HomeArea }),
		flag("live_in", "住乡要求", func(v view) bool { return v.post().LiveIn }),
	}
}

func unitFields() []attribute {
	from := func(get func(*posting.Unit) string) func(view) string {
		return func(v view) string {
			if u := v.x.UnitOf(v.p); u != posting.None {
				return get(&v.x.Units[u])
			}
			return ""
		}
	}
	return []attribute{
		text("id", "编号", from(func(u *posting.Unit) string { return u.ID })),
		text("kind", "机构类别", from(func(u *posting.Unit) string { return string(u.Kind) })).of(unitKinds),
		text("system", "系统", from(func(u *posting.Unit) string { return u.System })),
		word("parent", "上级机构", from(func(u *posting.Unit) string { return u.Parent })),
		count("tier", "条件层次", func(v view) int {
			if u := v.x.UnitOf(v.p); u != posting.None {
				return v.x.Units[u].Tier
			}
			return posting.Unknown
		}),
	}
}

func placeFields() []attribute {
	at := func(v view, get func(*posting.Place) int) int { return ofPlace(v.x, v.p, get, posting.Unknown) }
	return []attribute{
		text("id", "编号", func(v view) string { return ofPlace(v.x, v.p, func(z *posting.Place) string { return z.ID }, "") }),
		text("zone", "片区", func(v view) string { return zoneOf(v.x, v.p) }),
		count("tier", "条件层次", func(v view) int { return at(v, func(p *posting.Place) int { return p.Tier }) }),
		count("hardship", "艰苦边远类别", func(v view) int { return at(v, func(p *posting.Place) int { return p.Hardship }) }),
		count("home_minutes", "通勤分钟", func(v view) int {
			if v.c == posting.None {
				return posting.Unknown
			}
			return known(v.x.HomeMinutes(v.c, v.p))
		}),
	}
}

// protectedFields are the fields of `cadre` that exist only for kinds whose page names the attribute: sex, ethnicity,
// native_place, care, marriage.
var protectedFields = map[string][]attribute{
	"sex":       {text("sex", "性别", func(v view) string { return v.cadre().Sex })},
	"ethnicity": {text("ethnicity", "民族", func(v view) string { return v.cadre().Ethnicity })},
	"native_place": {
		text("native_place", "籍贯", func(v view) string { return v.cadre().NativePlace }),
		text("grew_up", "成长地", func(v view) string { return v.cadre().GrewUp }),
	},
	"care": {flag("care", "照顾标识", func(v view) bool { return v.cadre().Care })},
	"marriage": {flag("married_here", "配偶在册", func(v view) bool {
		for _, tie := range v.x.Ties {
			if tie.Kin == posting.Spouse && (tie.A == v.cadre().ID || tie.B == v.cadre().ID) {
				return true
			}
		}
		return false
	})},
}
