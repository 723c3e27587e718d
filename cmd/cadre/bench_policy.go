package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"cadre/bench/lab"
	"cadre/bench/race"
	"cadre/internal/i18n"
	"cadre/report"
	"cadre/scenario"
)

// labOptions is what `cadre bench policy` was asked for.
type labOptions struct {
	whatifOptions
	against string
}

func newBenchPolicyCmd() *cobra.Command {
	o := &labOptions{}
	cmd := &cobra.Command{
		Use:   "policy F.yaml",
		Short: "compare policies over people, options and repeats, with acceptance gates",
		Long: `Compares policies as acceptance tests do. F.yaml is a scenario file (see cadre whatif) that names its people: inputs, and
what they are crossed with: policies, scenarios, options, repeats. The first policy without scenario is the baseline of each
input. Written are a page in words, a pivot of metrics, the gates, and in an annex a ranking by the goals and box plots.

--against holds the result against the lab.json of an earlier comparison. A gate that fails, or a metric that has become
worse than it was then, ends the command with exit code 7.`,
		Example: "  cadre bench policy examples/county/lab.yaml --out out/lab\n  cadre bench policy lab.yaml --out out/new --against out/lab/lab.json",
		Args:    exactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runLab(cmd, args[0], o) },
	}
	o.solving.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "folder for lab.html, lab.xlsx and lab.json; an interrupted run goes on")
	f.IntVar(&o.runs, "runs", mostRuns, "runs that are confirmed: more than these are refused")
	f.IntVar(&o.parallel, "parallel", 0, "runs at a time (default: as many as processors allow)")
	f.BoolVar(&o.json, "json", false, "print lab.json instead of the headline")
	f.StringVar(&o.against, "against", "", "lab.json of an earlier comparison")
	return cmd
}

func runLab(cmd *cobra.Command, path string, o *labOptions) error {
	var saved *lab.Saved
	if o.against != "" {
		var err error
		if saved, err = lab.ReadSaved(o.against); err != nil {
			return usageError(i18n.E("--against：%s", "--against: %s", err), i18n.T("写明以前一次比较的 lab.json", "name the lab.json of an earlier comparison"))
		}
	}
	papers, err := report.NewOptions(langOf(cmd), "office")
	if err != nil {
		return err
	}
	if _, err := o.solving.backend(); err != nil {
		return err
	}
	if o.runs < 1 || o.parallel < 0 {
		return usageError(i18n.E("--runs %d、--parallel %d：应为 1 以上的整数", "--runs %d and --parallel %d: numbers from 1 up are wanted", o.runs, o.parallel), i18n.T("不写该选项即用默认值", "leave the flag out for the default"))
	}
	if err := checkFolder(o.out); err != nil {
		return err
	}
	w := newWhatif(cmd, &o.whatifOptions, papers)
	if w.file, err = w.read(path); err != nil {
		return err
	}
	if len(w.file.Across.Inputs) == 0 {
		return &exitError{code: exitInput, err: i18n.E("%s 没有列出输入", "%s names no inputs", path), hint: i18n.T("列出要比较的输入，如 inputs: [county, city]", "list the people to compare over: inputs: [county, city]")}
	}
	w.then = func(store *scenario.Store, c *scenario.Comparison) error { return o.sumUp(w, store, c, saved) }
	return w.run()
}

// sumUp turns finished runs into the papers of the lab.
func (o *labOptions) sumUp(w *whatif, store *scenario.Store, c *scenario.Comparison, saved *lab.Saved) error {
	l := lab.New(c)
	if saved != nil {
		l.Hold(saved)
	}
	page, err := lab.NewPage(l, c.File, langOf(w.cmd))
	if err != nil {
		return err
	}
	if o.out != "" {
		err := writeFolder(o.out, func(tmp string) error {
			file := func(name string) string { return filepath.Join(tmp, name) }
			return inTurn(
				creating(file("lab.json"), func(out io.Writer) error { return writeJSON(out, l.Save()) }),
				creating(file("lab.html"), page.HTML),
				func() error { return page.XLSX(file("lab.xlsx")) },
				creating(file(mark), func(out io.Writer) error { return writeJSON(out, race.ThisMachine()) }),
			)
		})
		if err != nil {
			return err
		}
		if err := os.RemoveAll(store.Dir); err != nil {
			return err
		}
	}
	if err := o.show(w.cmd.OutOrStdout(), l, page); err != nil {
		return err
	}
	return o.verdict(l)
}

func (o *labOptions) show(out io.Writer, l *lab.Lab, page *lab.Page) error {
	if o.json {
		return writeJSON(out, l.Save())
	}
	if err := page.Text(out); err != nil {
		return err
	}
	if o.out == "" {
		return nil
	}
	_, err := fmt.Fprintln(out, i18n.F("文件在 %s：lab.html（先看这里）、lab.xlsx、lab.json", "the papers lie in %s: lab.html (read first), lab.xlsx, lab.json", o.out).In(page.Lang))
	return err
}

func (o *labOptions) verdict(l *lab.Lab) error {
	switch failed, worse := l.FailedGates(), l.Regressions(); {
	case failed > 0:
		return &exitError{code: exitGate, err: i18n.E("%d 次运行没有通过验收条件", "%d runs failed an acceptance gate", failed), hint: i18n.T("见材料中的验收条件", "see the gates in the papers")}
	case worse > 0:
		return &exitError{code: exitGate, err: i18n.E("有 %d 项指标比 %s 中的差", "%d metrics have become worse than in %s", worse, o.against), hint: i18n.T("变化见材料", "see what changed in the papers")}
	}
	return nil
}
