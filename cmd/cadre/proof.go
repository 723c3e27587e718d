package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/planning"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
	"cadre/workbook"
)

// writePlan writes plan.json and returns its planSum.
func writePlan(path string, p *posting.Plan) (sum string, err error) {
	h := sha256.New()
	err = create(path, func(w io.Writer) error { return workbook.WritePlanJSON(io.MultiWriter(w, h), p) })
	return hex.EncodeToString(h.Sum(nil)), err
}

// writeCertificate seals the certificate together with the plan of that planSum. Where nothing was certified there is none.
func writeCertificate(path string, c *certify.Certificate, plan string) error {
	if c == nil {
		return nil
	}
	sealed := *c
	sealed.Plan = plan
	sealed.Seal()
	return create(path, sealed.Write)
}

// planSum is the sha256 of plan.json in its canonical form, so that formatting does not matter: a plan that was read gives the
// text that was written.
func planSum(p *posting.Plan) string {
	h := sha256.New()
	if workbook.WritePlanJSON(h, p) != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
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
			return i18n.E("plan.json 中 %s 从第 %[3]d 期起任 %[2]s，solution.txt 中没有", "plan.json has %s on %s from period %d; solution.txt has not", cadre, post, period)
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
			return i18n.E("solution.txt 中有 %s，plan.json 中没有", "solution.txt has %s; plan.json has not", name)
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

// shortProof is how long the certificate of solve may take where that is more than what the solver took: enough for
// small models.
const shortProof = 5 * time.Second

// certifySolve replaces claimed bounds by certified ones, or proves that there is no solution, inside the time limit and in no
// more time than solving took, and returns the certificate; nil, and the claims stand, where there is none.
func certifySolve(ctx context.Context, m *mip.Model, r *lexico.Result, p solver.Params, limit, took time.Duration) *certify.Certificate {
	time := max(took, shortProof)
	if limit > 0 {
		time = min(time, max(limit-took, 1))
	}
	switch {
	case r.Status == solver.Infeasible:
		return planning.Refute(ctx, m, r, time)
	case r.Values == nil:
		return nil
	}
	ctx, stop := planning.Unhurried(ctx, r)
	defer stop()
	return planning.Prove(ctx, m, r, p, time)
}
