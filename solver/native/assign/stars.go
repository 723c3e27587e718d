package assign

import (
	"cmp"
	"slices"
)

// arc is a choice with its reduced cost, from the side of a left (node: its right, -1 none) or of a right (node: a left).
type arc struct {
	choice, node int32
	cost         float64
}

// stars are arcs by the node from which they start.
type stars struct {
	start []int32
	arcs  []arc
}

func (s *stars) of(i int32) []arc { return s.arcs[s.start[i]:s.start[i+1]] }

// candidates are, by left, its choices of reduced cost up to reach, the cheapest of them.
func candidates(in *Instance, reduced []float64, reach float64) stars {
	s := stars{start: make([]int32, 1, len(in.Left)+1)}
	var list []arc
	for i := range in.Left {
		list = list[:0]
		for c := in.Start[i]; c < in.Start[i+1]; c++ {
			if reduced[c] <= reach {
				list = append(list, arc{c, in.To[c], max(0, reduced[c])})
			}
		}
		slices.SortStableFunc(list, cheaper)
		s.arcs = append(s.arcs, list[:min(len(list), mostCandidates)]...)
		s.start = append(s.start, int32(len(s.arcs)))
	}
	return s
}

const mostCandidates = 16

func cheaper(x, y arc) int { return cmp.Compare(x.cost, y.cost) }

// turned has the same arcs by the node to which they lead, cheapest first.
func (s *stars) turned(nodes int) stars {
	t := stars{start: make([]int32, nodes+1)}
	for _, e := range s.arcs {
		if e.node >= 0 {
			t.start[e.node+1]++
		}
	}
	for k := range nodes {
		t.start[k+1] += t.start[k]
	}
	t.arcs = make([]arc, t.start[nodes])
	next := slices.Clone(t.start)
	for i := range len(s.start) - 1 {
		for _, e := range s.of(int32(i)) {
			if e.node >= 0 {
				t.arcs[next[e.node]] = arc{e.choice, int32(i), e.cost}
				next[e.node]++
			}
		}
	}
	for k := range nodes {
		slices.SortStableFunc(t.of(int32(k)), cheaper)
	}
	return t
}
