package race

import (
	"io"
	"os"
	"path/filepath"

	"cadre/bench/chart"
)

// leastGap is the smallest gap that a curve shows: on a logarithmic axis nought has no place.
const leastGap = 1e-5

// WriteCurves draws, for each model, the gap of every solver over time (the first run of each), as gap-MODEL.svg.
func WriteCurves(dir string, all []Run) error {
	var models []string
	byModel := map[string][]chart.Series{}
	for k := range all {
		r := &all[k]
		if r.Status == Missing || len(r.Events) == 0 || r.Seed > 1 {
			continue
		}
		if byModel[r.Model] == nil {
			models = append(models, r.Model)
		}
		byModel[r.Model] = append(byModel[r.Model], r.series())
	}
	for _, m := range models {
		err := writeChart(filepath.Join(dir, "gap-"+m+".svg"), func(w io.Writer) error {
			return chart.Lines(w, chart.Axes{Title: m, X: "秒 seconds", Y: "差距 gap", LogY: true}, byModel[m])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// series is the gap over time, at most 1, from the start to the end of the run.
func (r *Run) series() chart.Series {
	s := chart.Series{Name: r.Solver, X: []float64{0}, Y: []float64{1}, Steps: true}
	for _, e := range r.Events {
		s.X, s.Y = append(s.X, e.At), append(s.Y, min(1, max(leastGap, e.gap())))
	}
	s.X, s.Y = append(s.X, max(r.Answer, s.X[len(s.X)-1])), append(s.Y, s.Y[len(s.Y)-1])
	return s
}

func writeChart(path string, draw func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := draw(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
