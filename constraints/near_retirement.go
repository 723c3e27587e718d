package constraints

import (
	"slices"
	"strconv"

	"cadre/policy"
	"cadre/posting"
)

// nearRetirement: no move within the stated months of retirement. No rows.
type nearRetirement struct{}

func (nearRetirement) sparesReturns() {}

func (nearRetirement) judge(s *scene, c *policy.Clause, sp spell) verdict {
	month, known := retires(&s.Cadres[sp.cadre], c.Table("table"))
	if !known {
		return verdict{unknown: true}
	}
	return verdict{breach: count(int(month-s.start(sp.from)) < c.Int("months"))}
}

// retires is the month of retirement by the first row of the table that fits the cadre.
func retires(p *posting.Cadre, table []policy.Row) (posting.Month, bool) {
	if p.Sex == "" || !p.Birth.Known() {
		return 0, false
	}
	for _, row := range table {
		if row["sex"] != p.Sex {
			continue
		}
		from, asks := levelFrom(row)
		if asks && p.Level == posting.LevelUnknown {
			return 0, false
		}
		if !asks || from <= p.Level {
			return delayed(p.Birth, row), true
		}
	}
	return 0, false
}

// levelFrom is the level from which on a row of a table holds; asks is false where it holds for any.
func levelFrom(row policy.Row) (from posting.Level, asks bool) {
	return posting.Level(slices.Index(posting.LevelNames[:], row["level_from"])), row["level_from"] != ""
}

// delayed applies the gradual rise of the retirement age: one month for each step since it began.
func delayed(birth posting.Month, row policy.Row) posting.Month {
	age, to, step := cell(row, "age"), cell(row, "to_age"), cell(row, "step_months")
	base := birth + posting.Month(12*age)
	var from posting.Month
	if from.UnmarshalText([]byte(row["from"])) != nil || !from.Known() || base < from || step <= 0 {
		return base
	}
	return base + posting.Month(min(12*(to-age), int(base-from)/step+1))
}

func cell(row policy.Row, column string) int {
	n, _ := strconv.Atoi(row[column])
	return n
}
