package audit

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// secondment: no secondment lasts longer than stated, and nobody is sent who is above the age for his level.
type secondment struct{}

func (k secondment) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (k secondment) assess(s *scene, c *policy.Clause, sp spell) result {
	if !sp.second() {
		return idle
	}
	months, most := s.term(sp.post), c.Int("most_months")
	r := k.age(s, c, sp)
	if months > most {
		r = result{breach: 1 + r.breach, measured: months, limit: most, unit: "month",
			text: s.about(c, sp, i18n.F("挂职%d个月，最长%d个月", "a secondment of %d months, at most %d", months, most))}
	}
	return r
}

// age judges the age at the start, by the last row that holds for the level.
func (k secondment) age(s *scene, c *policy.Clause, sp spell) result {
	rows, level := s.tables.ages[c], s.x.Cadres[sp.cadre].Level
	asks := slices.ContainsFunc(rows, func(r ageRow) bool { return r.level != posting.LevelUnknown })
	if level == posting.LevelUnknown && asks {
		return s.lacking(c, sp, i18n.T("职务层次", "the level"))
	}
	limit := 0
	for _, r := range rows {
		if r.level <= level {
			limit = r.age
		}
	}
	age, known := s.x.Age(sp.cadre, sp.from)
	switch {
	case limit == 0:
		return result{}
	case !known:
		return s.lacking(c, sp, i18n.T("出生年月", "birth"))
	case age <= limit:
		return result{}
	}
	return result{breach: 1, measured: age, limit: limit, unit: "year",
		text: s.about(c, sp, i18n.F("挂职人员年龄%d岁，不超过%d岁", "%d years old, at most %d for a secondment", age, limit))}
}

// ageRow is one row of a table of ages; LevelUnknown is any level.
type ageRow struct {
	level posting.Level
	age   int
}

func readAge(row policy.Row) (ageRow, error) {
	level, err := readLevel(row)
	if err != nil {
		return ageRow{}, err
	}
	age, err := readNumber(row, "age")
	return ageRow{level, age}, err
}
