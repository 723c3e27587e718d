package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cadre/generate"
	"cadre/internal/i18n"
)

func newGenerateCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "generate KIND",
		Short:   "write a synthetic instance: workbook, CSV tables and policy",
		Example: "  cadre generate county --out mycounty\n  cadre generate county --size 150 --seed 7 --out small",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError("no kind of instance given", "use cadre generate county --out DIR")
		},
	}
	cmd.AddCommand(newGenerateCountyCmd())
	return cmd
}

func newGenerateCountyCmd() *cobra.Command {
	o := generate.DefaultOptions()
	var out string
	cmd := &cobra.Command{
		Use:     "county",
		Short:   "write a fictional county at section level (科级)",
		Example: "  cadre generate county --out mycounty\n  cadre generate county --size 150 --seed 7 --overdue 0.2 --housing 0 --out tight",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return generateCounty(cmd.OutOrStdout(), out, o, langOf(cmd))
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
	f.Float64Var(&o.Housing, "housing", o.Housing, "free dormitory places of a township, mean")
	f.Float64Var(&o.Blank, "blank", o.Blank, "share of blanks among facts that rosters often lack")
	return cmd
}

// generateCounty refuses any folder that holds something, earlier results included: a workbook may have been edited.
func generateCounty(w io.Writer, dir string, o generate.Options, lang i18n.Lang) error {
	if dir == "" {
		return usageError("no folder given", "name a new folder with --out")
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usageError("%s is not empty", "name a new folder with --out", dir)
	}
	var g *generate.Generated
	if _, err := generate.County(o); err != nil {
		return usageError("%v", "see cadre generate county --help", err)
	}
	err := writeFolder(dir, func(tmp string) (err error) {
		g, err = generate.WriteCounty(tmp, o)
		return err
	})
	if err != nil {
		return err
	}
	return printCast(w, g, dir, lang)
}

// printCast tells what was written and who stands for which special case.
func printCast(w io.Writer, g *generate.Generated, dir string, lang i18n.Lang) error {
	in := g.Instance
	fmt.Fprintln(w, i18n.F("%[1]s：干部 %[2]d 人、岗位 %[3]d 个、单位 %[4]d 个，写入 %[5]s", "%[1]s: %[2]d cadres, %[3]d posts, %[4]d units, written to %[5]s",
		in.Name, len(in.Cadres), len(in.Posts), len(in.Units), dir).In(lang))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, p := range g.Cast {
		fmt.Fprintf(t, "  %s\t%v\n", p.Title.In(lang), p.IDs)
	}
	return t.Flush()
}
