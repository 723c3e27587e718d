package race

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// backend is a line of `cadre solvers --json`.
type backend struct {
	Name, Version, Reason string
	Available             bool
}

func ownSolvers(ctx context.Context, binary string) ([]backend, error) {
	text, err := exec.CommandContext(ctx, binary, "solvers", "--json").Output()
	if err != nil {
		return nil, fmt.Errorf("%s solvers: %w", binary, err)
	}
	var list []backend
	return list, json.Unmarshal(text, &list)
}

// ourPeer is one of our own backends, through `cadre solve`.
func ourPeer(binary, name string, own []backend) Peer {
	p := Peer{Name: name, claims: lastJSON, point: plainPoint, Missing: "not a backend of " + filepath.Base(binary)}
	for _, b := range own {
		if b.Name == name {
			p.Version, p.Missing = b.Version, b.Reason
		}
	}
	p.command = func(j Job, solution string) []string {
		return []string{binary, "solve", j.Path, "--solver", name, "--time", j.Time.String(), "--threads", strconv.Itoa(j.Threads), "--json",
			"--gap", fmt.Sprint(j.Gap), "--seed", strconv.Itoa(j.Seed), "--out", solution, "--events", solution + ".events"}
	}
	p.events = func(_ []line, solution string) []Event {
		text, err := os.ReadFile(solution + ".events")
		if err != nil {
			return nil
		}
		var out []Event
		for l := range strings.Lines(string(text)) {
			out = appendEvent(out, l)
		}
		return out
	}
	return p
}

func appendEvent(out []Event, text string) []Event {
	e := struct {
		Event
		At *float64 `json:"t"` // other lines have none
	}{}
	if json.Unmarshal([]byte(text), &e) != nil || e.At == nil || e.Incumbent == nil && e.Bound == nil {
		return out
	}
	e.Event.At = *e.At
	return append(out, e.Event)
}

// lastJSON reads the report at the end of the output: one JSON object, on one line or many.
func lastJSON(stdout string) (claim, error) {
	var c claim
	text := strings.TrimSpace(stdout)
	if i := strings.LastIndex(text, "\n{"); i >= 0 {
		text = text[i:]
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil || c.Status == "" {
		return claim{}, fmt.Errorf("it printed no report")
	}
	return c, nil
}
