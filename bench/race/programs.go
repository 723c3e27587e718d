package race

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"cadre/mip"
)

// program finds a program and its version.
func program(ctx context.Context, p *Peer, name, hint string, version *regexp.Regexp, ask ...string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		p.Missing = "not installed; " + hint
		return ""
	}
	text, err := exec.CommandContext(ctx, path, ask...).CombinedOutput()
	if err != nil {
		p.Missing = path + " does not run: " + firstLine(err, string(text))
		return ""
	}
	if v := version.FindStringSubmatch(string(text)); v != nil {
		p.Version = v[1]
	}
	return path
}

func cbcPeer(ctx context.Context) Peer {
	p := Peer{Name: "cbc", claims: cbcClaims, point: cbcPoint, events: cbcEvents, ready: freeFormat, counts: true}
	path := program(ctx, &p, "cbc", "make peers installs coinor-cbc on Debian", regexp.MustCompile(`Version:\s*(\S+)`), "-quit")
	p.command = func(j Job, solution string) []string {
		mode, limit := "elapsed", j.Time
		if j.Core { // it heeds an interruption only between phases
			mode, limit = "cpu", j.core
		}
		words := []string{path, j.Path, "-timeMode", mode, "-sec", fmt.Sprint(limit.Seconds()), "-ratioGap", fmt.Sprint(j.Gap),
			"-randomCbcSeed", strconv.Itoa(j.Seed)}
		if j.Threads > 1 {
			words = append(words, "-threads", strconv.Itoa(j.Threads))
		}
		return append(words, "-solve", "-solution", solution)
	}
	return p
}

// freeFormat copies a model and says on its NAME line that it is free, as CBC wants to be told: else it stops at a bound without
// a value, or at short names.
func freeFormat(model, folder string) (string, error) {
	in, err := openModel(model)
	if err != nil {
		return "", err
	}
	defer in.Close()
	path := filepath.Join(folder, "model.mps")
	out, err := os.Create(path)
	if err != nil {
		return "", err
	}
	err = copyFree(out, bufio.NewReader(in))
	return path, errors.Join(err, out.Close())
}

func copyFree(out io.Writer, in *bufio.Reader) error {
	w := bufio.NewWriter(out)
	for {
		line, err := in.ReadString('\n')
		text := strings.TrimRight(line, "\r\n")
		named := text == "NAME" || strings.HasPrefix(text, "NAME ") || strings.HasPrefix(text, "NAME\t")
		if f := strings.Fields(text); named && len(f) < 3 {
			line = "NAME " + append(f, "model")[1] + " FREE\n"
		}
		if _, werr := w.WriteString(line); werr != nil {
			return werr
		}
		if err == io.EOF || named {
			break
		}
		if err != nil {
			return err
		}
	}
	if _, err := io.Copy(w, in); err != nil {
		return err
	}
	return w.Flush()
}

var (
	cbcResult = regexp.MustCompile(`(?m)^Result - (.*)$`)
	cbcValue  = regexp.MustCompile(`(?m)^Objective value:\s+(\S+)`)
	cbcBound  = regexp.MustCompile(`(?m)^Lower bound:\s+(\S+)`)
	cbcBest   = regexp.MustCompile(`best possible (\S+)`)
	cbcFound  = regexp.MustCompile(`^Cbc00(?:04|12|16)I Integer solution of (\S+) found .*\(([0-9.]+) seconds\)`)
	cbcNodes  = regexp.MustCompile(`^Cbc0010I .* (\S+) best solution, best possible (\S+) \(([0-9.]+) seconds\)`)
)

// cbcClaims reads the summary that CBC prints. A proof of optimality names no bound: there the value is the bound.
// Where the summary has none, the last "best possible" of the log stands.
func cbcClaims(stdout string) (claim, error) {
	result := cbcResult.FindStringSubmatch(stdout)
	switch {
	case result != nil:
	case strings.Contains(stdout, "Problem is infeasible"):
		return claim{Status: "infeasible"}, nil
	case strings.Contains(stdout, "Problem is unbounded"):
		return claim{Status: "unbounded"}, nil
	case strings.Contains(stdout, "Current model not valid"):
		return claim{}, errors.New("it could not read the model")
	default:
		return claim{}, errors.New("it printed no result")
	}
	c := claim{Objective: number(cbcValue.FindStringSubmatch(stdout), 1), Bound: number(cbcBound.FindStringSubmatch(stdout), 1)}
	if all := cbcBest.FindAllStringSubmatch(stdout, -1); c.Bound == nil && len(all) > 0 {
		c.Bound = number(all[len(all)-1], 1)
	}
	switch text := strings.TrimSpace(result[1]); {
	case strings.Contains(text, "infeasible"):
		return claim{Status: "infeasible"}, nil
	case strings.Contains(text, "unbounded"):
		return claim{Status: "unbounded"}, nil
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

func cbcEvents(out []line, _ string) []Event {
	var events []Event
	for _, l := range out {
		if f := cbcFound.FindStringSubmatch(l.text); f != nil {
			events = append(events, Event{At: seconds(f[2], l.at), Incumbent: number(f, 1)})
		} else if f := cbcNodes.FindStringSubmatch(l.text); f != nil {
			events = append(events, Event{At: seconds(f[3], l.at), Incumbent: number(f, 1), Bound: number(f, 2)})
		}
	}
	return events
}

// seconds is a printed time, or when the line came.
func seconds(printed string, at float64) float64 {
	if t, err := strconv.ParseFloat(printed, 64); err == nil {
		return t
	}
	return at
}

// number is a group as a number, nil where there is none or it is as good as infinite.
func number(match []string, group int) *float64 {
	const none = 1e50
	if match == nil {
		return nil
	}
	v, err := strconv.ParseFloat(match[group], 64)
	if err != nil || v > none || v < -none || v != v {
		return nil
	}
	return &v
}

// cbcPoint reads lines of index, name, value and reduced cost; a broken bound or row has ** before it.
func cbcPoint(solution string, _ *mip.Model) (map[string]float64, error) {
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

// glpsolPeer is GLPK's own program, as somebody would call it; `glpk` is our backend over its library.
func glpsolPeer(ctx context.Context) Peer {
	p := Peer{Name: "glpsol", claims: glpsolClaims, point: glpsolPoint, events: glpsolEvents}
	path := program(ctx, &p, "glpsol", "make peers installs glpk-utils on Debian", regexp.MustCompile(`Solver (\S+)`), "--version")
	p.command = func(j Job, solution string) []string {
		words := []string{path, "--freemps", j.Path, "--tmlim", fmt.Sprint(int(j.Time.Seconds())), "--mipgap", fmt.Sprint(j.Gap), "--write", solution}
		if buffer, err := exec.LookPath("stdbuf"); err == nil {
			words = append([]string{buffer, "-oL"}, words...) // so that lines come when they are written
		}
		return words
	}
	return p
}

var (
	glpsolLine  = regexp.MustCompile(`^\+\s*\d+: (?:mip =|>>>>>)\s*(not found yet|\S+)\s*[<>]=\s*(\S+)`)
	glpsolValue = regexp.MustCompile(`Writing MIP solution`)
)

func glpsolEvents(out []line, _ string) []Event {
	var events []Event
	for _, l := range out {
		if f := glpsolLine.FindStringSubmatch(l.text); f != nil {
			events = append(events, Event{At: l.at, Incumbent: number(f, 1), Bound: number(f, 2)})
		}
	}
	return events
}

// glpsolClaims reads the log. The value stands in the solution file, the bound on the last line of the search; a proof of
// optimality within the gap asked names none that is closer.
func glpsolClaims(stdout string) (claim, error) {
	var c claim
	for l := range strings.Lines(stdout) {
		if f := glpsolLine.FindStringSubmatch(l); f != nil {
			c.Objective, c.Bound = number(f, 1), number(f, 2)
		}
	}
	switch {
	case strings.Contains(stdout, "HAS NO PRIMAL FEASIBLE") || strings.Contains(stdout, "HAS NO INTEGER FEASIBLE") || strings.Contains(stdout, "PROBLEM HAS NO FEASIBLE"):
		return claim{Status: "infeasible"}, nil
	case strings.Contains(stdout, "HAS UNBOUNDED") || strings.Contains(stdout, "HAS NO DUAL FEASIBLE"):
		return claim{Status: "unbounded"}, nil
	case strings.Contains(stdout, "INTEGER OPTIMAL SOLUTION FOUND"):
		c.Status = "optimal"
		if !strings.Contains(stdout, "RELATIVE MIP GAP TOLERANCE REACHED") {
			c.Bound = c.Objective
		}
	case strings.Contains(stdout, "RELATIVE MIP GAP TOLERANCE REACHED"):
		c.Status = "optimal"
	case c.Objective != nil:
		c.Status = "feasible"
	case !glpsolValue.MatchString(stdout):
		return claim{}, errors.New("it printed no result")
	default:
		c.Status = "no-solution"
	}
	return c, nil
}

// glpsolPoint reads lines of j, number of the column, value; columns are numbered as the file names them.
func glpsolPoint(solution string, m *mip.Model) (map[string]float64, error) {
	return readPoint(solution, func(f []string) (string, string, bool) {
		if f[0] != "j" || len(f) < 3 {
			return "", "", false
		}
		n, err := strconv.Atoi(f[1])
		if err != nil || n < 1 || n > len(m.Columns) {
			return "column " + f[1], f[2], true
		}
		return m.Columns[n-1].Name, f[2], true
	})
}

// highsPeer is HiGHS's own program, without our reading, checking and certifying around it. Its library, where it is
// not installed, is found with the loader's own means (LD_LIBRARY_PATH and its kin).
func highsPeer(ctx context.Context) Peer {
	p := Peer{Name: "highs-cli", claims: highsClaims, point: highsPoint}
	path := program(ctx, &p, "highs", "the Python package highsbox has it", regexp.MustCompile(`HiGHS\D*(\d\S*)`), "--version")
	p.command = func(j Job, solution string) []string {
		options := fmt.Sprintf("mip_rel_gap = %g\nthreads = %d\nrandom_seed = %d\n", j.Gap, j.Threads, j.Seed)
		file := solution + ".options"
		if err := os.WriteFile(file, []byte(options), 0o644); err != nil {
			file = "" // HiGHS refuses the empty name, and the run shows it
		}
		return []string{path, "--options_file", file, "--time_limit", fmt.Sprint(j.Time.Seconds()), "--solution_file", solution, j.Path}
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
		return claim{}, errors.New("it printed no report")
	}
	c := claim{Objective: number(highsPrimal.FindStringSubmatch(stdout), 1), Bound: number(highsDual.FindStringSubmatch(stdout), 1)}
	switch text := strings.TrimSpace(status[1]); {
	case text == "Infeasible":
		return claim{Status: "infeasible"}, nil
	case strings.HasPrefix(text, "Unbounded"), strings.HasPrefix(text, "Primal infeasible or unbounded"):
		return claim{Status: "unbounded"}, nil
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
func highsPoint(solution string, _ *mip.Model) (map[string]float64, error) {
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
