package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cadre/bench/race"
	"cadre/internal/i18n"
)

// raceOptions is what `cadre bench solvers` was asked for.
type raceOptions struct {
	models, match, peers, extra, binary string
	clock                               string
	log, from, known, out               string
	time, grace                         time.Duration
	gap                                 float64
	threads, runs                       int
	json                                bool
}

func newBenchSolversCmd() *cobra.Command {
	o := &raceOptions{}
	cmd := &cobra.Command{
		Use:   "solvers",
		Short: "race every backend and installed peer on the MPS files of a folder",
		Long: `Races every backend and every installed peer on the MPS files of a folder, one after another, under one limit, gap and
number of threads. Each answer is put into the model; who claims what is not so is flagged. A peer that cannot run
here has a row with the reason. Install peers with: make peers.

Seconds are wall time of the process from opening the file. On a machine that is busy with other work --clock core counts limits
and times in seconds of a core, of all processes of a solver: who has used his limit is interrupted, and killed after --grace more.`,
		Example: "  go run ./bench/models --out out/models --sizes 100,300\n  cadre bench solvers --models out/models --time 60s --gap 1e-3\n" +
			"  cadre bench solvers --models out/models --match 'n300*' --peers native,scip --runs 5 --log out/race.jsonl",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runRace(cmd, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.models, "models", "", "folder of MPS files (.mps, .mps.gz)")
	f.StringVar(&o.match, "match", "*", "pattern of the file names without ending; several with commas")
	f.StringVar(&o.peers, "peers", strings.Join(slices.Concat(race.Ours, race.Others), ","), "who runs, ours first")
	f.StringVar(&o.extra, "peer", "", "one more: NAME=PROGRAM, called as PROGRAM MODEL SECONDS GAP THREADS SEED SOLUTION, prints as cadre solve --json does")
	f.DurationVar(&o.time, "time", time.Minute, "limit of one run")
	f.DurationVar(&o.grace, "grace", race.Grace, "how long past its limit a solver may go on before it is killed")
	f.StringVar(&o.clock, "clock", "wall", "what limits and times are counted in: wall, or core, seconds of a core, which a busy machine does not stretch (Linux)")
	f.Float64Var(&o.gap, "gap", 1e-4, "relative gap at which a run may stop")
	f.IntVar(&o.threads, "threads", 1, "threads of each solver")
	f.IntVar(&o.runs, "runs", 1, "runs per model and solver; the seed is the number of the run")
	f.StringVar(&o.log, "log", "", "file to append one JSON line per run to")
	f.StringVar(&o.from, "from", "", "print the tables of such a file, run nothing")
	f.StringVar(&o.known, "known", "", "CSV of best known bounds and values, as of the generalised assignment instances")
	f.StringVar(&o.out, "out", "", "folder for race.json, race.md and the curves of the gap over time")
	f.StringVar(&o.binary, "cadre", "", "binary whose backends run (default: this one)")
	f.BoolVar(&o.json, "json", false, "print JSON rows instead of tables")
	return cmd
}

func (o *raceOptions) check() error {
	switch {
	case o.models == "" && o.from == "":
		return usageError(i18n.E("没有写明模型所在的文件夹", "no folder of models given"), i18n.T("用 --models 写明；go run ./bench/models --out DIR 可写出模型", "name one with --models; go run ./bench/models --out DIR writes models"))
	case o.time <= 0 || o.runs < 1 || o.threads < 1:
		return usageError(i18n.E("--time、--runs、--threads 应大于 0", "--time, --runs and --threads must be positive"), i18n.T("例如 --time 60s --runs 5 --threads 1", "for example --time 60s --runs 5 --threads 1"))
	case o.clock != "wall" && o.clock != "core":
		return usageError(i18n.E("--clock 不认识 %q", "--clock %q is not known", o.clock), i18n.T("用 wall 或 core", "wall or core"))
	case o.clock == "core" && !race.CoreClock:
		return usageError(i18n.E("--clock core：本系统不提供运行中的进程所用的处理器时间", "--clock core: this system does not tell what a running process has used"), i18n.T("用 --clock wall", "use --clock wall"))
	case !(o.gap >= 0) || math.IsInf(o.gap, 0):
		return usageError(i18n.E("--gap %g 不是 0 以上的数", "--gap %g is not a number from 0 up", o.gap), i18n.T("例如 --gap 1e-3", "for example --gap 1e-3"))
	}
	return checkFolder(o.out)
}

func runRace(cmd *cobra.Command, o *raceOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	known, err := race.ReadKnown(o.known)
	if err != nil {
		return usageError(i18n.E("--known：%s", "--known: %s", err), i18n.T("该表的列为 path、agents、jobs、best bound、best value", "it has the columns path, agents, jobs, best bound, best value"))
	}
	all, err := o.collect(cmd)
	if err != nil && len(all) == 0 {
		return err
	}
	shown := o.show(cmd.OutOrStdout(), all, known)
	if o.out != "" {
		shown = errors.Join(shown, writeRace(o.out, all, known))
	}
	return errors.Join(err, shown)
}

// collect makes the runs, or reads those made earlier.
func (o *raceOptions) collect(cmd *cobra.Command) ([]race.Run, error) {
	if o.from != "" {
		all, cut, err := race.ReadLog(o.from)
		if err != nil {
			return nil, usageError(i18n.E("--from：%s", "--from: %s", err), i18n.T("写明 --log 写出的日志", "name a log that --log wrote"))
		}
		if cut > 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d runs of the log were cut short and are left out\n", cut)
		}
		race.Contradictions(all)
		return all, nil
	}
	models, err := race.Models(o.models, strings.Split(o.match, ","))
	if err != nil {
		return nil, usageError(i18n.E("%s", "%s", err), i18n.T("写出模型：go run ./bench/models --out DIR", "write models with: go run ./bench/models --out DIR"))
	}
	binary := o.binary
	if binary == "" {
		if binary, err = os.Executable(); err != nil {
			return nil, err
		}
	} else if strings.ContainsRune(binary, filepath.Separator) {
		binary, _ = filepath.Abs(binary)
	}
	names := slices.DeleteFunc(strings.Split(o.peers, ","), func(n string) bool { return n == "" })
	if o.extra != "" {
		names = append(names, o.extra)
	}
	c := race.Course{Models: models, Runs: o.runs, Log: o.log, Peers: race.Peers(cmd.Context(), names, binary),
		Job:  race.Job{Time: o.time, Core: o.clock == "core", Grace: o.grace, Gap: o.gap, Threads: o.threads},
		Tell: func(r *race.Run) { fmt.Fprintln(cmd.ErrOrStderr(), r.Line()) }}
	all, err := c.Run(cmd.Context())
	var unreadable *race.UnreadableError
	switch {
	case errors.As(err, &unreadable):
		err = &exitError{code: exitInput, err: err, hint: i18n.T("没有运行任何模型；改正该文件，或用 --match 略去", "nothing was run; mend the file, or leave it out with --match")}
	case err != nil:
		err = &exitError{code: exitUsage, err: err, hint: i18n.T("已完成的运行列在上面；用 --log 可保留，见 --from", "the runs made so far are shown; with --log they are kept, see --from")}
	}
	if n := race.Faults(all); n > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d runs have a fault: a crash, or a claim that does not hold; see the remarks\n", n, len(all))
	}
	return all, err
}

func (o *raceOptions) show(w io.Writer, all []race.Run, known map[string]race.Value) error {
	if o.json {
		return writeJSON(w, all)
	}
	return race.Tables(w, all, known)
}

// writeRace writes the folder of a race whole or not at all.
func writeRace(dir string, all []race.Run, known map[string]race.Value) error {
	return writeFolder(dir, func(tmp string) error {
		file := func(name string) string { return filepath.Join(tmp, name) }
		return inTurn(
			creating(file("race.json"), func(w io.Writer) error { return writeJSON(w, all) }),
			creating(file("race.md"), func(w io.Writer) error { return race.Tables(w, all, known) }),
			func() error { return race.WriteCurves(tmp, all) },
			creating(file(mark), func(w io.Writer) error { return writeJSON(w, race.ThisMachine()) }),
		)
	})
}
