package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Ways to show a running solve, on stderr.
const (
	progressAuto  = "auto"  // a bar on a terminal, lines elsewhere
	progressBar   = "bar"   // one line that is rewritten
	progressLines = "lines" // one line a second
	progressJSON  = "json"  // one JSON object a line, ten a second at most
	progressNone  = "none"
)

var progressWays = []string{progressAuto, progressBar, progressLines, progressJSON, progressNone}

// pauses between two pieces of news that are shown.
var pauses = map[string]time.Duration{progressBar: 100 * time.Millisecond, progressLines: time.Second, progressJSON: 100 * time.Millisecond}

// progress shows a running solve.
type progress struct {
	w     io.Writer
	lang  i18n.Lang
	way   string
	limit time.Duration // of the run, 0 none
	began time.Time
	last  time.Time
	shown bool
	best  float64 // incumbent that was shown last
	seen  string  // level and phase that were shown last
}

// addProgress adds the flag.
func addProgress(cmd *cobra.Command, way *string) {
	cmd.Flags().StringVar(way, "progress", progressAuto, "news of a running solve on stderr: auto (a bar on a terminal, a line a second elsewhere), bar, lines, json or none")
}

// checkProgress refuses an unknown way.
func checkProgress(way string) error {
	if !slices.Contains(progressWays, way) {
		return usageError(i18n.E("--progress 不认识 %q", "--progress is %q", way), i18n.F("用 %s 之一", "use one of %s", strings.Join(progressWays, ", ")))
	}
	return nil
}

func newProgress(w io.Writer, lang i18n.Lang, way string, limit time.Duration) *progress {
	if way == progressAuto || way == "" {
		way = progressLines
		if isTerminal(w) {
			way = progressBar
		}
	}
	now := time.Now()
	p := &progress{w: w, lang: lang, way: way, limit: limit, began: now, last: now, best: math.NaN()}
	if way == progressJSON {
		p.last = time.Time{} // the first news at once
	}
	return p
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// show prints news, unless the last was a moment ago. In JSON a new incumbent, level or phase is never left out.
func (p *progress) show(news solver.Progress) {
	at := news.Level + "/" + news.Phase
	turn := p.way == progressJSON && (at != p.seen || news.Incumbent != p.best && !(math.IsNaN(news.Incumbent) && math.IsNaN(p.best)))
	if p.way == progressNone || !turn && time.Since(p.last) < pauses[p.way] {
		return
	}
	p.last, p.shown, p.seen, p.best = time.Now(), true, at, news.Incumbent
	switch p.way {
	case progressJSON:
		p.object(news)
	case progressBar:
		fmt.Fprintf(p.w, "\r\x1b[K%s %s", bar(time.Since(p.began), p.limit), p.line(news))
	default:
		fmt.Fprintln(p.w, p.line(news))
	}
}

func (p *progress) line(news solver.Progress) string {
	return i18n.F("%s（%s）：当前方案 %s，下界 %s，差距 %s，%d 秒", "%s (%s): incumbent %s, bound %s, gap %s, %d s",
		news.Level, phaseText(news.Phase).In(p.lang), number(news.Incumbent), number(news.Bound), percent(gapOf(news)), int(time.Since(p.began).Seconds())).In(p.lang)
}

// gapOf is the relative gap, in whatever sense the numbers are.
func gapOf(news solver.Progress) float64 {
	return math.Abs(news.Incumbent-news.Bound) / math.Max(1, math.Abs(news.Incumbent))
}

// phaseWords puts the phases of the backends, and of what stands around them, into words.
var phaseWords = map[string]i18n.Text{
	"batches":    i18n.T("逐批拟定", "batch by batch"),
	"presolve":   i18n.T("预处理", "presolve"),
	"root":       i18n.T("求解松弛", "root"),
	"simplex":    i18n.T("求解松弛", "root"),
	"jump":       i18n.T("寻找初始方案", "first plan"),
	"repair":     i18n.T("寻找初始方案", "first plan"),
	"core":       i18n.T("缩小范围求解", "core"),
	"bound":      i18n.T("提高下界", "bound"),
	"links":      i18n.T("提高下界", "bound"),
	"worths":     i18n.T("提高下界", "bound"),
	"search":     i18n.T("搜索", "search"),
	"neighbours": i18n.T("改进", "polish"),
	"mend":       i18n.T("改进", "polish"),
	"polish":     i18n.T("改进", "polish"),
	"certify":    i18n.T("证明", "certify"),
}

// phaseText is a phase in words, in the backend's own where there are no others.
func phaseText(phase string) i18n.Text {
	if t, ok := phaseWords[phase]; ok {
		return t
	}
	return i18n.T(phase, phase)
}

// newsObject is one piece of news in JSON; numbers that are not known yet are null.
type newsObject struct {
	Seconds   float64  `json:"seconds"`
	Level     string   `json:"level"`
	Phase     string   `json:"phase"`
	Incumbent *float64 `json:"incumbent"`
	Bound     *float64 `json:"bound"`
	Gap       *float64 `json:"gap"`
	Nodes     int64    `json:"nodes"`
}

func (p *progress) object(news solver.Progress) {
	text, err := json.Marshal(newsObject{Seconds: math.Round(time.Since(p.began).Seconds()*1000) / 1000, Level: news.Level, Phase: news.Phase,
		Incumbent: finite(news.Incumbent), Bound: finite(news.Bound), Gap: finite(gapOf(news)), Nodes: news.Nodes})
	if err == nil {
		fmt.Fprintf(p.w, "%s\n", text)
	}
}

// barWidth is how many signs the bar has between its brackets.
const barWidth = 20

// bar shows how much of the time is used; without a limit there is nothing to fill.
func bar(used, limit time.Duration) string {
	if limit <= 0 {
		return "[" + strings.Repeat("·", barWidth) + "]"
	}
	full := int(min(used*barWidth/limit, barWidth))
	return "[" + strings.Repeat("#", full) + strings.Repeat("·", barWidth-full) + "]"
}

// done wipes the rewritten line.
func (p *progress) done() {
	if p.way == progressBar && p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// inSenseOf turns news about a model as it stands into the sense of its file: what is maximised is negated.
func inSenseOf(m *mip.Model, tell func(solver.Progress)) func(solver.Progress) {
	negated := map[string]bool{}
	for k := range m.Levels {
		negated[m.Levels[k].Name] = m.Levels[k].Negated
	}
	return func(news solver.Progress) {
		if negated[news.Level] {
			news.Incumbent, news.Bound = -news.Incumbent, -news.Bound
		}
		tell(news)
	}
}

// log says what backends that choose or race others did, as one more piece of news each.
func (p *progress) log(trace []string) {
	for _, line := range trace {
		switch p.way {
		case progressNone:
		case progressJSON:
			if text, err := json.Marshal(map[string]string{"log": line}); err == nil {
				fmt.Fprintf(p.w, "%s\n", text)
			}
		default:
			fmt.Fprintln(p.w, "log:", line)
		}
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
