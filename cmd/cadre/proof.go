package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"cadre/mip"
	"cadre/planning"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/solver/native"
	"cadre/workbook"
)

// fileNames are the columns' names as model.mps.gz and solution.txt have them.
func fileNames(m *mip.Model) []string { return mip.SafeNames("c", columnNames(m)) }

// writeCertificate seals the certificate together with the plan. Where nothing was certified there is none.
func writeCertificate(path string, o *planning.Outcome) error {
	if o.Certificate == nil {
		return nil
	}
	sealed := *o.Certificate
	sealed.Plan = planSum(o.Plan)
	sealed.Seal()
	return create(path, sealed.Write)
}

// planSum is the sha256 of plan.json in its canonical form, so that formatting does not matter.
func planSum(p *posting.Plan) string {
	var text bytes.Buffer
	if workbook.WritePlanJSON(&text, p) != nil {
		return ""
	}
	read := &posting.Plan{} // as a reader gets it
	if json.Unmarshal(text.Bytes(), read) != nil {
		return ""
	}
	text.Reset()
	if workbook.WritePlanJSON(&text, read) != nil {
		return ""
	}
	sum := sha256.Sum256(text.Bytes())
	return hex.EncodeToString(sum[:])
}

// readSolution reads what writeSolution wrote; columns that are not named are zero.
func readSolution(path string, m *mip.Model) ([]float64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	at := make(map[string]int, len(m.Columns))
	for j, name := range fileNames(m) {
		at[name] = j
	}
	x := make([]float64, len(m.Columns))
	given := make([]bool, len(x))
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 {
			continue
		}
		j, known := at[words[0]]
		if len(words) != 2 || !known || given[j] {
			return nil, fmt.Errorf("solution.txt:%d: expected the name of a column, once, and its value", n)
		}
		if x[j], err = strconv.ParseFloat(words[1], 64); err != nil {
			return nil, fmt.Errorf("solution.txt:%d: %w", n, err)
		}
		given[j] = true
	}
	return x, lines.Err()
}

// Spells in the names of columns (docs/formulation.md): stay.CADRE.POST.FROM.TO, and move and second likewise.
const (
	stayColumn   = "stay"
	moveColumn   = "move"
	secondColumn = "second"
)

// sameAssignments decodes the solution by the names of its columns and compares it with the plan.
func sameAssignments(all []posting.Assignment, names []string, x []float64) error {
	held := map[string]int{} // spells of the solution, without their last period
	for j, name := range names {
		if what, _, _ := strings.Cut(name, "."); x[j] != 0 && (what == stayColumn || what == moveColumn || what == secondColumn) {
			held[name[:strings.LastIndexByte(name, '.')]]++
		}
	}
	take := func(what, cadre, post string, period int) error {
		key := mip.SafeNames("c", []string{strings.Join([]string{what, cadre, post, strconv.Itoa(period)}, ".")})[0]
		if held[key] == 0 {
			return fmt.Errorf("plan.json has %s on %s from period %d; solution.txt has not", cadre, post, period)
		}
		if held[key]--; held[key] == 0 {
			delete(held, key)
		}
		return nil
	}
	for _, a := range all {
		for _, s := range spellsOf(a) {
			if err := take(s.what, a.Cadre, s.post, s.period); err != nil {
				return err
			}
		}
	}
	for j, name := range names {
		if dot := strings.LastIndexByte(name, '.'); x[j] != 0 && dot >= 0 && held[name[:dot]] > 0 {
			return fmt.Errorf("solution.txt has %s; plan.json has not", name)
		}
	}
	return nil
}

// namedSpell is what an assignment asks of the solution.
type namedSpell struct {
	what, post string
	period     int
}

// spellsOf: a stay is the spell of the seat from its period, which is the first; whoever moves or leaves later than in
// the first period has kept his seat until then; whoever is seconded keeps it throughout.
func spellsOf(a posting.Assignment) []namedSpell {
	if a.Move == posting.MoveSecond {
		return []namedSpell{{stayColumn, a.From, 1}, {secondColumn, a.To, a.Period}}
	}
	if a.Move == posting.MoveStay {
		out := []namedSpell{{stayColumn, a.From, a.Period}}
		if a.To != a.From {
			out = append(out, namedSpell{moveColumn, a.To, a.Period})
		}
		return out
	}
	var out []namedSpell
	if a.From != "" && a.Period > 1 {
		out = append(out, namedSpell{stayColumn, a.From, 1})
	}
	if a.To != "" {
		out = append(out, namedSpell{moveColumn, a.To, a.Period})
	}
	return out
}

// shortProof is how long the certificate of solve may take where that is more than its share of what the solver took:
// enough for small models.
const shortProof = 500 * time.Millisecond

// certifySolve replaces claimed bounds by certified ones where those are as good or within the gap, and says whether it
// did for every level. What is certified otherwise is returned for the last level; NaN where nothing is.
func certifySolve(ctx context.Context, m *mip.Model, r *lexico.Result, o solveOptions, took time.Duration) (certified bool, bound float64) {
	if r.Values == nil || len(m.Levels) == 0 {
		return false, math.NaN()
	}
	limits := certify.Limits{Gap: o.gap, Time: max(took/4, shortProof)} // a fifth of both together
	if o.time > 0 {
		limits.Time = min(limits.Time, max(o.time-took, 1))
	}
	built, err := certify.Build(ctx, m, certify.Exact(m, r.Values), r.Proofs(), native.Native{}, limits)
	if err != nil {
		return false, math.NaN()
	}
	for k, c := range built.Levels {
		if gap := solver.RelGap(c.Value, c.Bound); gap > max(o.gap, mip.FeasTol) && c.Bound < r.Levels[k].Bound || math.IsInf(c.Bound, -1) {
			return false, built.Levels[len(built.Levels)-1].Bound
		}
	}
	for k, c := range built.Levels {
		r.Levels[k].Bound = c.Bound
	}
	return true, built.Levels[len(built.Levels)-1].Bound
}
