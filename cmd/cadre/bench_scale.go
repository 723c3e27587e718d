package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cadre/bench/race"
	"cadre/bench/scale"
	"cadre/constraints"
	"cadre/generate"
	"cadre/internal/i18n"
	"cadre/planning"
)

// scaleOptions is what `cadre bench scale` was asked for.
type scaleOptions struct {
	sizes, solveTo, out string
	seed                uint64
	time                time.Duration
	core, json          bool
}

func newBenchScaleCmd() *cobra.Command {
	o := &scaleOptions{}
	cmd := &cobra.Command{
		Use:     "scale",
		Short:   "measure how columns, rows, times and memory grow with the number of cadres",
		Example: "  cadre bench scale --sizes 100,200,400,1000,3000,10000 --solve-to 3000 --time 60s --out out/scale",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runScale(cmd, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.sizes, "sizes", "100,200,400,1000,3000,10000,30000,100000", "numbers of cadres")
	f.StringVar(&o.solveTo, "solve-to", "3000", "largest size that is solved too")
	f.Uint64Var(&o.seed, "seed", 1, "seed of the instances")
	f.DurationVar(&o.time, "time", time.Minute, "limit of one solve")
	f.BoolVar(&o.core, "core", false, "count times in seconds of a core, which a busy machine does not stretch; work handed to another process is not in them")
	f.StringVar(&o.out, "out", "", "folder for scale.json, scale.md and pictures")
	f.BoolVar(&o.json, "json", false, "print JSON instead of tables")
	cmd.AddCommand(newScaleOneCmd())
	return cmd
}

func runScale(cmd *cobra.Command, o *scaleOptions) error {
	if err := checkFolder(o.out); err != nil {
		return err
	}
	most, err := strconv.Atoi(o.solveTo)
	if err != nil {
		return usageError(i18n.E("--solve-to %q 不是整数", "--solve-to %q is no number", o.solveTo), i18n.T("例如 --solve-to 3000", "for example --solve-to 3000"))
	}
	var points []scale.Point
	for word := range strings.SplitSeq(o.sizes, ",") {
		size, err := strconv.Atoi(word)
		if err != nil || size < generate.LeastCounty {
			return usageError(i18n.E("--sizes %q：%q 不是 %d 以上的整数", "--sizes %q: %q is no size from %d up", o.sizes, word, generate.LeastCounty), i18n.T("例如 --sizes 100,1000", "for example --sizes 100,1000"))
		}
		p := o.measure(cmd, size, size <= most)
		fmt.Fprintf(cmd.ErrOrStderr(), "%s %d: %d columns, encoded in %.2f s, %.0f MB %s\n", p.Kind, p.Cadres, p.Columns, p.Encode, p.Memory, p.Fault)
		points = append(points, p)
	}
	if o.out != "" {
		if err := o.write(points); err != nil {
			return err
		}
	}
	if o.json {
		return writeJSON(cmd.OutOrStdout(), points)
	}
	return scale.Table(cmd.OutOrStdout(), points)
}

func (o *scaleOptions) write(points []scale.Point) error {
	return writeFolder(o.out, func(tmp string) error {
		file := func(name string) string { return filepath.Join(tmp, name) }
		return inTurn(
			creating(file("scale.json"), func(w io.Writer) error { return writeJSON(w, points) }),
			creating(file("scale.md"), func(w io.Writer) error { return scale.Table(w, points) }),
			func() error { return scale.Charts(tmp, points) },
			creating(file(mark), func(w io.Writer) error { return writeJSON(w, race.ThisMachine()) }),
		)
	})
}

// measure makes one instance and measures it in a process of its own, whose peak of memory is that of this size alone.
func (o *scaleOptions) measure(cmd *cobra.Command, size int, solve bool) scale.Point {
	kind := scale.KindOf(size)
	p := scale.Point{Kind: string(kind), Asked: size}
	dir, err := os.MkdirTemp("", "scale")
	if err != nil {
		p.Fault = err.Error()
		return p
	}
	defer os.RemoveAll(dir)
	g := generate.Defaults(kind)
	g.Size, g.Seed = size, o.seed
	clock := clockOf(o.core)
	if _, err := generate.Write(dir, kind, g); err != nil {
		p.Fault = err.Error()
		return p
	}
	p.Write = clock()
	exe, err := os.Executable()
	if err != nil {
		p.Fault = err.Error()
		return p
	}
	child := exec.CommandContext(cmd.Context(), exe, "bench", "scale", "one", dir, "--time", o.time.String(), fmt.Sprintf("--solve=%t", solve), fmt.Sprintf("--core=%t", o.core))
	text, err := child.Output()
	if child.ProcessState != nil {
		p.Memory = race.MemoryOf(child.ProcessState)
	}
	if err = errors.Join(err, json.Unmarshal(text, &p)); err != nil {
		p.Fault = "it ended early: " + strings.ReplaceAll(err.Error(), "\n", "; ") + said(err)
	}
	return p
}

// said is the first line that a process that failed wrote to stderr.
func said(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return ""
	}
	line, _, _ := strings.Cut(string(exit.Stderr), "\n")
	return "; " + line
}

// newScaleOneCmd measures one input; scale calls it.
func newScaleOneCmd() *cobra.Command {
	var limit time.Duration
	var solve, core bool
	cmd := &cobra.Command{
		Use:    "one INPUT",
		Hidden: true,
		Args:   exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := scaleOne(cmd, args[0], limit, solve, core)
			if err != nil {
				return err
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(p)
		},
	}
	cmd.Flags().DurationVar(&limit, "time", time.Minute, "limit of the solve")
	cmd.Flags().BoolVar(&solve, "solve", false, "solve too")
	cmd.Flags().BoolVar(&core, "core", false, "count seconds of a core")
	return cmd
}

// clockOf starts a clock, of the wall or of the core, that tells the seconds since then.
func clockOf(core bool) func() float64 {
	began := time.Now()
	if from, ok := race.Used(); ok && core {
		return func() float64 { now, _ := race.Used(); return now - from }
	}
	return func() float64 { return time.Since(began).Seconds() }
}

// scaleOne fills in what concerns the input; the rest is the caller's.
func scaleOne(cmd *cobra.Command, dir string, limit time.Duration, solve, core bool) (map[string]any, error) {
	clock := clockOf(core)
	i, err := load(cmd, dir, inputFlags{})
	if err != nil {
		return nil, err
	}
	p := map[string]any{"read_seconds": clock(), "cadres": len(i.index.Cadres), "posts": len(i.index.Posts)}
	clock = clockOf(core)
	enc := constraints.Encode(i.index, i.policy)
	p["encode_seconds"] = clock()
	terms := 0
	for k := range enc.Model.Rows {
		terms += len(enc.Model.Rows[k].Terms)
	}
	p["columns"], p["rows"], p["terms"] = len(enc.Model.Columns), len(enc.Model.Rows), terms
	if !solve {
		return p, nil
	}
	enc = nil // the run encodes anew
	flags := solvingFlags{solver: solverAuto, time: limit, gap: 1e-3, threads: 1, seed: 1, progress: progressNone}
	backend, err := flags.backend()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	clock = clockOf(core)
	out, err := planning.Run(cmd.Context(), i.index, i.policy, planning.Options{Backend: backend, Params: flags.params(began, nil), Lang: langOf(cmd)})
	if err != nil {
		return nil, err
	}
	p["solve_seconds"], p["status"], p["gap"] = clock()-p["encode_seconds"].(float64), string(out.Status), 1.0
	if out.Plan != nil {
		p["gap"] = out.Plan.Gap
	}
	return p, nil
}
