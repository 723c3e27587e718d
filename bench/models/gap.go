package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"cadre/mip"
)

// writeGAP writes every instance of a folder of generalised assignment problems (OR-Library format: agents and jobs,
// then costs, loads, capacities), to be minimised.
func writeGAP(from, out string) error {
	var paths []string
	for _, pattern := range []string{"cattrysse1994/gap*", "chu1997/*"} {
		found, err := filepath.Glob(filepath.Join(from, pattern))
		if err != nil {
			return err
		}
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s holds no instance", from)
	}
	slices.Sort(paths)
	for _, path := range paths {
		m, err := readGAP(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := writeModel(out, m); err != nil {
			return err
		}
	}
	return writeKnown(from, out)
}

// writeKnown writes known.csv: the best known values of the instances, and where the linear assignment of 100 by 100 lies
// beside them that one too, as a model.
func writeKnown(from, out string) error {
	known, err := os.ReadFile(filepath.Join(from, "known_values.csv"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(from, "..", "assignment", "assign100.txt")
	if _, err := os.Stat(path); err == nil {
		m, err := readAssignment(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := writeModel(out, m); err != nil {
			return err
		}
		known = append(known, fmt.Sprintf("assignment/assign100,%d,%d,%d,%d\n", 100, 100, assign100, assign100)...)
	}
	return os.WriteFile(filepath.Join(out, "known.csv"), known, 0o644)
}

// assign100 is the optimum of the instance assign100.
const assign100 = 305

// readAssignment reads a linear assignment problem: n, then n x n costs. Every load and capacity is one.
func readAssignment(path string) (*mip.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	var n int
	if _, err := fmt.Fscan(in, &n); err != nil || n <= 0 || n > 1<<12 {
		return nil, fmt.Errorf("%d makes no instance: %w", n, err)
	}
	cost, load, room := make([]int, n*n), make([]int, n*n), make([]int, n)
	for k := range cost {
		load[k], room[k%n] = 1, 1
		if _, err := fmt.Fscan(in, &cost[k]); err != nil {
			return nil, err
		}
	}
	m := gapModel(n, n, cost, load, room)
	m.Name = "assign100"
	return m, nil
}

func readGAP(path string) (*mip.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	var agents, jobs int
	if _, err := fmt.Fscan(in, &agents, &jobs); err != nil {
		return nil, err
	}
	if agents <= 0 || jobs <= 0 || agents > 1<<12 || jobs > 1<<16 {
		return nil, fmt.Errorf("%d agents and %d jobs make no instance", agents, jobs)
	}
	cost, load, room := make([]int, agents*jobs), make([]int, agents*jobs), make([]int, agents)
	for _, list := range [][]int{cost, load, room} {
		for k := range list {
			if _, err := fmt.Fscan(in, &list[k]); err != nil {
				return nil, err
			}
		}
	}
	m := gapModel(agents, jobs, cost, load, room)
	m.Name = filepath.Base(path)
	return m, nil
}

// gapModel assigns every job to one agent within the agents' capacities at least cost. Tables go by agent, then job.
func gapModel(agents, jobs int, cost, load, room []int) *mip.Model {
	e := &encoder{m: &mip.Model{}}
	byAgent, byJob := make([][]mip.Term, agents), make([][]mip.Term, jobs)
	for k := range agents * jobs {
		a, j := k/jobs, k%jobs
		x := e.column(fmt.Sprintf("x.%d.%d", a, j), cost[k], true)
		byAgent[a] = append(byAgent[a], mip.Term{Col: x, Coef: float64(load[k])})
		byJob[j] = append(byJob[j], mip.Term{Col: x, Coef: 1})
	}
	for a, terms := range byAgent {
		e.row(fmt.Sprintf("agent.%d", a), -mip.Inf, float64(room[a]), terms)
	}
	for j, terms := range byJob {
		e.row(fmt.Sprintf("job.%d", j), 1, 1, terms)
	}
	e.m.AddLevel(mip.Level{Name: "cost", Scale: 1, Terms: e.cost})
	return e.m
}
