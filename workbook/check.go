package workbook

import (
	"cadre/posting"
)

func (d *data) check(date posting.Month, ps *Problems) { d.checkReferences(ps) }
