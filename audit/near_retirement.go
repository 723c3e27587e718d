package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// nearRetirement: whoever is close to retirement is not generally moved. Arrivals are judged too.
type nearRetirement struct{}

func (k nearRetirement) judge(s *scene, c *policy.Clause, out *findings) { judgePairs(k, s, c, out) }

func (nearRetirement) assess(s *scene, c *policy.Clause, sp spell) result {
	if sp.stay() || s.returns(sp) {
		return idle
	}
	left, known := s.monthsLeft(c, sp.cadre, sp.from)
	if !known {
		return s.lacking(c, sp, i18n.T("计算退休时间所需信息", "what decides the month of retirement"))
	}
	least := c.Int("months")
	if left >= least {
		return result{}
	}
	return result{breach: 1, measured: left, limit: least, unit: "month",
		text: s.about(c, sp, i18n.F("距退休%d个月，不足%d个月", "%d months to retirement, less than %d", left, least))}
}

// pensionRow is one row of a table of retirement ages, ages in months.
type pensionRow struct {
	sex     string
	level   posting.Level // LevelUnknown: any
	age, to int
	from    posting.Month
	step    int
}

// monthsLeft is the months from the start of t to the retirement of c by the clause's table. Known is false where sex,
// birth or a level that a row asks is blank, and where no row holds.
func (s *scene) monthsLeft(c *policy.Clause, cadre, t int) (months int, known bool) {
	who := &s.x.Cadres[cadre]
	if who.Sex == "" || !who.Birth.Known() {
		return 0, false
	}
	for _, row := range s.tables.pensions[c] {
		if row.sex != who.Sex {
			continue
		}
		if row.level != posting.LevelUnknown && who.Level == posting.LevelUnknown {
			return 0, false
		}
		if row.level <= who.Level || row.level == posting.LevelUnknown {
			return int(row.retires(who.Birth) - s.start(t)), true
		}
	}
	return 0, false
}

// retires is the month of retirement: the base age, plus a month for every step begun after `from`, up to the last age.
func (r pensionRow) retires(birth posting.Month) posting.Month {
	base := birth + posting.Month(r.age)
	if base < r.from {
		return base
	}
	return base + posting.Month(min(r.to-r.age, int(base-r.from)/r.step+1))
}

func readPension(row policy.Row) (pensionRow, error) {
	r := pensionRow{sex: row["sex"]}
	var err error
	if r.level, err = readLevel(row); err != nil {
		return r, err
	}
	for name, into := range map[string]*int{"age": &r.age, "to_age": &r.to, "step_months": &r.step} {
		if *into, err = readNumber(row, name); err != nil {
			return r, err
		}
	}
	r.age, r.to = 12*r.age, 12*r.to
	return r, r.from.UnmarshalText([]byte(row["from"]))
}
