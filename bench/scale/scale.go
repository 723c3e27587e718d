// Package scale measures how the work of a plan grows with the number of cadres, and fits a power of the size to it.
package scale

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/stat"

	"cadre/bench/chart"
	"cadre/generate"
)

// Point is one size. Times are seconds, memory MB; what was not measured is 0.
type Point struct {
	Kind    string  `json:"kind"`
	Asked   int     `json:"asked"`
	Cadres  int     `json:"cadres"`
	Posts   int     `json:"posts"`
	Columns int     `json:"columns"`
	Rows    int     `json:"rows"`
	Terms   int     `json:"terms"`
	Write   float64 `json:"generate_seconds"`
	Read    float64 `json:"read_seconds"`
	Encode  float64 `json:"encode_seconds"`
	Solve   float64 `json:"solve_seconds"`
	Gap     float64 `json:"gap"`    // when solving ended, 1 where there was no plan
	Status  string  `json:"status"` // of the solve, "" where none was tried
	Memory  float64 `json:"memory_mb"`
	Fault   string  `json:"fault,omitempty"`
}

// KindOf is the kind of instance that has so many cadres.
func KindOf(size int) generate.Kind {
	switch {
	case size <= generate.MostCounty:
		return generate.KindCounty
	case size <= 10_000:
		return generate.KindPrefecture
	case size < 60_000:
		return generate.KindProvince
	}
	return generate.KindNational
}

// quantity is something that grows.
type quantity struct {
	name, unit string
	of         func(*Point) float64
}

func quantities() []quantity {
	return []quantity{
		{"columns", "", func(p *Point) float64 { return float64(p.Columns) }}, {"rows", "", func(p *Point) float64 { return float64(p.Rows) }},
		{"terms", "", func(p *Point) float64 { return float64(p.Terms) }}, {"read", "s", func(p *Point) float64 { return p.Read }},
		{"encode", "s", func(p *Point) float64 { return p.Encode }}, {"solve", "s", func(p *Point) float64 { return p.Solve }},
		{"memory", "MB", func(p *Point) float64 { return p.Memory }},
	}
}

// Fit is quantity = factor x cadres^exponent, by least squares on logarithms, over so many points.
type Fit struct {
	Name             string
	Factor, Exponent float64
	R2               float64
	Points           int
}

// leastPoints is from how many points on a power is fitted: through two runs every line.
const leastPoints = 3

// Fits fits every quantity that enough points have. Solves that ended at a limit say how long the limit was, and are left out.
func Fits(points []Point) []Fit {
	var out []Fit
	for _, q := range quantities() {
		var xs, ys []float64
		for i := range points {
			p := &points[i]
			if v := q.of(p); p.Fault == "" && v > 0 && (q.name != "solve" || p.Status == "optimal") {
				xs, ys = append(xs, math.Log(float64(p.Cadres))), append(ys, math.Log(v))
			}
		}
		if len(xs) < leastPoints {
			continue
		}
		a, b := stat.LinearRegression(xs, ys, nil, false)
		out = append(out, Fit{q.name, math.Exp(a), b, stat.RSquared(xs, ys, nil, a, b), len(xs)})
	}
	return out
}

// Table writes points and fits as Markdown.
func Table(w io.Writer, points []Point) error {
	var err error
	line := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format+"\n", args...)
		}
	}
	line("| kind | cadres | posts | columns | rows | coefficients | generate, s | read, s | encode, s | solve, s | status | gap | MB | remark |")
	line("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, p := range points {
		line("| %s | %d | %d | %d | %d | %d | %.2f | %.2f | %.2f | %s | %s | %s | %.0f | %s |", p.Kind, p.Cadres, p.Posts, p.Columns, p.Rows, p.Terms,
			p.Write, p.Read, p.Encode, orDash(p.Solve, p.Status), dash(p.Status), gap(p), p.Memory, p.Fault)
	}
	if fits := Fits(points); len(fits) > 0 {
		line("\n| quantity | grows as cadres to the power | R2 | points |\n|---|---|---|---|")
		for _, f := range fits {
			line("| %s | %.2f | %.3f | %d |", f.Name, f.Exponent, f.R2, f.Points)
		}
	}
	return err
}

func orDash(v float64, status string) string {
	if status == "" {
		return "-"
	}
	return fmt.Sprintf("%.2f", v)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func gap(p Point) string {
	if p.Status == "" || p.Status == "no-solution" || p.Status == "infeasible" {
		return "-"
	}
	return fmt.Sprintf("%.4f %%", 100*p.Gap)
}

// Charts draws, for each quantity that was measured, its points and the fitted power, as scale-NAME.svg.
func Charts(dir string, points []Point) error {
	fits := map[string]Fit{}
	for _, f := range Fits(points) {
		fits[f.Name] = f
	}
	for _, q := range quantities() {
		measured, fitted := chart.Series{Name: q.name}, chart.Series{Dotted: true}
		f, known := fits[q.name]
		for i := range points {
			n := float64(points[i].Cadres)
			measured.X, measured.Y = append(measured.X, n), append(measured.Y, q.of(&points[i]))
			fitted.X, fitted.Y = append(fitted.X, n), append(fitted.Y, f.Factor*math.Pow(n, f.Exponent))
		}
		series := []chart.Series{measured}
		if known {
			fitted.Name = fmt.Sprintf("~ n^%.2f", f.Exponent)
			series = append(series, fitted)
		}
		if !positive(measured.Y) {
			continue
		}
		if err := draw(filepath.Join(dir, "scale-"+q.name+".svg"), chart.Axes{Title: q.name, X: "干部 cadres", Y: q.unit, LogX: true, LogY: true}, series); err != nil {
			return err
		}
	}
	return nil
}

// positive tells whether there are two values that a logarithmic axis can show.
func positive(values []float64) bool {
	n := 0
	for _, v := range values {
		if v > 0 {
			n++
		}
	}
	return n > 1
}

func draw(path string, a chart.Axes, series []chart.Series) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := chart.Lines(f, a, series); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
