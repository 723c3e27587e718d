package scenario_test

import (
	"os"

	"cadre/posting"
	"cadre/workbook"
)

func writePlan(path string, plan *posting.Plan) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return workbook.WritePlanJSON(f, plan)
}
