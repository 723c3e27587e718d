package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/report"
	"cadre/scenario"
	"cadre/workbook"
)

// whatifOptions is what `cadre whatif` was asked for.
type whatifOptions struct {
	in       inputFlags
	solving  solvingFlags
	round    roundFlags
	out      string
	audience string
	runs     int
	parallel int
	json     bool
}

// mostRuns is how many runs need no confirmation.
const mostRuns = 500

func newWhatifCmd() *cobra.Command {
	o := &whatifOptions{}
	cmd := &cobra.Command{
		Use:     "whatif INPUT SCENARIOS",
		Short:   "run scenarios side by side and compare the plans person by person",
		Example: "  cadre whatif examples/county examples/county/scenarios.yaml --out out/whatif",
		Args:    exactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return runWhatif(cmd, args[0], args[1], o) },
	}
	o.in.add(cmd)
	o.solving.add(cmd)
	o.round.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "folder for the comparison and the plans; started again with the same folder, an interrupted run goes on")
	f.StringVar(&o.audience, "audience", "office", "for whom the papers are: leaders, office, unit:ID, person:ID, analyst")
	f.IntVar(&o.runs, "runs", mostRuns, "runs that are confirmed: more than these are refused")
	f.IntVar(&o.parallel, "parallel", 0, "runs at a time (default: as many as processors and memory allow)")
	f.BoolVar(&o.json, "json", false, "print compare.json instead of the summary")
	return cmd
}

// whatif is one call of the verb.
type whatif struct {
	cmd    *cobra.Command
	input  string
	o      *whatifOptions
	file   *scenario.File
	papers report.Options
	worlds map[[2]string]*scenario.World // by input and policy
	files  *planning.ModelFiles
	then   func(*scenario.Store, *scenario.Comparison) error // instead of the papers of whatif; nil for these
}

func newWhatif(cmd *cobra.Command, o *whatifOptions, papers report.Options) *whatif {
	return &whatif{cmd: cmd, o: o, papers: papers, worlds: map[[2]string]*scenario.World{}, files: planning.NewModelFiles()}
}

func runWhatif(cmd *cobra.Command, input, scenarios string, o *whatifOptions) error {
	papers, err := report.NewOptions(langOf(cmd), o.audience)
	if err != nil {
		return usageError(i18n.E("--audience：%s", "--audience: %s", err), i18n.T("用 leaders、office、unit:编号、person:编号 或 analyst", "use leaders, office, unit:ID, person:ID or analyst"))
	}
	if _, err := o.solving.backend(); err != nil {
		return err
	}
	if o.runs < 1 || o.parallel < 0 {
		return usageError(i18n.E("--runs %d、--parallel %d：应为 1 以上的整数", "--runs %d and --parallel %d: numbers from 1 up are wanted", o.runs, o.parallel), i18n.T("不写该选项即用默认值", "leave the flag out for the default"))
	}
	if err := errors.Join(o.round.check(o.out), checkFolder(o.out)); err != nil {
		return err
	}
	w := newWhatif(cmd, o, papers)
	w.input = input
	if w.file, err = w.read(scenarios); err != nil {
		return err
	}
	return w.run()
}

// read reads the scenario file and shows its problems.
func (w *whatif) read(path string) (*scenario.File, error) {
	file, problems, err := scenario.Read(path)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("SCENARIOS 是 YAML 文件，或含“情景”表的工作簿", "SCENARIOS is a YAML file, or a workbook with a sheet 情景")}
	}
	if err := problems.Print(w.cmd.ErrOrStderr(), langOf(w.cmd)); err != nil {
		return nil, err
	}
	if file == nil {
		return nil, errInput
	}
	return file, nil
}

func (w *whatif) run() error {
	cases, problems := w.file.Cases(w.o.runs)
	if err := w.show(problems.List); err != nil {
		return err
	}
	sweep := &scenario.Sweep{Cases: cases, World: w.world, Options: w.options, Conflict: w.o.solving.time / 2}
	if err := w.base(sweep); err != nil {
		return err
	}
	runs, found, err := sweep.Prepare()
	if err != nil {
		return w.unreadable(err)
	}
	if err := w.show(found); err != nil {
		return err
	}
	return w.sweep(sweep, runs)
}

// base shows what is wrong with the inputs themselves, and holds the audience against the first.
func (w *whatif) base(s *scenario.Sweep) error {
	told := map[*scenario.World]bool{}
	for i := range s.Cases {
		world, err := w.world(&s.Cases[i])
		if err != nil {
			return err
		}
		if told[world] {
			continue
		}
		told[world] = true
		base, err := world.Base()
		if err != nil {
			return w.unreadable(err)
		}
		if err := w.show(base.Problems); err != nil {
			return err
		}
		if err := w.papers.Audience.Check(base.Index); err != nil {
			return usageError(i18n.E("--audience：%s", "--audience: %s", err), i18n.T("写表中有的编号", "name an id of the tables"))
		}
	}
	return nil
}

func (w *whatif) unreadable(err error) error {
	if _, ours := errors.AsType[*exitError](err); ours {
		return err
	}
	return &exitError{code: exitUsage, err: err, hint: i18n.T("检查文件是否可读，是否在别处打开着", "check that the files can be read and are not open elsewhere")}
}

// show prints problems; an error among them ends the command.
func (w *whatif) show(problems []policy.Problem) error {
	ps := &policy.Problems{List: problems}
	if err := ps.Print(w.cmd.ErrOrStderr(), langOf(w.cmd)); err != nil {
		return err
	}
	if ps.HasErrors() {
		return errInput
	}
	return nil
}

// world opens the input and policy of a run, once each.
func (w *whatif) world(c *scenario.Case) (*scenario.World, error) {
	input, pol := w.input, w.o.in.policy
	if c.Input != "" {
		input = filepath.Join(w.file.Dir, c.Input)
	}
	if c.Policy != "" {
		pol = filepath.Join(w.file.Dir, c.Policy)
	}
	if known := w.worlds[[2]string{input, pol}]; known != nil {
		return known, nil
	}
	date, err := parseDate(w.o.in.date)
	if err != nil {
		return nil, err
	}
	source, err := workbook.Open(input)
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("INPUT 是一个 .xlsx 工作簿，或只含 CSV 表、只含一个 .xlsx 的文件夹", "INPUT is an .xlsx workbook, or a folder with either CSV tables or one .xlsx")}
	}
	path, err := workbook.PolicyPath(input, pol)
	if err != nil {
		return nil, &exitError{code: exitInput, err: err, hint: i18n.T("政策文件可以从 include: builtin 一行写起；见 cadre rules", "a policy can begin with `include: builtin`; see cadre rules")}
	}
	book, err := policy.OpenBook(path, policy.Options{Date: date})
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err, hint: i18n.T("检查政策文件的路径", "check the path of the policy")}
	}
	world, err := w.under(&scenario.World{Source: source, Book: book})
	if err != nil {
		return nil, err
	}
	w.worlds[[2]string{input, pol}] = world
	return world, nil
}

// under is the world with the plan before below every scenario, where one is named: by --previous, else by the file.
func (w *whatif) under(world *scenario.World) (*scenario.World, error) {
	round := w.o.round
	if round.previous == "" && w.file.Previous != "" {
		round = roundFlags{filepath.Join(w.file.Dir, w.file.Previous), w.file.Before}
	}
	base, err := world.Base()
	if err != nil || base.Index == nil || round.previous == "" {
		return world, err // what is wrong with the input is told with the base
	}
	i := &input{source: world.Source, book: world.Book, index: base.Index, policy: base.Policy}
	process, err := round.process(w.cmd, i)
	if err != nil {
		return nil, err
	}
	over, err := i.overlay(&process)
	return &scenario.World{Source: world.Source, Book: world.Book, Under: over, Process: process}, err
}

// options are how a run is solved.
func (w *whatif) options(c *scenario.Case) (planning.Options, error) {
	flags := w.o.solving
	if c.Solver != "" {
		flags.solver = c.Solver
	}
	if c.Seed != scenario.NoSeed {
		flags.seed = int64(c.Seed)
	}
	if c.Gap != scenario.NoGap {
		flags.gap = c.Gap
	}
	flags.seed += int64(c.Repeat)
	backend, err := flags.backend()
	if err != nil {
		return planning.Options{}, err
	}
	p := flags.params(time.Now(), nil)
	p.Time = flags.time // of each run, whatever has passed
	return planning.Options{Backend: backend, Params: p, Lang: langOf(w.cmd), Files: w.files}, nil
}

// compare compares the runs, writes the papers and prints the summary.
func (w *whatif) compare(store *scenario.Store, runs []*scenario.Run, fronts []*scenario.Front) error {
	c, problems, err := scenario.Compare(w.file, runs, w.papers.Audience.Who != report.Analyst)
	if err != nil {
		return err
	}
	c.Fronts = fronts
	if err := w.show(problems.List); err != nil {
		return err
	}
	if w.then != nil {
		return w.then(store, c)
	}
	folders := planFolders(c)
	if w.o.out != "" {
		if err := w.publish(store, c, folders); err != nil {
			return err
		}
	}
	if err := w.print(c, folders); err != nil {
		return err
	}
	if n := len(c.Failed()); n > 0 {
		return &exitError{code: exitGate, err: i18n.E("%d 项验收条件没有通过", "%d gates failed", n), hint: i18n.T("见以上各项", "see those named above")}
	}
	return nil
}

func (w *whatif) print(c *scenario.Comparison, folders []string) error {
	out := w.cmd.OutOrStdout()
	if w.o.json {
		return writeJSON(out, report.NewCompareJSON(c, folders, w.papers))
	}
	if err := report.CompareSummary(out, c, w.papers); err != nil {
		return err
	}
	if w.o.out == "" {
		return nil
	}
	_, err := fmt.Fprintln(out, i18n.F("文件在 %s：compare.xlsx（先看这里）、compare.html、compare.json，每个方案一个文件夹",
		"the papers lie in %s: compare.xlsx (read first), compare.html, compare.json, and a folder for each plan", w.o.out).In(w.papers.Lang))
	return err
}

// papersOf are the files of the comparison.
func (w *whatif) papersOf(dir string, c *scenario.Comparison, folders []string) error {
	file := func(name string) string { return filepath.Join(dir, name) }
	return inTurn(
		func() error {
			return atOnce(
				func() error { return report.WriteCompareXLSX(file("compare.xlsx"), c, folders, w.papers) },
				creating(file("compare.html"), func(out io.Writer) error { return report.WriteCompareHTML(out, c, folders, w.papers) }),
				creating(file("compare.json"), func(out io.Writer) error { return writeJSON(out, report.NewCompareJSON(c, folders, w.papers)) }),
			)
		},
		creating(file(mark), func(out io.Writer) error {
			return writeJSON(out, map[string]any{"engine": planning.Engine, "runs": len(c.Runs)})
		}),
	)
}
