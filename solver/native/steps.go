package native

// Steps are binary columns in order, z1 >= z2 >= ..., that cost nothing and are in no row of choice: they say by how much a count
// of choices has passed one mark after another, as a share does that is rounded to whole people. The relaxation takes a part of a
// step for a part of the way, and no choice by itself brings that to light; a bound on a step does. So they are branched on first.

// stepsLeast is how many there have to be: a few are no function.
const stepsLeast = 10

// stepsFirst is the steps among fractional columns, where there are any, else all of them.
func (s *search) stepsFirst(list []int32) []int32 {
	if s.steps == nil {
		s.steps = s.findSteps()
	}
	var out []int32
	for _, j := range list {
		if s.steps[j] {
			out = append(out, j)
		}
	}
	if len(out) == 0 {
		return list
	}
	return out
}

// findSteps looks for the rows z_i - z_k <= 0.
func (s *search) findSteps() []bool {
	chosen, steps := s.chosen(), make([]bool, s.p.n)
	step := func(j int32) bool {
		return s.p.integer[j] && s.p.cost[j] == 0 && !chosen[j] && s.p.lower[j] == 0 && s.p.upper[j] == 1
	}
	n := 0
	for i := range s.p.m {
		idx, val := s.p.rows.vec(i)
		if len(idx) != 2 || val[0] != -val[1] || !(s.p.rowUp[i] == 0 || s.p.rowLo[i] == 0) || !step(idx[0]) || !step(idx[1]) {
			continue
		}
		for _, j := range idx {
			if !steps[j] {
				steps[j] = true
				n++
			}
		}
	}
	if n < stepsLeast {
		clear(steps)
	}
	return steps
}

// chosen marks the columns in rows of choice.
func (s *search) chosen() []bool {
	out, of := make([]bool, s.p.n), make([]int32, s.p.n)
	for j := range of {
		of[j] = -1
	}
	for i := range s.p.m {
		if idx, ok := s.choice(i, of); ok {
			for _, j := range idx {
				out[j], of[j] = true, int32(i)
			}
		}
	}
	return out
}
