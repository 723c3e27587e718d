package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/scenario"
	"cadre/solver/worker"
)

// partial is where finished runs are kept until all have ended.
func partial(out string) string { return filepath.Clean(out) + ".partial" }

// sweep makes the runs, and compares them once all have ended.
func (w *whatif) sweep(s *scenario.Sweep, runs []*scenario.Run) error {
	store, done, err := w.store()
	if err != nil {
		return err
	}
	defer done()
	s.Store, s.Workers, s.Threads = store, w.o.parallel, w.o.solving.threads
	collectLater()
	line := &sweepLine{progress: newProgress(w.cmd.ErrOrStderr(), langOf(w.cmd), progressAuto, 0)}
	s.Progress = line.show
	err = s.Run(w.cmd.Context(), runs)
	line.done()
	if errors.Is(err, scenario.ErrInterrupted) {
		return &exitError{code: exitNoPlan, err: err, hint: i18n.T("已完成的部分已保留；再运行同一命令可接着做", "what has ended is kept; run the same command again to go on")}
	}
	if err != nil {
		return &exitError{code: exitInternal, err: err, hint: i18n.T("其他运行已保留；请报告这一次", "the other runs are kept; please report this one")}
	}
	fronts, err := w.fronts(s, runs)
	if err != nil {
		return err
	}
	return w.compare(store, runs, fronts)
}

// sweepGC is by how many per cent memory may grow before garbage is collected: many runs leave much of it, and little that lasts.
const sweepGC = 300

// collectLater trades memory for an eighth of the time; where memory runs short, the limit has garbage collected sooner.
func collectLater() {
	debug.SetGCPercent(sweepGC)
	if free := worker.FreeMemory(); free > 0 {
		debug.SetMemoryLimit(free)
	}
}

// fronts looks for the trade-offs that the file asks for.
func (w *whatif) fronts(s *scenario.Sweep, runs []*scenario.Run) ([]*scenario.Front, error) {
	var out []*scenario.Front
	for i := range w.file.Frontiers {
		front, problems, err := s.Frontier(w.cmd.Context(), &w.file.Frontiers[i], runs[0])
		if bad := w.show(problems); bad != nil {
			return nil, bad
		}
		if errors.Is(err, scenario.ErrInterrupted) {
			return nil, &exitError{code: exitNoPlan, err: err, hint: i18n.T("已完成的部分已保留；再运行同一命令可接着做", "what has ended is kept; run the same command again to go on")}
		}
		if err != nil {
			return nil, &exitError{code: exitInternal, err: err, hint: i18n.T("其他运行已保留；请报告这一次", "the other runs are kept; please report this one")}
		}
		out = append(out, front)
	}
	return out, nil
}

// store opens the folder of unfinished runs; without --out it is a temporary one, which done removes.
func (w *whatif) store() (store *scenario.Store, done func(), err error) {
	store = &scenario.Store{Write: func(dir string, o *planning.Outcome) error { return fillPlanFolder(dir, o, w.papers) }}
	done = func() {}
	if store.Dir = partial(w.o.out); w.o.out == "" {
		if store.Dir, err = os.MkdirTemp("", "cadre-whatif-"); err != nil {
			return nil, nil, &exitError{code: exitUsage, err: err}
		}
		done = func() { os.RemoveAll(store.Dir) }
	}
	if err := store.Open(); err != nil {
		return nil, nil, &exitError{code: exitUsage, err: err, hint: i18n.T("删去该文件夹，或用 --out 写明另一个", "remove that folder, or name another one with --out")}
	}
	return store, done, nil
}

// publish lays out the comparison and the plans beside the unfinished runs, and puts them in place at once.
func (w *whatif) publish(store *scenario.Store, c *scenario.Comparison, folders []string) error {
	whole := filepath.Join(store.Dir, "whole")
	if err := os.RemoveAll(whole); err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	err := os.MkdirAll(whole, 0o755)
	for i, r := range c.Runs {
		if err == nil && folders[i] != "" {
			err = store.Publish(r.Key, filepath.Join(whole, folders[i]))
		}
	}
	for i, f := range c.Fronts {
		for j := range f.Points {
			if p := &f.Points[j]; err == nil && p.Run.Digest != nil {
				err = store.Publish(p.Run.Key, filepath.Join(whole, scenario.PointFolder(i, j)))
			}
		}
	}
	if err == nil {
		err = w.papersOf(whole, c, folders)
	}
	if err != nil {
		return &exitError{code: exitUsage, err: i18n.E("写出结果：%s", "writing the results: %s", err), hint: i18n.T("已完成的运行已保留；检查磁盘空间后再运行", "the finished runs are kept; check the space on the disk and run again")}
	}
	if err := replaceFolder(whole, filepath.Clean(w.o.out)); err != nil {
		return err
	}
	return os.RemoveAll(store.Dir)
}

// planFolders names the folder of each plan, "" where there is none: its number, and the scenario's name where that names
// no person and can stand in a path.
func planFolders(c *scenario.Comparison) []string {
	width := len(fmt.Sprint(len(c.Runs) - 1))
	out := make([]string, len(c.Runs))
	for i, r := range c.Runs {
		if r.Digest == nil {
			continue
		}
		out[i] = fmt.Sprintf("%0*d", width, i)
		if !c.NamesPerson(i) {
			out[i] = strings.TrimSuffix(out[i]+"-"+slug(r.Name), "-")
		}
	}
	return out
}

// mostSlug is how many characters of a name stand in a path.
const mostSlug = 40

// slug is what of a name can stand in a path and in an address: letters and digits, anything else a hyphen.
func slug(name string) string {
	var b strings.Builder
	n := 0
	for _, r := range name {
		if n++; n > mostSlug {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' {
			b.WriteRune(r)
		} else if !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-.")
}

// sweepLine shows how many runs have ended and how long the others may take.
type sweepLine struct{ *progress }

func (l *sweepLine) show(p scenario.Progress) {
	if time.Since(l.last) < pauses[l.way] && p.Done < p.Total {
		return
	}
	l.last, l.shown = time.Now(), true
	line := i18n.F("已完成 %[1]d/%[2]d，预计还需 %[3]s", "%[1]d of %[2]d done, about %[3]s left", p.Done, p.Total, p.Left.Round(time.Second).String())
	if p.Reused > 0 {
		line = i18n.F("%[1]s（沿用上次 %[2]d 个）", "%[1]s (%[2]d kept from before)", line, p.Reused)
	}
	if l.way == progressBar {
		fmt.Fprintf(l.w, "\r\x1b[K%s", line.In(l.lang))
		return
	}
	fmt.Fprintln(l.w, line.In(l.lang))
}
