package scenario

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadre/planning"
	"cadre/solver"
)

// among minimises over a set of points, as an engine does over plans.
func among(points [][]int64, solves *int) minimiser {
	return func(order []int, limits []planning.Limit) ([]int64, solver.Status, error) {
		*solves++
		var best []int64
		for _, p := range points {
			if slices.ContainsFunc(limits, func(l planning.Limit) bool { return p[l.Goal] > l.Most }) {
				continue
			}
			v := make([]int64, len(order))
			for i, k := range order {
				v[i] = p[k]
			}
			if best == nil || slices.Compare(v, best) < 0 {
				best = v
			}
		}
		if best == nil {
			return nil, solver.Infeasible, nil
		}
		return best, solver.Optimal, nil
	}
}

// The search finds every point that no other dominates, no other point, and each once.
func TestSearchIsExact(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(2, 3).Draw(r, "goals")
		points := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(0, 7), n, n), 1, 30).Draw(r, "points")
		solves := 0
		s := &trader{whole: true, minimise: among(points, &solves), largest: func(int) int64 { return 7 }}
		for k := range n {
			s.goals = append(s.goals, k)
		}
		if err := s.search(); err != nil {
			r.Fatal(err)
		}
		want := slices.CompactFunc(nondominated(points), slices.Equal)
		got := slices.Clone(s.points)
		slices.SortFunc(got, slices.Compare)
		if !slices.EqualFunc(got, want, slices.Equal) || !s.whole {
			r.Errorf("found %v (whole %t), want %v", got, s.whole, want)
		}
		if most := 2 * (len(points) + 2) * (len(points) + 2); solves > most {
			r.Errorf("%d solves for %d points", solves, len(want))
		}
	})
}

// Goals before the first are kept, an empty world has no point, and a limit on points is kept and told.
func TestSearchLimits(t *testing.T) {
	points := [][]int64{{1, 5, 0}, {2, 4, 0}, {3, 3, 0}, {4, 2, 0}, {0, 0, 9}}
	solves := 0
	s := &trader{whole: true, minimise: among(points, &solves), largest: func(int) int64 { return 9 }, goals: []int{0, 1}, fixed: []planning.Limit{{Goal: 2, Most: 0}}}
	if err := s.search(); err != nil || len(s.points) != 4 {
		t.Errorf("points %v, %v: want the four that keep the third goal", s.points, err)
	}
	s = &trader{whole: true, most: 2, minimise: among(points[:4], &solves), largest: func(int) int64 { return 9 }, goals: []int{0, 1}}
	if err := s.search(); err != nil || len(s.points) != 2 || s.whole {
		t.Errorf("points %v, whole %t, %v: want two, and that there are more", s.points, s.whole, err)
	}
	s = &trader{whole: true, minimise: among(nil, &solves), largest: func(int) int64 { return 9 }, goals: []int{0, 1}}
	if err := s.search(); err != nil || len(s.points) != 0 {
		t.Errorf("points %v, %v in an empty world", s.points, err)
	}
}

func TestNondominated(t *testing.T) {
	got := nondominated([][]int64{{3, 1}, {1, 3}, {2, 2}, {2, 3}, {3, 2}})
	if want := [][]int64{{1, 3}, {2, 2}, {3, 1}}; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
}
