package race

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// timefoldPeer is a port of the generated county models to Timefold (bench/timefold): it reads such a model, and no other.
// It proves no bound.
func timefoldPeer(ctx context.Context, folder string) Peer {
	p := Peer{Name: "timefold", claims: lastJSON, point: plainPoint, events: pythonEvents}
	jar := filepath.Join(folder, "timefold", "classes")
	java, err := exec.LookPath("java")
	if err != nil {
		p.Missing = "java is not installed"
		return p
	}
	version, err := os.ReadFile(filepath.Join(folder, "timefold", "version"))
	if err != nil {
		p.Missing = notInstalled
		return p
	}
	p.Version = strings.TrimSpace(string(version))
	_ = ctx
	path := strings.Join([]string{jar, filepath.Join(folder, "timefold", "lib", "*")}, string(os.PathListSeparator))
	p.command = func(j Job, solution string) []string {
		return []string{java, "-cp", path, "County", j.Path, fmt.Sprint(j.Time.Seconds()), fmt.Sprint(j.Gap), strconv.Itoa(j.Threads), strconv.Itoa(j.Seed), solution}
	}
	return p
}
