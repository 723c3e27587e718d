package assign

// Heights solves assignments under caps: choices of the lefts of a ladder need some of its steps, and where only the first h of them
// are taken, all that need more are shut. Where no two ladders share a right, each is an assignment of its own, so that what all combinations of
// heights cost is known once each ladder is solved at each of its heights.
type Heights struct {
	in     *Instance
	level  []int32 // by choice: the steps that it needs
	lefts  [][]int32
	rights [][]int32
	at     []int32 // by right: its place among those of its ladder
	laps   []*lap
	choice [][]int32 // by ladder and arc
}

// Height is the solution of a ladder at one height: its value, and duals by left and right of the ladder.
type Height struct {
	Value float64
	U, V  []float64
}

// NewHeights lays out the ladders; group is by left the ladder, one of n, the last of which is for lefts that have none: where one shares a
// right with another's left it becomes one of that ladder. Level is by choice the number of steps that it needs. Nil where two
// ladders share a right.
func NewHeights(in *Instance, n int, group, level []int32) *Heights {
	h := &Heights{in: in, level: level, lefts: make([][]int32, n), rights: make([][]int32, n), at: make([]int32, len(in.Right))}
	of := h.owners(int32(n-1), group)
	if of == nil {
		return nil
	}
	for i, g := range group {
		h.lefts[g] = append(h.lefts[g], int32(i))
	}
	for k, g := range of {
		h.at[k] = int32(len(h.rights[g]))
		h.rights[g] = append(h.rights[g], int32(k))
	}
	for g := range n {
		h.lay(g)
	}
	return h
}

// owners are the ladders of rights, nil where one has two. Lefts without a ladder go with their rights.
func (h *Heights) owners(last int32, group []int32) []int32 {
	in, of := h.in, make([]int32, len(h.in.Right))
	for k := range of {
		of[k] = last
	}
	for changed := true; changed; {
		changed = false
		for i := range group {
			for c := in.Start[i]; c < in.Own[i]; c++ {
				switch k := in.To[c]; {
				case of[k] == group[i]:
				case group[i] == last:
					group[i], changed = of[k], true
				case of[k] == last:
					of[k], changed = group[i], true
				default:
					return nil
				}
			}
		}
	}
	return of
}

// Lefts and Rights are those of a ladder, in the order of duals.
func (h *Heights) Lefts(g int) []int32  { return h.lefts[g] }
func (h *Heights) Rights(g int) []int32 { return h.rights[g] }

// lay makes the assignment problem of a ladder.
func (h *Heights) lay(g int) {
	in := h.in
	start, to, choice := []int32{0}, []int32{}, []int32{}
	for _, i := range h.lefts[g] {
		for c := in.Start[i]; c < in.Own[i]; c++ {
			to, choice = append(to, h.at[in.To[c]]), append(choice, c)
		}
		start = append(start, int32(len(to)))
	}
	a := newLap(len(h.lefts[g]), len(h.rights[g]), start, to)
	a.u, a.v = make([]float64, a.nl), make([]float64, a.nr)
	h.laps, h.choice = append(h.laps, a), append(h.choice, choice)
}

// Solve solves ladder g at the heights from most down to 0, given costs by column, and returns them by height. It takes one shortest
// path for each left that loses its choice on the way.
func (h *Heights) Solve(g, most int, cost func(j int32) float64) []Height {
	in, a := h.in, h.laps[g]
	big := missing * max(1, in.top)
	for e, c := range h.choice[g] {
		a.cost[e] = cost(in.Col[c])
	}
	for q, k := range h.rights[g] {
		a.outR[q] = big
		if in.slackR(int(k)) {
			a.outR[q] = 0
		}
		for _, j := range in.Only[in.OnlyStart[k]:in.OnlyStart[k+1]] {
			a.outR[q] = min(a.outR[q], cost(j))
		}
	}
	out := make([]Height, most+1)
	for top := most; top >= 0; top-- {
		for e, c := range h.choice[g] {
			if h.level[c] > int32(top) {
				a.cost[e] = inf
			}
		}
		for q, i := range h.lefts[g] {
			a.outL[q] = big
			if in.slackL(int(i)) {
				a.outL[q] = 0
			}
			for c := in.Own[i]; c < in.Start[i+1]; c++ {
				if h.level[c] <= int32(top) {
					a.outL[q] = min(a.outL[q], cost(in.Col[c]))
				}
			}
		}
		a.solve()
		out[top] = Height{a.value(), append([]float64(nil), a.u...), append([]float64(nil), a.v...)}
	}
	return out
}
