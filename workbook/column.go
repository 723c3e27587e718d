package workbook

import (
	"math"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// The constructors below make a column from its field id, its Chinese heading and a function that points to the
// record's field.

func text[T any](id, zh string, p func(*T) *string) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: TextKind},
		set:     func(r *T, s string) *fault { *p(r) = s; return nil },
		get:     func(r *T) string { return *p(r) },
	}
}

// key is the id of a row.
func key[T any](id, zh string, p func(*T) *string) column[T] {
	c := text(id, zh, p)
	c.Kind = KeyKind
	c.set = func(r *T, s string) *fault {
		*p(r) = s
		if parts := split(s); len(parts) != 1 || parts[0] != s {
			return &fault{"E1211", i18n.T("含有分隔符；编号中不能有 ；、，", "holds a separator; an id is free of ; 、 and commas")}
		}
		return nil
	}
	return c
}

// ref is a text that must be an id of one of the tables, or the word of or.
func ref[T any](id, zh string, p func(*T) *string, tables ...string) column[T] {
	c := text(id, zh, p)
	c.Kind, c.Refs = RefKind, tables
	c.ids = func(r *T) []string { return one(*p(r)) }
	return c
}

func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func list[T any](id, zh string, p func(*T) *[]string) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: ListKind},
		set:     func(r *T, s string) *fault { *p(r) = split(s); return nil },
		get:     func(r *T) string { return strings.Join(*p(r), "；") },
	}
}

// refs is a list of ids of the tables.
func refs[T any](id, zh string, p func(*T) *[]string, tables ...string) column[T] {
	c := list(id, zh, p)
	c.Kind, c.Refs = RefsKind, tables
	c.ids = func(r *T) []string { return *p(r) }
	return c
}

func month[T any](id, zh string, p func(*T) *posting.Month) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: MonthKind},
		set: func(r *T, s string) *fault {
			m, f := parseMonth(s)
			*p(r) = m
			return f
		},
		get:   func(r *T) string { return p(r).String() },
		month: func(r *T) posting.Month { return *p(r) },
	}
}

// until is a month whose blank means that there is no end; 长期 and 至今 say the same.
func until[T any](id, zh string, p func(*T) *posting.Month) column[T] {
	c := month(id, zh, p)
	parse := c.set
	c.set = func(r *T, s string) *fault {
		if s == "长期" || s == "至今" {
			return nil
		}
		return parse(r, s)
	}
	return c
}

// number is a whole number from least to most; the value blank is written as an empty cell.
func number[T any](id, zh string, p func(*T) *int, blank, least, most int) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: NumberKind},
		set: func(r *T, s string) *fault {
			n, f := parseNumber(s, least, most)
			if f == nil {
				*p(r) = n
			}
			return f
		},
		get: func(r *T) string {
			if *p(r) == blank {
				return ""
			}
			return strconv.Itoa(*p(r))
		},
	}
}

func parseNumber(s string, least, most int) (int, *fault) {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || x != math.Trunc(x) || math.IsInf(x, 0) {
		return 0, &fault{"E1203", i18n.F("不是整数；应为 %d 至 %d 的整数", "is no whole number; expected one from %d to %d", least, most)}
	}
	if x < float64(least) || x > float64(most) {
		return 0, &fault{"E1205", i18n.F("超出范围；应为 %d 至 %d 的整数", "is out of range; expected a whole number from %d to %d", least, most)}
	}
	return int(x), nil
}

var flagWords = map[string]posting.Tri{
	"是": posting.Yes, "1": posting.Yes, "yes": posting.Yes, "y": posting.Yes, "true": posting.Yes, "√": posting.Yes, "有": posting.Yes,
	"否": posting.No, "0": posting.No, "no": posting.No, "n": posting.No, "false": posting.No, "×": posting.No, "无": posting.No,
}

func parseFlag(s string) (posting.Tri, *fault) {
	if v, ok := flagWords[strings.ToLower(s)]; ok {
		return v, nil
	}
	return posting.Blank, &fault{"E1206", i18n.T("不是是/否；应为 是 或 否（也可写 1/0、yes/no、true/false）",
		"is neither yes nor no; write 是 or 否 (1/0, yes/no and true/false will do)")}
}

func formatFlag(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func flag[T any](id, zh string, p func(*T) *bool) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: FlagKind, Words: []string{"是", "否"}},
		set: func(r *T, s string) *fault {
			v, f := parseFlag(s)
			*p(r) = v == posting.Yes
			return f
		},
		get: func(r *T) string { return formatFlag(*p(r)) },
	}
}

// tri is a flag whose blank is kept apart from no.
func tri[T any](id, zh string, p func(*T) *posting.Tri) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: FlagKind, Words: []string{"是", "否"}},
		set: func(r *T, s string) *fault {
			v, f := parseFlag(s)
			*p(r) = v
			return f
		},
		get: func(r *T) string {
			if *p(r) == posting.Blank {
				return ""
			}
			return formatFlag(*p(r) == posting.Yes)
		},
	}
}

// code is a word of a code list.
func code[T any, C ~string](id, zh string, l codeList, p func(*T) *C) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: CodeKind, Words: l.words},
		set: func(r *T, s string) *fault {
			i, f := l.find(s)
			if f == nil {
				*p(r) = C(l.words[i])
			}
			return f
		},
		get: func(r *T) string { return string(*p(r)) },
	}
}

// ranked is a word of an ordered code list; the field holds its position from 1, 0 for blank.
func ranked[T any, C ~int8](id, zh string, l codeList, p func(*T) *C) column[T] {
	return column[T]{
		Heading: Heading{ID: id, Zh: zh, Kind: CodeKind, Words: l.words},
		set: func(r *T, s string) *fault {
			i, f := l.find(s)
			if f == nil {
				*p(r) = C(i + 1)
			}
			return f
		},
		get: func(r *T) string {
			if *p(r) == 0 {
				return ""
			}
			return l.words[*p(r)-1]
		},
	}
}

// someOf is a list of words of a code list.
func someOf[T any](id, zh string, l codeList, p func(*T) *[]string) column[T] {
	c := list(id, zh, p)
	c.Words = l.words
	c.set = func(r *T, s string) *fault {
		*p(r) = nil
		for _, item := range split(s) {
			i, f := l.find(item)
			if f != nil {
				return f
			}
			*p(r) = append(*p(r), l.words[i])
		}
		return nil
	}
	return c
}
