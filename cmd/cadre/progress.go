package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/solver"
)

// progress shows a running solve: one line that is rewritten on a terminal, one line a second elsewhere.
type progress struct {
	w        io.Writer
	lang     i18n.Lang
	terminal bool
	last     time.Time
	shown    bool
}

func newProgress(w io.Writer, lang i18n.Lang) *progress {
	return &progress{w: w, lang: lang, terminal: isTerminal(w), last: time.Now()}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *progress) show(news solver.Progress) {
	pause := time.Second
	if p.terminal {
		pause = 100 * time.Millisecond
	}
	if time.Since(p.last) < pause {
		return
	}
	p.last, p.shown = time.Now(), true
	line := i18n.F("%s：当前方案 %s，下界 %s，差距 %s，%d 秒", "%s: incumbent %s, bound %s, gap %s, %d s",
		news.Level, number(news.Incumbent), number(news.Bound), percent(news.Gap()), int(news.Elapsed.Seconds())).In(p.lang)
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", line)
		return
	}
	fmt.Fprintln(p.w, line)
}

// done ends the rewritten line.
func (p *progress) done() {
	if p.terminal && p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// showTrace says what several backends did, where more than one answered.
func showTrace(w io.Writer, solver string, trace []string) {
	if !strings.ContainsAny(solver, ">") && !slices.ContainsFunc(trace, func(line string) bool { return strings.Contains(line, "race: ") }) {
		return
	}
	for _, line := range trace {
		fmt.Fprintln(w, "log:", line)
	}
}

func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	return fmt.Sprintf("%.6g", v)
}

func percent(v float64) string {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return "-"
	}
	return fmt.Sprintf("%.2f%%", 100*v)
}
