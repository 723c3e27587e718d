package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

func cbcPeer(ctx context.Context) peer {
	p := peer{name: "cbc", claims: cbcClaims, point: cbcPoint}
	path, err := exec.LookPath("cbc")
	if err != nil {
		p.missing = "not installed; Debian: coinor-cbc"
		return p
	}
	text, err := exec.CommandContext(ctx, path, "-quit").Output()
	if err != nil {
		p.missing = err.Error()
		return p
	}
	if v := regexp.MustCompile(`Version:\s*(\S+)`).FindStringSubmatch(string(text)); v != nil {
		p.version = v[1]
	}
	p.command = func(j job, solution string) []string {
		return []string{path, j.path, "-timeMode", "elapsed", "-sec", fmt.Sprint(j.time.Seconds()), "-ratioGap", fmt.Sprint(j.gap),
			"-randomCbcSeed", strconv.Itoa(j.seed), "-solve", "-solution", solution}
	}
	return p
}

var (
	cbcResult = regexp.MustCompile(`(?m)^Result - (.*)$`)
	cbcValue  = regexp.MustCompile(`(?m)^Objective value:\s+(\S+)`)
	cbcBound  = regexp.MustCompile(`(?m)^Lower bound:\s+(\S+)`)
	cbcBest   = regexp.MustCompile(`best possible (\S+)`)
)

// cbcClaims reads the summary that CBC prints. A proof of optimality names no bound: there the value is the bound.
// Where the summary has none, the last "best possible" of the log stands.
func cbcClaims(stdout string) (claim, error) {
	result := cbcResult.FindStringSubmatch(stdout)
	if result == nil {
		return claim{}, errors.New("cbc printed no result")
	}
	c := claim{Objective: number(cbcValue.FindStringSubmatch(stdout)), Bound: number(cbcBound.FindStringSubmatch(stdout))}
	if all := cbcBest.FindAllStringSubmatch(stdout, -1); c.Bound == nil && len(all) > 0 {
		c.Bound = number(all[len(all)-1])
	}
	switch text := strings.TrimSpace(result[1]); {
	case strings.Contains(text, "infeasible"):
		return claim{Status: "infeasible"}, nil
	case text == "Optimal solution found":
		c.Status, c.Bound = "optimal", c.Objective
	case strings.HasPrefix(text, "Optimal solution found"):
		c.Status = "optimal"
	case c.Objective == nil || strings.Contains(stdout, "No feasible solution found"):
		c.Status, c.Objective = "no-solution", nil
	default:
		c.Status = "feasible"
	}
	return c, nil
}

// number is the first group as a number, nil where there is none or it is as good as infinite.
func number(match []string) *float64 {
	const none = 1e50
	if match == nil {
		return nil
	}
	v, err := strconv.ParseFloat(match[1], 64)
	if err != nil || v > none || v < -none {
		return nil
	}
	return &v
}

// cbcPoint reads lines of index, name, value and reduced cost; a broken bound or row has ** before it.
func cbcPoint(solution string) (map[string]float64, error) {
	return readPoint(solution, func(f []string) (string, string, bool) {
		if f[0] == "**" {
			f = f[1:]
		}
		if len(f) != 4 {
			return "", "", false // the heading
		}
		return f[1], f[2], true
	})
}

// highsPeer is HiGHS's own program, without our reading, checking and certifying around it. Its library, where it is
// not installed, is found with the loader's own means (LD_LIBRARY_PATH and its kin).
func highsPeer(ctx context.Context) peer {
	p := peer{name: "highs-cli", claims: highsClaims, point: highsPoint}
	path, err := exec.LookPath("highs")
	if err != nil {
		p.missing = "no program highs on the path; the Python package highsbox has one"
		return p
	}
	text, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		p.missing = err.Error()
		return p
	}
	if v := regexp.MustCompile(`HiGHS\D*(\d\S*)`).FindStringSubmatch(string(text)); v != nil {
		p.version = v[1]
	}
	p.command = func(j job, solution string) []string {
		options := fmt.Sprintf("mip_rel_gap = %g\nthreads = 1\nrandom_seed = %d\n", j.gap, j.seed)
		file := solution + ".options"
		if err := os.WriteFile(file, []byte(options), 0o644); err != nil {
			file = "" // HiGHS refuses the empty name, and the run shows it
		}
		return []string{path, "--options_file", file, "--time_limit", fmt.Sprint(j.time.Seconds()), "--solution_file", solution, j.path}
	}
	return p
}

var (
	highsStatus = regexp.MustCompile(`(?m)^  Status\s+(.*)$`)
	highsPrimal = regexp.MustCompile(`(?m)^  Primal bound\s+(\S+)`)
	highsDual   = regexp.MustCompile(`(?m)^  Dual bound\s+(\S+)`)
)

// highsClaims reads the report at the end of HiGHS's log.
func highsClaims(stdout string) (claim, error) {
	status := highsStatus.FindStringSubmatch(stdout)
	if status == nil {
		return claim{}, errors.New("highs printed no report")
	}
	c := claim{Objective: number(highsPrimal.FindStringSubmatch(stdout)), Bound: number(highsDual.FindStringSubmatch(stdout))}
	switch text := strings.TrimSpace(status[1]); {
	case text == "Infeasible":
		return claim{Status: "infeasible"}, nil
	case c.Objective == nil:
		c.Status = "no-solution"
	case text == "Optimal":
		c.Status = "optimal"
	default:
		c.Status = "feasible"
	}
	return c, nil
}

// highsPoint reads the lines of name and value below "# Columns" of the primal solution.
func highsPoint(solution string) (map[string]float64, error) {
	section := ""
	return readPoint(solution, func(f []string) (string, string, bool) {
		if f[0] == "#" && len(f) > 1 {
			section += f[1] + " "
			return "", "", false
		}
		if section != "Primal Columns " || len(f) != 2 {
			return "", "", false
		}
		return f[0], f[1], true
	})
}
