package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// secondment: a secondment ends after a set time, and the seconded are not too old. No rows of its own: that the seat at home
// is kept is what a secondment is (see keepHome).
type secondment struct{}

func (secondment) judge(s *scene, c *policy.Clause, sp spell) verdict {
	if !s.isSecondment(sp) {
		return verdict{idle: true}
	}
	long := count(TermMonths(s.Index, s.pol, sp.post) > c.Int("most_months"))
	limit, decided := ageLimit(c.Table("ages"), s.Cadres[sp.cadre].Level)
	age, known := s.Age(sp.cadre, sp.from)
	switch {
	case !decided:
		return verdict{breach: long, unknown: long == 0}
	case limit == posting.Unknown:
		return verdict{breach: long}
	case !known:
		return verdict{breach: long, unknown: long == 0}
	}
	return verdict{breach: long + count(age > limit)}
}

// ageLimit is the oldest age by the last row that holds for the level, Unknown where none does. It is not decided where the
// level is blank and a row asks for one.
func ageLimit(ages []policy.Row, level posting.Level) (limit int, decided bool) {
	limit = posting.Unknown
	for _, row := range ages {
		from, asks := levelFrom(row)
		if asks && level == posting.LevelUnknown {
			return posting.Unknown, false
		}
		if !asks || from <= level {
			limit = cell(row, "age")
		}
	}
	return limit, true
}
