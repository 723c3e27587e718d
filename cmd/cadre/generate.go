package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cadre/generate"
	"cadre/internal/i18n"
)

func newGenerateCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "generate KIND",
		Short:   "write a synthetic instance: tables and policy",
		Example: "  cadre generate county --out mycounty\n  cadre generate prefecture --size 1000 --seed 7 --out city",
		Args:    cobra.ArbitraryArgs,
		// flags of a kind that is not there are not what is wrong
		FParseErrWhitelist: cobra.FParseErrWhitelist{UnknownFlags: true},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError(i18n.E("没有 %q 这个种类", "unknown kind %q", args[0]), i18n.T("种类有：county、five-year、prefecture、province、national", "kinds: county, five-year, prefecture, province, national"))
			}
			return usageError(i18n.E("没有写明种类", "no kind of instance given"), i18n.T("用 cadre generate county --out DIR", "use cadre generate county --out DIR"))
		},
	}
	for _, k := range generate.Kinds() {
		cmd.AddCommand(newGenerateKindCmd(k))
	}
	return cmd
}

// kindsAbout says what each kind is.
var kindsAbout = map[generate.Kind]string{
	generate.KindCounty:     "write a fictional county at section level (科级)",
	generate.KindFiveYear:   "write a fictional county with a horizon of five years",
	generate.KindPrefecture: "write the pool of a fictional city (市管): departments with their sections, and the teams of its counties",
	generate.KindProvince:   "write one pool of a service that reaches through a fictional province",
	generate.KindNational:   "write many authorities, each with a pool of its own, and few posts across them",
}

const generateLong = `%s.

The same kind, seed and dials give the same bytes on every machine. All people and places are invented. What the dials do,
and what the figures behind them are, stands in docs/generate.md.`

func newGenerateKindCmd(k generate.Kind) *cobra.Command {
	o := generate.Defaults(k)
	var out string
	cmd := &cobra.Command{
		Use:     string(k),
		Short:   kindsAbout[k],
		Long:    fmt.Sprintf(generateLong, kindsAbout[k]),
		Example: fmt.Sprintf("  cadre generate %[1]s --out my%[1]s\n  cadre generate %[1]s --seed 7 --overdue 0.2 --housing 0 --out tight", k),
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return generateKind(cmd.OutOrStdout(), out, k, o, langOf(cmd))
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write; it must be new or empty")
	f.IntVar(&o.Size, "size", o.Size, "number of cadres, about")
	f.Uint64Var(&o.Seed, "seed", o.Seed, "seed: equal seeds and dials give equal files")
	f.Float64Var(&o.Overdue, "overdue", o.Overdue, "share of leaders ten years or more in one post")
	f.Float64Var(&o.Eligible, "eligible", o.Eligible, "share of leaders five to ten years in one post")
	f.Float64Var(&o.Middle, "middle", o.Middle, "share of middle-level cadres five years or more in one post")
	f.Float64Var(&o.Couples, "couples", o.Couples, "couples per cadre")
	f.Float64Var(&o.Kin, "kin", o.Kin, "other ties of kin per cadre")
	f.Float64Var(&o.Housing, "housing", o.Housing, "free dormitory places of a township or area, mean; 0 is tightest")
	f.Float64Var(&o.Quota, "quota", o.Quota, "tightness of the yearly shares: the policy asks for this multiple of them")
	f.Float64Var(&o.Scarcity, "scarcity", o.Scarcity, "share of deputies' posts that ask for a licence few but their holders have")
	f.IntVar(&o.Periods, "years", o.Periods, "years of the horizon, 1 to 5: one batch a year, planned together")
	f.IntVar(&o.Tiers, "tiers", o.Tiers, "number of tiers of places and units (条件层次)")
	f.Float64Var(&o.Blank, "blank", o.Blank, "share of blanks among facts that rosters often lack")
	f.StringVar(&o.Plant, "plant", "", "make it infeasible and say how in planted.json: infeasible (the seed chooses), or one of "+strings.Join(generate.Plants()[1:], ", "))
	return cmd
}

// generateKind refuses any folder that holds something, earlier results included: a workbook may have been edited.
func generateKind(w io.Writer, dir string, k generate.Kind, o generate.Options, lang i18n.Lang) error {
	if dir == "" {
		return usageError(i18n.E("没有写明文件夹", "no folder given"), i18n.T("用 --out 写明一个新的文件夹", "name a new folder with --out"))
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usageError(i18n.E("%s 不是空文件夹", "%s is not empty", dir), i18n.T("用 --out 写明一个新的文件夹", "name a new folder with --out"))
	}
	if err := k.Check(o); err != nil {
		return usageError(err, i18n.F("见 cadre generate %s --help", "see cadre generate %s --help", k))
	}
	var s *generate.Summary
	err := writeFolder(dir, func(tmp string) (err error) {
		s, err = generate.Write(tmp, k, o)
		return err
	})
	if err != nil {
		return err
	}
	return printGenerated(w, s, dir, lang)
}

// printGenerated tells what was written and who stands for which special case.
func printGenerated(w io.Writer, s *generate.Summary, dir string, lang i18n.Lang) error {
	fmt.Fprintln(w, i18n.F("%[1]s：干部 %[2]d 人、岗位 %[3]d 个、单位 %[4]d 个，写入 %[5]s", "%[1]s: %[2]d cadres, %[3]d posts, %[4]d units, written to %[5]s",
		s.Name, s.Cadres, s.Posts, s.Units, dir).In(lang))
	if n := len(s.Authorities); n > 1 {
		fmt.Fprintln(w, i18n.F("管理权限 %[1]d 个；policy.yaml 是%[2]s的，其余在 policies/", "%[1]d authorities; policy.yaml is that of %[2]s, the others stand in policies/",
			n, s.Authority).In(lang))
	}
	if s.Planted != nil {
		fmt.Fprintln(w, s.Planted.Text.In(lang))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range s.Parts {
		fmt.Fprintf(t, "  %s\t%v\n", p.Title.In(lang), p.IDs)
	}
	return t.Flush()
}
