package generate

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/workbook"
)

var (
	//go:embed county_policy.yaml
	countyPolicy string
	//go:embed pool_policy.yaml
	poolText string
)

// Policy is the policy file of the county that the options draw.
func Policy(o Options) string {
	name := o.county()
	return countyPolicyOf(o, countyAuthority, name.Zh, name.En)
}

// countyPolicyOf is a county's policy with the dials that a policy turns: tightness of the shares and the horizon.
func countyPolicyOf(o Options, authority, zh, en string) string {
	swaps := []string{"〔县〕", zh, "〔county〕", en, "authority: " + countyAuthority, "authority: " + authority}
	if o.Quota != 1 {
		for _, id := range []string{"R12", "R13"} {
			swaps = append(swaps, "- id: "+id+"\n    parameters: {", fmt.Sprintf("- id: %s\n    parameters: {share: %d%%, ", id, o.share(id)))
		}
		swaps = append(swaps, "  # 距退休", fmt.Sprintf("  - id: R14\n    parameters: {share: %d%%}\n  # 距退休", o.share("R14")))
	}
	return strings.NewReplacer(append(swaps, "include: builtin\n", o.included())...).Replace(countyPolicy)
}

// included is the line that includes the built-in rules, with the horizon where it is of several years.
func (o Options) included() string {
	if o.Periods == 1 {
		return "include: builtin\n"
	}
	return fmt.Sprintf("include: builtin\nhorizon: {periods: %d, months: %d}\n", o.Periods, horizonLen)
}

// share is what a share clause of the built-in rules asks, times the quota dial, in percent.
func (o Options) share(id string) int {
	for _, c := range policy.Builtin().Clauses {
		if c.ID == id {
			r := c.Ratio("share")
			return min(100, int(math.Round(o.Quota*100*float64(r.Num)/float64(r.Den))))
		}
	}
	return 0
}

func poolPolicy(p *pool) string {
	percent := func(id string) string { return fmt.Sprint(p.o.share(id)) }
	return strings.NewReplacer("include: builtin\n", p.o.included(), "〔pool〕", p.in.Name, "〔authority〕", p.authority, "〔head〕", p.levels.head.String(),
		"〔deputy〕", p.levels.deputy.String(), "〔R12〕", percent("R12"), "〔R13〕", percent("R13"), "〔R14〕", percent("R14")).Replace(poolText)
}

// Write generates an instance of the kind into the folder, which must exist. A county is written as a workbook, as CSV tables
// in csv/ and with its policy; the larger kinds as CSV tables with policy.yaml, a national one with the policy of every
// authority in policies/ beside it. Equal options give equal bytes. Memory is that of the largest pool.
func Write(dir string, k Kind, o Options) (*Summary, error) {
	if err := k.Check(o); err != nil {
		return nil, err
	}
	if _, most := k.sizes(); most == MostCounty {
		return writeCounty(dir, o)
	}
	a, err := newAssembly(dir, o)
	if err != nil {
		return nil, err
	}
	steps := map[Kind]func() error{KindPrefecture: a.prefecture, KindProvince: a.province, KindNational: a.national}
	return &a.sum, errors.Join(steps[k](), a.close(), a.sum.Planted.write(dir))
}

// writeCounty writes county.xlsx, the CSV tables in csv/, and policy.yaml.
func writeCounty(dir string, o Options) (*Summary, error) {
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
		return nil, i18n.E("政策不能写出：%s", "cannot write the policy: %s", err)
	}
	in := g.Instance
	return &Summary{Planted: g.Planted, Name: in.Name, Cadres: len(in.Cadres), Posts: len(in.Posts), Units: len(in.Units), Parts: g.Cast,
		Authorities: []string{countyAuthority}}, g.Planted.write(dir)
}
