// Package chart draws the pictures of the bench as SVG. Chinese text stays text, in a stack of fonts that have it: a bitmap of
// gonum/plot would lose it.
package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Axes says what stands at the axes, and which of them are logarithmic. Values that a logarithm cannot show are left out.
type Axes struct {
	Title, X, Y string
	LogX, LogY  bool
}

// Series is one line of a chart: its points in order of x.
type Series struct {
	Name   string
	X, Y   []float64
	Steps  bool // the value holds until the next point
	Dotted bool // a fitted line, without marks
}

// fonts are tried in order: those that have Chinese characters on the common systems, then any.
const fonts = `"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",sans-serif`

const width, height = 16 * vg.Centimeter, 10 * vg.Centimeter

// Lines writes a chart of lines.
func Lines(w io.Writer, a Axes, series []Series) error {
	p := frame(a)
	if a.LogX && len(series) > 0 {
		p.X.Tick.Marker = ticksAt(series[0].X)
	}
	for i, s := range series {
		points := a.points(s)
		if len(points) == 0 {
			continue
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return err
		}
		line.Color, line.Width = plotutil.Color(i), vg.Points(1.5)
		if s.Steps {
			line.StepStyle = plotter.PostStep
		}
		if s.Dotted {
			line.Dashes = plotutil.Dashes(1)
		}
		p.Add(line)
		p.Legend.Add(s.Name, line)
		if !s.Dotted && !s.Steps {
			marks, err := plotter.NewScatter(points)
			if err != nil {
				return err
			}
			marks.Color = plotutil.Color(i)
			p.Add(marks)
		}
	}
	return write(w, p)
}

// ticksAt labels the values themselves: on a logarithmic axis few of them are powers of ten.
func ticksAt(values []float64) plot.ConstantTicks {
	var out plot.ConstantTicks
	for _, v := range values {
		out = append(out, plot.Tick{Value: v, Label: fmt.Sprintf("%.6g", v)})
	}
	return out
}

// Boxes writes box plots of groups of values, in the order of their names.
func Boxes(w io.Writer, a Axes, names []string, values [][]float64) error {
	p := frame(a)
	low, high := math.Inf(1), math.Inf(-1)
	for i, list := range values {
		if len(list) == 0 {
			continue
		}
		low, high = min(low, slices.Min(list)), max(high, slices.Max(list))
		box, err := plotter.NewBoxPlot(vg.Points(24), float64(i), plotter.Values(list))
		if err != nil {
			return err
		}
		p.Add(box)
	}
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.5, float64(len(names))-0.5 // room for the outer boxes and their names
	p.Y.Min, p.Y.Max = room(low, high)
	return write(w, p)
}

// room is the range of an axis that shows values from low to high: from nought where none is below, with space above.
func room(low, high float64) (from, to float64) {
	if math.IsInf(low, 0) {
		return 0, 1
	}
	const space = 0.08
	from, to = min(0, low), max(0, high)
	if from == to {
		to = 1
	}
	width := to - from
	if from < 0 {
		from -= space * width
	}
	return from, to + space*width
}

func frame(a Axes) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = a.Title, a.X, a.Y
	if a.LogX {
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	}
	if a.LogY {
		p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	}
	p.Legend.Top, p.Legend.XOffs, p.Legend.YOffs = true, -vg.Centimeter, -vg.Points(4)
	p.Add(plotter.NewGrid())
	return p
}

func (a Axes) points(s Series) plotter.XYs {
	var out plotter.XYs
	for i := range s.X {
		x, y := s.X[i], s.Y[i]
		if math.IsNaN(x+y) || math.IsInf(x+y, 0) || a.LogX && x <= 0 || a.LogY && y <= 0 {
			continue
		}
		out = append(out, plotter.XY{X: x, Y: y})
	}
	return out
}

// write draws on an SVG and puts our stack of fonts in the place of the one that gonum names.
func write(w io.Writer, p *plot.Plot) (err error) {
	defer func() { // gonum/plot panics where the axes cannot be drawn
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot draw %q: %v", p.Title.Text, r)
		}
	}()
	c, err := p.WriterTo(width, height, "svg")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return err
	}
	_, err = io.WriteString(w, withFonts(b.String()))
	return err
}

var _ = vgsvg.New // the format "svg" is registered by this package

// withFonts replaces the font families of the text elements.
func withFonts(svg string) string {
	var b strings.Builder
	for {
		i := strings.Index(svg, "font-family:")
		if i < 0 {
			return b.String() + svg
		}
		end := i + strings.IndexAny(svg[i:], ";\"")
		b.WriteString(svg[:i] + "font-family:" + strings.ReplaceAll(fonts, `"`, "'"))
		svg = svg[end:]
	}
}
