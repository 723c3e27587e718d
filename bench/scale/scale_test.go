package scale

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// power are points that grow as 3 n^1.5 columns; the solve of the last one ended at a limit.
func power() []Point {
	var out []Point
	for _, n := range []int{100, 400, 1600, 6400} {
		out = append(out, Point{Kind: "x", Cadres: n, Columns: int(math.Round(3 * math.Pow(float64(n), 1.5))), Solve: float64(n), Status: "optimal"})
	}
	out[3].Status, out[3].Solve = "feasible", 60
	return out
}

func TestFits(t *testing.T) {
	fits := Fits(power())
	if len(fits) != 2 || math.Abs(fits[0].Exponent-1.5) > 1e-3 || fits[0].R2 < 0.999 || fits[0].Points != 4 {
		t.Fatalf("%+v", fits)
	}
	if f := fits[1]; f.Name != "solve" || f.Points != 3 || math.Abs(f.Exponent-1) > 1e-9 {
		t.Errorf("a solve cut short is fitted: %+v", f)
	}
	if fits := Fits(power()[:2]); len(fits) != 0 {
		t.Errorf("two points are fitted: %+v", fits)
	}
}

func TestTableAndCharts(t *testing.T) {
	var b strings.Builder
	if err := Table(&b, power()); err != nil || !strings.Contains(b.String(), "| columns | 1.50 |") {
		t.Errorf("%v\n%s", err, b.String())
	}
	dir := t.TempDir()
	if err := Charts(dir, power()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "scale-columns.svg"))
	if err != nil || !strings.Contains(string(text), "干部 cadres") || !strings.Contains(string(text), "n^1.50") {
		t.Errorf("%v %.200s", err, text)
	}
	if _, err := os.Stat(filepath.Join(dir, "scale-memory.svg")); err == nil {
		t.Error("what was not measured is drawn")
	}
}
