// Command warm measures what an earlier solve is worth to the next one: it solves each model, changes one cost, one side of a row
// or one bound, and solves that again with and without what the first solve left behind.
//
//	go run ./bench/warm --gap 0.001 --changes 3 --time 60s MODEL.mps...
//
// A line per change has both times and values; the last line has the medians of the ratios by kind of change.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cadre/mip"
	"cadre/solver"
	"cadre/solver/native"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	f := flag.NewFlagSet("warm", flag.ContinueOnError)
	gap := f.Float64("gap", 1e-3, "relative gap")
	changes := f.Int("changes", 3, "changes of each kind")
	limit := f.Duration("time", time.Minute, "time limit of a solve")
	seed := f.Uint64("seed", 1, "seed of the changes")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return errors.New("no model named")
	}
	par := solver.Params{Gap: *gap, Time: *limit, Seed: 1}
	ratios := map[string][]float64{}
	for _, name := range f.Args() {
		if err := measure(name, par, *changes, rand.New(rand.NewPCG(*seed, 1)), ratios); err != nil {
			return err
		}
	}
	var all []float64
	for _, k := range kinds {
		fmt.Printf("median of %s: %.1f times sooner\n", k.name, median(ratios[k.name]))
		all = append(all, ratios[k.name]...)
	}
	fmt.Printf("median of all: %.1f times sooner\n", median(all))
	return nil
}

// kinds are the sorts of changes; a change says whether it found something to change.
var kinds = []struct {
	name   string
	change func(m *mip.Model, x []float64, rng *rand.Rand) (what string, ok bool)
}{
	{"costs", cost}, {"sides", side}, {"agreed choices", agree}, {"other pins", pin}, {"bans", ban},
}

func measure(name string, par solver.Params, changes int, rng *rand.Rand, ratios map[string][]float64) error {
	first, err := read(name)
	if err != nil {
		return err
	}
	base := solve(first, par)
	fmt.Printf("%s: %s %g of %g in %.2f s\n", filepath.Base(name), base.Status, base.Objective, base.Bound, base.Elapsed.Seconds())
	if base.Values == nil {
		return nil
	}
	for _, k := range kinds {
		for range changes {
			m, err := read(name)
			if err != nil {
				return err
			}
			what, ok := k.change(m, base.Values, rng)
			if !ok {
				continue
			}
			cold := solve(m, par)
			next := par
			next.Start, next.Warm = base.Values, base.Warm
			warm := solve(m, next)
			r := cold.Elapsed.Seconds() / warm.Elapsed.Seconds()
			ratios[k.name] = append(ratios[k.name], r)
			fmt.Printf("  %-28s cold %s %g of %g in %.2f s, warm %s %g of %g in %.2f s: %.1f\n", what,
				cold.Status, cold.Objective, cold.Bound, cold.Elapsed.Seconds(), warm.Status, warm.Objective, warm.Bound, warm.Elapsed.Seconds(), r)
		}
	}
	return nil
}

func read(name string) (*mip.Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return mip.ReadMPS(f)
}

func solve(m *mip.Model, p solver.Params) solver.Result {
	r, _ := native.New().Solve(context.Background(), m, p) // it never returns an error
	return r
}

// cost makes one choice dearer or cheaper by a tenth of the largest cost.
func cost(m *mip.Model, _ []float64, rng *rand.Rand) (string, bool) {
	terms := m.Levels[0].Terms
	if len(terms) == 0 {
		return "", false
	}
	most := 0.0
	for _, t := range terms {
		most = max(most, math.Abs(t.Coef))
	}
	t := &terms[rng.IntN(len(terms))]
	by := math.Round(most / 10)
	if rng.IntN(2) == 0 {
		by = -by
	}
	t.Coef += by
	return fmt.Sprintf("cost of %s %+g", m.Columns[t.Col].Name, by), true
}

// side moves one side of an inequality by one.
func side(m *mip.Model, _ []float64, rng *rand.Rand) (string, bool) {
	var list []int
	for i, r := range m.Rows {
		if r.Lower != r.Upper && len(r.Terms) > 10 {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return "", false
	}
	r := &m.Rows[list[rng.IntN(len(list))]]
	by := float64(1 - 2*rng.IntN(2))
	if math.IsInf(r.Upper, 1) {
		r.Lower += by
	} else {
		r.Upper += by
	}
	return fmt.Sprintf("side of %s %+g", r.Name, by), true
}

// agree holds one choice that the plan makes, pin one that it does not, and ban takes away one that it does.
func agree(m *mip.Model, x []float64, rng *rand.Rand) (string, bool) {
	return hold(m, x, rng, 1, 1)
}

func pin(m *mip.Model, x []float64, rng *rand.Rand) (string, bool) {
	return hold(m, x, rng, 0, 1)
}

func ban(m *mip.Model, x []float64, rng *rand.Rand) (string, bool) {
	return hold(m, x, rng, 1, 0)
}

func hold(m *mip.Model, x []float64, rng *rand.Rand, from, to float64) (string, bool) {
	var list []int
	for j, c := range m.Columns {
		if c.Integer && c.Lower == 0 && c.Upper == 1 && x[j] == from {
			list = append(list, j)
		}
	}
	if len(list) == 0 {
		return "", false
	}
	c := &m.Columns[list[rng.IntN(len(list))]]
	c.Lower, c.Upper = to, to
	return fmt.Sprintf("%s = %g", c.Name, to), true
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
