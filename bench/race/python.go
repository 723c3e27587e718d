package race

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

//go:embed peers.py
var driver string

// Folder is where `make peers` puts what it installs, beside the working directory or the binary; CADRE_PEERS names another.
const Folder = ".peers"

// FindFolder is the folder of installed peers, "" where there is none.
func FindFolder() string {
	if dir := os.Getenv("CADRE_PEERS"); dir != "" {
		return dir
	}
	places := []string{Folder}
	if exe, err := os.Executable(); err == nil {
		places = append(places, filepath.Join(filepath.Dir(exe), Folder), filepath.Join(filepath.Dir(exe), "..", Folder))
	}
	for _, p := range places {
		if abs, err := filepath.Abs(p); err == nil {
			if info, err := os.Stat(abs); err == nil && info.IsDir() {
				return abs
			}
		}
	}
	return ""
}

const notInstalled = "not installed; make peers installs it"

// pythonPeers are the solvers of the Python world, those that cannot be loaded with the reason.
func pythonPeers(ctx context.Context, folder string) map[string]Peer {
	python := filepath.Join(folder, "venv", "bin", "python")
	script := filepath.Join(folder, "peers.py")
	found := map[string]string{}
	err := error(os.ErrNotExist)
	if folder != "" {
		err = writeDriver(script)
	}
	if err == nil {
		found, err = pythonVersions(ctx, python, script)
	}
	out := map[string]Peer{}
	for _, name := range []string{"highspy", "cp-sat", "scip"} {
		p := Peer{Name: name, Version: found[name], claims: lastJSON, point: plainPoint, events: pythonEvents}
		if reason, missing := strings.CutPrefix(p.Version, "missing: "); missing {
			p.Version, p.Missing = "", "not to be loaded: "+reason
		} else if err != nil || p.Version == "" {
			p.Missing = notInstalled
		}
		p.command = func(j Job, solution string) []string {
			return []string{python, script, name, j.Path, fmt.Sprint(j.Time.Seconds()), fmt.Sprint(j.Gap), strconv.Itoa(j.Threads), strconv.Itoa(j.Seed), solution}
		}
		out[name] = p
	}
	return out
}

// writeDriver writes the driver where another stands: one that is the same is left alone, since another race may be reading it.
func writeDriver(path string) error {
	if text, err := os.ReadFile(path); err == nil && string(text) == driver {
		return nil
	}
	return os.WriteFile(path, []byte(driver), 0o644)
}

func pythonVersions(ctx context.Context, python, script string) (map[string]string, error) {
	text, err := exec.CommandContext(ctx, python, script, "version").Output()
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	found := map[string]string{}
	return found, json.Unmarshal([]byte(lines[len(lines)-1]), &found)
}

// satLine is a line of CP-SAT's log: who found it, when, the best value, and the range that is left.
var satLine = regexp.MustCompile(`^#(\S+)\s+([0-9.]+)s\s+best:(\S+)\s+next:\[([^,]+),([^\]]+)\]`)

// pythonEvents reads the driver's JSON lines, and CP-SAT's log where that stands instead.
func pythonEvents(out []line, _ string) []Event {
	var events []Event
	for _, l := range out {
		if f := satLine.FindStringSubmatch(l.text); f != nil {
			events = append(events, Event{At: seconds(f[2], l.at), Incumbent: number(f, 3), Bound: number(f, 4)})
			continue
		}
		events = appendEvent(events, l.text)
	}
	return events
}
