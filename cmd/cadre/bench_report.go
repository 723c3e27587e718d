package main

import (
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"cadre/bench/results"
	"cadre/internal/i18n"
)

func newBenchReportCmd() *cobra.Command {
	var title, into, notes string
	cmd := &cobra.Command{
		Use:   "report DIR",
		Short: "draw up the results of a release from the logs of its runs",
		Long: `Draws up one section of results from what the runs of a release left in DIR: *.jsonl (races), known.csv beside them (best known
values), scale/scale.json, micro.txt, machine.json. With --into the section takes its place in a file such as
bench/RESULTS.md: that of the same title is replaced, a new one stands above the older ones.`,
		Example: "  make bench-full\n  cadre bench report out/results --title 'Release 0.2' --notes bench/notes-0.2.md --into bench/RESULTS.md",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := results.Read(args[0], title, notes)
			if err != nil {
				return usageError(i18n.E("%s", "%s", err), i18n.T("写明 make bench-full 写出的文件夹", "name the folder that make bench-full filled"))
			}
			if into == "" {
				return s.Write(cmd.OutOrStdout())
			}
			return placeSection(into, s)
		},
	}
	f := cmd.Flags()
	f.StringVar(&title, "title", "Results", "title of the section: the release")
	f.StringVar(&notes, "notes", "", "file with what is to be said by hand: weaknesses, what was not raced and why")
	f.StringVar(&into, "into", "", "file in which the section is placed (default: print it)")
	return cmd
}

// placeSection rewrites a file with the section in it, whole or not at all.
func placeSection(path string, s *results.Section) error {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return usageError(i18n.E("%s", "%s", err), i18n.T("检查 --into 的路径", "check the path given with --into"))
	}
	text, err := s.Place(string(old))
	if err != nil {
		return i18n.E("%s：%s", "%s: %s", path, err)
	}
	return writeFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
