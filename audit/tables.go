package audit

import (
	"slices"
	"strconv"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// tables are the table parameters of the clauses, decoded once.
type tables struct {
	pensions map[*policy.Clause][]pensionRow
	ages     map[*policy.Clause][]ageRow
	tiers    map[*policy.Clause][]tier
}

// readTables decodes them; the error names the clause and the row.
func readTables(pol *policy.Policy) (tables, error) {
	out := tables{map[*policy.Clause][]pensionRow{}, map[*policy.Clause][]ageRow{}, map[*policy.Clause][]tier{}}
	for i := range pol.Clauses {
		c := &pol.Clauses[i]
		var err error
		switch c.Kind {
		case "near_retirement":
			out.pensions[c], err = readRows(c, "table", readPension)
		case "secondment":
			out.ages[c], err = readRows(c, "ages", readAge)
		case "hardship_balance":
			out.tiers[c], err = readRows(c, "tiers", readTier)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func readRows[R any](c *policy.Clause, name string, read func(policy.Row) (R, error)) ([]R, error) {
	var out []R
	for n, row := range c.Table(name) {
		r, err := read(row)
		if err != nil {
			return nil, i18n.E("%s：条款 %s，表的第 %d 行：%s", "%s: clause %s, row %d of the table: %s", c.Where, c.ID, n+1, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// readLevel reads the cell level_from.
func readLevel(row policy.Row) (posting.Level, error) {
	level := slices.Index(posting.LevelNames[:], row["level_from"])
	if level < 0 {
		return 0, i18n.E("level_from %q 不是职务层次", "level_from %q is no level", row["level_from"])
	}
	return posting.Level(level), nil
}

// readNumber reads a whole number above 0.
func readNumber(row policy.Row, name string) (int, error) {
	n, err := strconv.Atoi(row[name])
	if err != nil || n < 1 {
		return 0, i18n.E("%s %q：应为大于 0 的整数", "%s %q: want a whole number above 0", name, row[name])
	}
	return n, nil
}
