package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Text is the word of the drafting ladder in both languages.
func (m Modality) Text() i18n.Text {
	return i18n.T(m.Word(), map[Modality]string{Hard: "must", Waivable: "should", Level: "generally", Weighted: "in a planned way", Report: "measured"}[m])
}

// classWords are the classes of posts in words.
var classWords = map[string]i18n.Text{
	"leading": i18n.T("领导职务", "leading posts"), "not_leading": i18n.T("非领导职务", "posts that are not leading"),
	"team": i18n.T("班子岗位", "seats of the team"), "not_team": i18n.T("班子以外岗位", "posts outside the team"),
	"key": i18n.T("重要岗位", "key posts"), "not_key": i18n.T("重要岗位以外的岗位", "posts that are not key"),
	"principal": i18n.T("主要领导", "principals"), "not_principal": i18n.T("主要领导以外的人员", "others than principals"),
	"middle": i18n.T("中层", "the middle level"), "not_middle": i18n.T("中层以外的人员", "others than the middle level"),
}

// condition is one field of a selector that is given.
type condition struct {
	key    string
	name   i18n.Text // "" where the values say it all
	values []i18n.Text
	stated any // as a file states it
}

// conditions are the fields of a selector that are given, in the order of the keys.
func (s *Selector) conditions() []condition {
	var out []condition
	add := func(key, zh, en string, stated any, values []i18n.Text) {
		if len(values) > 0 {
			out = append(out, condition{key, i18n.T(zh, en), values, stated})
		}
	}
	ids := func(words []string) []i18n.Text {
		return shown(words, func(w string) i18n.Text { return i18n.T(w, w) })
	}
	numbers := func(list []int) []i18n.Text { return ids(decimals(list)) }
	rank, post, role, kind, staff := named(s.Rank), named(s.PostRank), named(s.Role), plain(s.UnitKind), plain(s.Staff)
	add("rank", "职务层次", "level", rank, ids(rank))
	add("post_rank", "岗位层次", "level of the post", post, ids(post))
	add("class", "", "", s.Class, shown(s.Class, func(c string) i18n.Text { return classWords[c] }))
	add("role", "职务属性", "role", role, ids(role))
	add("unit_kind", "机构类别", "kind of unit", kind, ids(kind))
	add("staff_type", "编制类型", "staff type", staff, ids(staff))
	add("authority", "管理权限", "authority", s.Authority, ids(s.Authority))
	add("cadres", "干部", "cadres", s.Cadres, ids(s.Cadres))
	add("posts", "岗位", "posts", s.Posts, ids(s.Posts))
	add("units", "单位", "units", s.Units, ids(s.Units))
	add("hardship", "艰苦边远类别", "hardship class", s.Hardship, numbers(s.Hardship))
	add("tier", "条件层次", "tier of the place", s.Tier, numbers(s.Tier))
	add("zone", "片区", "zone", s.Zone, ids(s.Zone))
	if s.Tenure > 0 {
		add("tenure_at_least", "任现职满", "in post for at least", float64(s.Tenure)/12, []i18n.Text{i18n.F("%[1]s 年", "%[1]s years", inYears(s.Tenure))})
	}
	if s.AgeAtMost > 0 {
		add("age_at_most", "年龄不超过", "age at most", s.AgeAtMost, []i18n.Text{i18n.F("%d 岁", "%d", s.AgeAtMost)})
	}
	if sources := shown(s.Exprs, func(e *Expression) i18n.Text { return i18n.T(e.Source, e.Source) }); len(sources) > 0 {
		add("where", "条件", "where", shown(s.Exprs, func(e *Expression) string { return e.Source }), sources)
	}
	return out
}

// Stated is the selector as a file states it, by key; empty where it selects all.
func (s *Selector) Stated() map[string]any {
	out := map[string]any{}
	for _, c := range s.conditions() {
		out[c.key] = c.stated
	}
	return out
}

// Words say whom or what a selector selects, "" where that is everybody.
func (s *Selector) Words() i18n.Text {
	var zh, en []string
	for _, c := range s.conditions() {
		values := i18n.T(joined(c.values, i18n.Zh, "、"), joined(c.values, i18n.En, ", "))
		if c.name.Zh != "" {
			values = i18n.T(c.name.Zh+" "+values.Zh, c.name.En+" "+values.En)
		}
		zh, en = append(zh, values.Zh), append(en, values.En)
	}
	return i18n.T(strings.Join(zh, "；"), strings.Join(en, "; "))
}

// Whom says for whom the clause is, and to which destinations.
func (c *Clause) Whom() i18n.Text {
	who, to := c.For.Words(), c.To.Words()
	switch {
	case to.Zh == "" && who.Zh == "":
		return i18n.T("不限", "all")
	case to.Zh == "":
		return who
	case who.Zh == "":
		return i18n.F("去向：%s", "destination: %s", to)
	}
	return i18n.F("%[1]s；去向：%[2]s", "%[1]s; destination: %[2]s", who, to)
}

// Setting is one parameter of a clause in words.
type Setting struct {
	Name  string
	Text  i18n.Text // what it means
	Value i18n.Text
}

// Settings are the parameters of the clause by name.
func (c *Clause) Settings() []Setting {
	var out []Setting
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		p := Kinds()[c.Kind].Parameters[name]
		out = append(out, Setting{name, p.Text, valueWords(p, c.Params[name])})
	}
	return out
}

func valueWords(p Parameter, v any) i18n.Text {
	switch v := v.(type) {
	case Ratio:
		return i18n.T(v.percent(), v.percent())
	case bool:
		if v {
			return i18n.T("是", "yes")
		}
		return i18n.T("否", "no")
	case int:
		if p.Type == "years" {
			return i18n.F("%[1]s 年", "%[1]s years", inYears(v))
		}
		return i18n.F("%d", "%d", v)
	case []string:
		if len(v) == 0 {
			return i18n.T("无", "none")
		}
		return listed(v)
	case []Row:
		rows := strings.Join(shown(v, func(r Row) string { return r.words(p.Columns) }), " ")
		return i18n.T(rows, rows)
	}
	return i18n.F("%v", "%v", v)
}

// words write a row as a file states it, without blank cells.
func (r Row) words(columns []string) string {
	var cells []string
	for _, column := range columns {
		if r[column] != "" {
			cells = append(cells, column+": "+r[column])
		}
	}
	return "{" + strings.Join(cells, ", ") + "}"
}

// percent writes a share as a percentage where that is a whole number, else as a fraction.
func (r Ratio) percent() string {
	if 100%r.Den == 0 {
		return strconv.FormatInt(100/r.Den*r.Num, 10) + "%"
	}
	return r.String()
}

func shown[T, U any](list []T, word func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = word(v)
	}
	return out
}

func named[T fmt.Stringer](list []T) []string { return shown(list, T.String) }

func plain[T ~string](list []T) []string { return shown(list, func(v T) string { return string(v) }) }

func decimals(list []int) []string { return shown(list, strconv.Itoa) }

func joined(texts []i18n.Text, lang i18n.Lang, sep string) string {
	return strings.Join(shown(texts, func(t i18n.Text) string { return t.In(lang) }), sep)
}

// CoveredLevels names the levels for which the citation may be used; none where it sets no limit.
func (c Citation) CoveredLevels() []string { return named[posting.Level](c.Covers) }
