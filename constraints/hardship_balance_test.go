package constraints_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"cadre/posting"
)

const (
	burdenWeights = "hardship: 2, far: 3, apart: 1, care: 4, overdue: 5, far_minutes: 60, step: 12"
	mustYears     = 5
	burdenCap     = 3
	topStep       = 4
)

// TestBurdens pins random plans, with moves and secondments, and holds the level of each way of balancing against the
// burdens summed up period by period and sorted.
func TestBurdens(t *testing.T) {
	seconded := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 0))
		in, periods := hardWorld(r), r.IntN(3)+1
		x, enc := encode(t, in, periods, []string{"due", "convex", "cap", "gini", "leximin"},
			fmt.Sprintf("id: R1, kind: long_tenure, modality: level, level: due, parameters: {must_years: %d}", mustYears),
			"id: R2, kind: hardship_balance, modality: level, level: convex, parameters: {method: convex, "+burdenWeights+"}",
			fmt.Sprintf("id: R3, kind: hardship_balance, modality: level, level: cap, parameters: {method: cap, cap: %d, %s}", burdenCap, burdenWeights),
			"id: R4, kind: hardship_balance, modality: level, level: gini, parameters: {method: gini, tiers: [{share: 20%, weight: 3}, {share: 1/2, weight: 1}], "+burdenWeights+"}",
			fmt.Sprintf("id: R5, kind: hardship_balance, modality: level, level: leximin, parameters: {method: leximin, top: %d, %s}", topStep, burdenWeights))
		for range 5 {
			plan := randomPlan(r, x)
			got, _ := pinned(t, enc, plan...)
			if got == nil {
				t.Fatalf("seed %d: the model refuses %v", seed, plan)
			}
			want := balances(x, plan)
			if got = got[1 : len(got)-1]; !slices.Equal(got, want) { // but the duties and the weighted level
				t.Fatalf("seed %d: got %v, want %v, by %v", seed, got, want, plan)
			}
			for _, a := range plan {
				if x.Seconded(x.PostAt(a.To)) {
					seconded++
				}
			}
		}
	}
	if seconded == 0 {
		t.Error("nobody was seconded")
	}
}

// hardWorld has people of various burdens, posts of each term at places of various hardship, and no headcount.
func hardWorld(r *rand.Rand) *posting.Instance {
	in := &posting.Instance{}
	for i := range 3 {
		id := fmt.Sprintf("Z%d", i)
		in.Places = append(in.Places, posting.Place{ID: id, Hardship: r.IntN(5) - 1})
		in.Units = append(in.Units, unit("U"+id, id))
		if i > 0 {
			in.Trips = append(in.Trips, posting.Trip{From: "Z0", To: id, Minutes: 30 + r.IntN(60)})
		}
	}
	n := r.IntN(5) + 2
	for i := range n + 2 {
		in.Posts = append(in.Posts, seat(fmt.Sprintf("P%d", i), fmt.Sprintf("UZ%d", r.IntN(3)), posting.TermOrdinary, 0))
	}
	in.Posts = append(in.Posts, seat("S0", "UZ1", posting.TermSecondment, 12), seat("S1", "UZ2", posting.TermSecondment, 0))
	for i := range n {
		c := person(fmt.Sprintf("C%d", i), fmt.Sprintf("P%d", i))
		c.Home, c.PostSince = "Z0", posting.NewMonth(2019+r.IntN(6), 1)
		if r.IntN(2) == 0 {
			c.ParentCare = posting.Yes
		}
		in.Cadres = append(in.Cadres, c)
		in.Ledger = append(in.Ledger, posting.LedgerRow{Cadre: c.ID, Hardship: r.IntN(40), Far: r.IntN(12), Apart: r.IntN(12), Care: r.IntN(12), Overdue: r.IntN(12)})
	}
	return in
}

// randomPlan moves, seconds or leaves everybody in place.
func randomPlan(r *rand.Rand, x *posting.Index) []posting.Assignment {
	var plan []posting.Assignment
	for c := range x.Cadres {
		if q := r.IntN(2 * len(x.Posts)); q < len(x.Posts) && q != x.Seat(c) {
			plan = append(plan, to(x.Cadres[c].ID, x.Posts[q].ID, r.IntN(x.Calendar.Periods)+1))
		}
	}
	return plan
}

// balances are the values of the ways of balancing for a plan: convex, cap, gini, then leximin from the top step down.
func balances(x *posting.Index, plan []posting.Assignment) []int64 {
	var now, past []int64
	for c := range x.Cadres {
		b, before := burden(x, c, plan)
		now, past = append(now, b), append(past, before)
	}
	sorted := slices.Sorted(slices.Values(now))
	slices.Reverse(sorted)
	out := make([]int64, 3+topStep)
	for i, b := range now {
		out[0] += b*b - past[i]*past[i]
		out[1] += max(0, b-max(burdenCap, past[i]))
		for v := 1; v <= topStep; v++ {
			if b >= int64(v) {
				out[3+topStep-v]++
			}
		}
	}
	n := len(now)
	for _, b := range sorted[:(n+4)/5] {
		out[2] += 3 * b
	}
	for _, b := range sorted[:(n+1)/2] {
		out[2] += b
	}
	return out
}

// burden sums up what a cadre bears under a plan, in steps, and what he bears before it.
func burden(x *posting.Index, c int, plan []posting.Assignment) (now, past int64) {
	row := x.Ledger[c]
	sum := 2*row.Hardship + 3*row.Far + row.Apart + 4*row.Care + 5*row.Overdue
	past = int64(sum / 12)
	for t := 1; t <= x.Calendar.Periods; t++ {
		works, main := x.Seat(c), x.Seat(c)
		for _, a := range plan {
			q := x.PostAt(a.To)
			switch {
			case a.Cadre != x.Cadres[c].ID || t < a.Period:
			case !x.Seconded(q):
				works, main = q, q
			case a.To == "S1" || t == a.Period: // S0 lasts for one period, S1 to the end
				works = q
			}
		}
		sum += 12 * 2 * max(0, x.Places[x.PlaceOf(works)].Hardship)
		if minutes, known := x.HomeMinutes(c, works); known && minutes > 60 {
			sum += 12 * 3
			if x.Cadres[c].ParentCare == posting.Yes {
				sum += 12 * 4
			}
		}
		if months, _ := x.Tenure(c, t); main == x.Seat(c) && months >= 12*mustYears {
			sum += 12 * 5
		}
	}
	return int64(sum / 12), past
}

// TestCapBinds: whoever would pass the cap is not sent, unless by a secondment he comes to bear less than at home.
func TestCapBinds(t *testing.T) {
	in := &posting.Instance{
		Places: []posting.Place{{ID: "Z0"}, {ID: "Z1", Hardship: 2}},
		Units:  []posting.Unit{unit("U0", "Z0"), unit("U1", "Z1")},
		Posts: []posting.Post{seat("P0", "U0", posting.TermOrdinary, 0), seat("P1", "U1", posting.TermOrdinary, 0), seat("P2", "U1", posting.TermOrdinary, 0),
			seat("S", "U0", posting.TermSecondment, 12)},
		Cadres:     []posting.Cadre{person("A", "P0"), person("B", "P1")},
		Exceptions: []posting.Exception{{No: "E1", Clause: "R1", Subject: "A"}},
	}
	for _, c := range []struct {
		modality string
		plan     []posting.Assignment
		accepted bool
	}{
		{"hard", nil, false}, // B stays at Z1: 24 class-months are two steps
		{"hard", []posting.Assignment{to("B", "S", 1)}, true},
		{"hard", []posting.Assignment{to("B", "S", 1), to("A", "P2", 1)}, false},
		{"waivable", []posting.Assignment{to("B", "S", 1), to("A", "P2", 1)}, true},
	} {
		_, enc := encode(t, in, 1, nil, "id: R1, kind: hardship_balance, modality: "+c.modality+
			", parameters: {method: cap, cap: 1, hardship: 1, far: 0, apart: 0, care: 0, overdue: 0, far_minutes: 60, step: 12}")
		if values, _ := pinned(t, enc, c.plan...); (values != nil) != c.accepted {
			t.Errorf("%s, %v: accepted %t, want %t", c.modality, c.plan, values != nil, c.accepted)
		}
	}
}
