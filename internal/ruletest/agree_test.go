package ruletest

import (
	"flag"
	"testing"
)

// The long run is asked for by name: go test ./internal/ruletest -run Deep -instances 2000 -timeout 60m.
var (
	instances = flag.Int("instances", 0, "random instances of TestDeep; 0 leaves it at a handful")
	firstSeed = flag.Uint64("seed", 1, "seed of the first random instance")
)

// shortRun and deepMinimum are the random instances of the short run, and those of TestDeep without a flag.
const (
	shortRun    = 80
	deepMinimum = 5
)

// agreeOn compares encoder, auditor and oracle in the worlds of n seeds, and tells which part of each was in play.
func agreeOn(t *testing.T, first uint64, n int) {
	t.Helper()
	var all []Agreement
	for seed := first; seed < first+uint64(n); seed++ {
		w := Random(seed)
		a, err := Agree(w, Backend())
		if err != nil {
			small := Shrink(w, func(v *World) bool { _, err := Agree(v, Backend()); return err != nil })
			_, why := Agree(small, Backend())
			t.Errorf("seed %d: %v\nsmaller: %v\n%s", seed, err, why, small.Archive())
		}
		all = append(all, a)
	}
	sum := Sum(all)
	t.Log(Figures(sum))
	if n >= shortRun && (sum["feasible"] == 0 || sum["feasible"] == n || sum["enumerated"] == 0 || sum["seconding"] == 0 || sum["missions"] == 0) {
		t.Error("the random instances are one-sided")
	}
}

func TestRandomWorldsAgree(t *testing.T) { agreeOn(t, *firstSeed, shortRun) }

func TestDeep(t *testing.T) { agreeOn(t, *firstSeed+shortRun, max(*instances, deepMinimum)) }
