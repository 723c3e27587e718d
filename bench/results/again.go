package results

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cadre/bench/race"
)

// againFile is the log of runs that were made once more.
const againFile = "again.jsonl"

// repeat is how far a solver's second runs lie from its first ones: by the value, by the bound, and in time.
type repeat struct {
	runs          int
	values, bound float64   // most, relative
	ratios        []float64 // of the times to the answer, second over first
}

// again says how far the figures are reproduced, solver by solver.
func (s *Section) again(b *strings.Builder) {
	at := slices.IndexFunc(s.Logs, func(l Log) bool { return l.File == againFile })
	if at < 0 {
		return
	}
	var order []string
	found := map[string]*repeat{}
	for _, r := range s.Logs[at].Runs {
		first := s.first(&r)
		if first == nil || r.Status == race.Missing {
			continue
		}
		if found[r.Solver] == nil {
			order, found[r.Solver] = append(order, r.Solver), &repeat{}
		}
		found[r.Solver].add(first, &r)
	}
	if len(order) == 0 {
		return
	}
	b.WriteString("### How far a second run reproduces them\n\n`make bench-again`: part of the runs once more, held against the first. Relative differences are the most of all pairs; " +
		"times are those to the answer, second over first.\n\n| solver | pairs | value off by | bound off by | time, median | least | most |\n|---|---|---|---|---|---|---|\n")
	for _, n := range order {
		f := found[n]
		slices.Sort(f.ratios)
		fmt.Fprintf(b, "| %s | %d | %.3f %% | %.3f %% | %.2f | %.2f | %.2f |\n", n, f.runs, 100*f.values, 100*f.bound, (f.ratios[(len(f.ratios)-1)/2]+f.ratios[len(f.ratios)/2])/2, f.ratios[0], f.ratios[len(f.ratios)-1])
	}
	b.WriteString("\n")
}

// first is the earlier run of the same solver on the same model under the same terms, nil where there is none.
func (s *Section) first(r *race.Run) *race.Run {
	for i := range s.Logs {
		if s.Logs[i].File == againFile {
			continue
		}
		for k := range s.Logs[i].Runs {
			o := &s.Logs[i].Runs[k]
			if o.Model == r.Model && o.Solver == r.Solver && o.Seed == r.Seed && o.Limit == r.Limit && o.Asked == r.Asked && o.Threads == r.Threads {
				return o
			}
		}
	}
	return nil
}

func (f *repeat) add(a, b *race.Run) {
	f.runs++
	f.values, f.bound = max(f.values, off(a.Objective, b.Objective)), max(f.bound, off(a.Bound, b.Bound))
	if a.Answer > 0 {
		f.ratios = append(f.ratios, b.Answer/a.Answer)
	} else {
		f.ratios = append(f.ratios, 1)
	}
}

// off is how far two values lie apart, relative to the first; 1 where only one is there.
func off(a, b *float64) float64 {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil || b == nil:
		return 1
	}
	return math.Abs(*a-*b) / math.Max(1, math.Abs(*a))
}
