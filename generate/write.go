package generate

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cadre/internal/i18n"
	"cadre/workbook"
)

//go:embed county_policy.yaml
var countyPolicy string

// Policy is the policy file of the county that the options draw.
func Policy(o Options) string {
	name := o.county()
	return strings.NewReplacer("〔县〕", name.Zh, "〔county〕", name.En).Replace(countyPolicy)
}

// WriteCounty generates a county and writes county.xlsx, the CSV tables in csv/, and policy.yaml into the folder,
// which must exist. Equal options give equal bytes.
func WriteCounty(dir string, o Options) (*Generated, error) {
	g, err := County(o)
	if err != nil {
		return nil, err
	}
	if err := workbook.WriteXLSX(filepath.Join(dir, "county.xlsx"), g.Instance, i18n.Zh); err != nil {
		return nil, err
	}
	if err := workbook.WriteCSV(filepath.Join(dir, "csv"), g.Instance); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "policy.yaml"), []byte(Policy(o)), 0o644); err != nil {
		return nil, fmt.Errorf("cannot write the policy: %w", err)
	}
	return g, nil
}
