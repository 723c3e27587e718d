package policy

import (
	"fmt"

	"cadre/internal/i18n"
)

// fairness is the kind that balances burdens, and leximin its method that wants levels of its own.
const (
	fairness = "hardship_balance"
	leximin  = "leximin"
)

// Threshold names the level of a leximin clause that counts the people with a burden of at least v steps.
func Threshold(level string, v int) string { return fmt.Sprintf("%s@%d", level, v) }

// unfold puts, in the place of the level of every leximin clause, one level for each threshold, the highest first: to
// count least those above each threshold in turn is to make the vector of burdens, largest first, lexicographically least
// (Yager, IEEE Transactions on Systems, Man and Cybernetics 18, 1988).
func (d *decoder) unfold(p *Policy) {
	for i := range p.Clauses {
		c := &p.Clauses[i]
		if c.Kind != fairness {
			continue
		}
		if c.Text("method") == leximin && c.Level != "" && c.Modality == Level {
			d.alone(p, c)
			p.Levels = unfolded(p.Levels, c.Level, c.Int("top"))
		}
	}
}

// method reports a way of balancing that lacks its parameter.
func (d *decoder) method(n *node, c *Clause) {
	if c.Kind != fairness {
		return
	}
	needs := map[string]string{"cap": "cap", "gini": "tiers", leximin: "top"}
	method := c.Text("method")
	if name := needs[method]; name != "" && !c.Has(name) {
		d.ps.add("E2026", n.at, i18n.F("%[1]s 缺少参数 %[2]q（方式 %[3]s）", "%[1]s lacks the parameter %[2]q (method %[3]s)", c.Kind, name, method))
	}
}

// alone reports another clause that counts in the level of a leximin clause.
func (d *decoder) alone(p *Policy, c *Clause) {
	for i := range p.Clauses {
		if o := &p.Clauses[i]; o != c && o.Level == c.Level {
			d.ps.at("E2015", o.Where, i18n.F("目标 %[1]s 归条款 %[2]s 独用，条款 %[3]s 不能计入", "the level %[1]s is that of the clause %[2]s alone: %[3]s cannot count in it", c.Level, c.ID, o.ID), i18n.Text{})
		}
	}
}

func unfolded(levels []LevelSpec, name string, top int) []LevelSpec {
	var out []LevelSpec
	for _, l := range levels {
		if l.Name != name {
			out = append(out, l)
			continue
		}
		for v := top; v >= 1; v-- {
			out = append(out, LevelSpec{Name: Threshold(name, v), Unit: l.Unit,
				Text: i18n.F("%[1]s（%[2]d档以上人数）", "%[1]s (people at %[2]d steps or more)", l.Text, v)})
		}
	}
	return out
}
