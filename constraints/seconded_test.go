package constraints_test

import (
	"slices"
	"testing"

	"cadre/posting"
)

const (
	oneSeat  = "id: R49, kind: headcount, modality: hard"
	filled   = "id: R50, kind: seats_filled, modality: level, level: empty, parameters: {seats: other}"
	grounded = "id: R45, kind: move_ground, modality: hard, parameters: {max_chain: 6}"
)

// secondWorld: A and B at home, C at home too and seconded to S2 until the end of 2026; S1 and S2 are secondment seats of 18
// and 12 months, P4 is vacant.
func secondWorld() *posting.Instance {
	in := &posting.Instance{
		Places: []posting.Place{{ID: "Z0"}},
		Units:  []posting.Unit{unit("U1", "Z0"), unit("U2", "Z0")},
		Cadres: []posting.Cadre{person("A", "P1"), person("B", "P2"), person("C", "P3")},
		Posts: []posting.Post{seat("P1", "U1", "", 0), seat("P2", "U1", "", 0), seat("P3", "U1", "", 0), seat("P4", "U2", "", 0),
			seat("S1", "U2", posting.TermSecondment, 18), seat("S2", "U2", posting.TermSecondment, 12)},
	}
	c := &in.Cadres[2]
	c.Also, c.Duty, c.DutyUntil = []string{"S2"}, posting.Secondment, posting.NewMonth(2026, 12)
	return in
}

// TestSecondmentRows forces columns to 1: which may stand together, in three periods of a year.
func TestSecondmentRows(t *testing.T) {
	_, enc := encode(t, secondWorld(), 3, []string{"empty"}, oneSeat)
	for _, c := range []struct {
		what    string
		columns []string
		stands  bool
	}{
		{"a secondment lies over the stay", []string{"second.A.S1.1.2", "stay.A.P1.1.3"}, true},
		{"it ends with the horizon at the latest", []string{"second.A.S1.3.3"}, true},
		{"nobody is seconded twice", []string{"second.A.S1.1.2", "second.A.S2.3.3"}, false},
		{"whoever moves is not seconded", []string{"second.A.S1.1.2", "move.A.P4.3.3"}, false},
		{"nor is he who has moved", []string{"second.A.S1.3.3", "move.A.P4.2.3"}, false},
		{"a seat has one holder", []string{"second.A.S1.1.2", "second.B.S1.2.3"}, false},
		{"and is free after the term", []string{"second.A.S1.1.2", "second.B.S1.3.3"}, true},
		{"the seat at home stays taken", []string{"second.A.S1.1.2", "move.B.P1.1.3"}, false},
		{"a running secondment holds its seat", []string{"second.A.S2.1.1", "stay.C.P3.1.3"}, false},
		{"until it ends", []string{"second.A.S2.2.2"}, true},
		{"also where its holder moves away later", []string{"second.A.S2.2.2", "move.C.P4.3.3"}, true},
		{"and where he has given it up before", []string{"second.A.S2.1.1", "move.C.P4.1.3"}, true},
		{"whoever goes on on his own seat is one holder", []string{"second.C.S2.1.1"}, true},
	} {
		if _, point := least(t, forced(t, enc.Model, c.columns...)); (point != nil) != c.stands {
			t.Errorf("%s: %v stand together: %t, want %t", c.what, c.columns, point != nil, c.stands)
		}
	}
}

// TestEmptySeats counts the seats and periods that a plan leaves empty: a secondment fills its own for its time, and leaves
// none at home.
func TestEmptySeats(t *testing.T) {
	_, enc := encode(t, secondWorld(), 3, []string{"empty"}, oneSeat, filled)
	for _, c := range []struct {
		plan  []posting.Assignment
		empty int64
	}{
		{nil, 3 + 3 + 2}, // P4, S1, and S2 once C's duty has ended
		{[]posting.Assignment{to("A", "S1", 1)}, 8 - 2},
		{[]posting.Assignment{to("A", "S1", 3), to("B", "S2", 2)}, 8 - 1 - 1},
		{[]posting.Assignment{to("A", "S1", 1), to("A", "P1", 1)}, 8 - 2}, // a row for the stay beside it
		{[]posting.Assignment{to("A", "P4", 2)}, 8},
		{[]posting.Assignment{to("C", "P4", 1)}, 8 + 1}, // P3 for P4, and S2 a period earlier
	} {
		if values, _ := pinned(t, enc, c.plan...); values == nil || values[0] != c.empty {
			t.Errorf("%v: got %v, want %d empty", c.plan, values, c.empty)
		}
	}
}

// TestPinRefuses: two changes of one cadre are no plan, nor is a secondment of an arrival or a leaver, whatever its period.
func TestPinRefuses(t *testing.T) {
	in := secondWorld()
	in.Cadres = append(in.Cadres, person("N", ""))
	in.Cadres[3].Arrives = posting.NewMonth(2026, 1)
	in.Departures = []posting.Departure{{Cadre: "B", Month: posting.NewMonth(2027, 3), Class: posting.LeaveTransfer}}
	_, enc := encode(t, in, 3, nil, oneSeat)
	for _, c := range []struct {
		plan     []posting.Assignment
		accepted bool
	}{
		{[]posting.Assignment{to("A", "P4", 1), to("A", "S1", 1)}, false},
		{[]posting.Assignment{to("A", "S1", 1), to("A", "S2", 3)}, false},
		{[]posting.Assignment{to("A", "P4", 1), to("A", "P1", 2)}, false},
		{[]posting.Assignment{to("A", "P1", 1), to("A", "P4", 2)}, true},
		{[]posting.Assignment{to("A", "S1", 2), to("A", "P1", 1)}, true},
		{[]posting.Assignment{to("B", "S1", 1)}, false},
		{[]posting.Assignment{to("B", "S1", 3)}, false},
		{[]posting.Assignment{to("N", "S1", 1)}, false},
		{[]posting.Assignment{to("N", "P4", 1)}, true},
	} {
		if values, _ := pinned(t, enc, c.plan...); (values != nil) != c.accepted {
			t.Errorf("%v: accepted %t, want %t", c.plan, values != nil, c.accepted)
		}
	}
}

// TestSecondmentGrounds: a secondment needs an open seat, or a pin; it has no chain and is no ground for one.
func TestSecondmentGrounds(t *testing.T) {
	in := secondWorld()
	in.Posts = append(in.Posts, seat("S3", "U2", posting.TermSecondment, 12))
	in.Cadres[1].Also = []string{"S3"} // for good
	_, enc := encode(t, in, 2, nil, grounded)
	for _, c := range []struct {
		plan    []posting.Assignment
		grounds []string
	}{
		{[]posting.Assignment{to("A", "S1", 1)}, []string{"vacancy"}},
		{[]posting.Assignment{to("A", "S2", 1)}, nil},
		{[]posting.Assignment{to("A", "S2", 2)}, []string{"vacancy"}},
		{[]posting.Assignment{to("A", "S3", 2), to("B", "P4", 1)}, nil},
	} {
		_, point := pinned(t, enc, c.plan...)
		if (point != nil) != (c.grounds != nil) {
			t.Errorf("%v: accepted %t, want grounds %v", c.plan, point != nil, c.grounds)
			continue
		}
		if point == nil {
			continue
		}
		a := enc.Decode(point)[0]
		if a.To != c.plan[0].To || a.From != "P1" || a.Move != posting.MoveSecond || a.Period != c.plan[0].Period || !slices.Equal(a.Grounds, c.grounds) {
			t.Errorf("%v: decoded as %+v", c.plan, a)
		}
	}
	in.Cadres[0].Disposition, in.Cadres[0].FixedPost = posting.Fixed, "S3"
	_, enc = encode(t, in, 2, nil, grounded, "id: PIN, kind: disposition, modality: hard")
	_, point := least(t, enc.Model)
	if point == nil {
		t.Fatal("a pinned secondment is refused")
	}
	if a := enc.Decode(point)[0]; a.To != "S3" || a.Period != 1 || !slices.Equal(a.Grounds, []string{"pin"}) {
		t.Errorf("pinned to S3: decoded as %+v", a)
	}
}

// TestKinAndSecondments: two who are kin and may each hold two posts that clash pay once for a period, and keep apart where the
// clause binds.
func TestKinAndSecondments(t *testing.T) {
	in := secondWorld()
	in.Posts[0].Superior, in.Posts[1].Superior = "X", "X" // P1 and P2 clash
	in.Posts[4].Superior, in.Posts[5].Superior = "Y", "Y" // S1 and S2 clash
	in.Cadres[2].Also, in.Cadres[2].Duty, in.Cadres[2].DutyUntil = nil, "", 0
	in.Ties = []posting.Tie{{A: "A", B: "B", Kin: posting.Spouse}}
	for _, c := range []struct {
		plan    []posting.Assignment
		periods int64 // in which kin clash, of three
	}{
		{nil, 3},
		{[]posting.Assignment{to("A", "S1", 1), to("B", "S2", 2)}, 3}, // at home anyway
		{[]posting.Assignment{to("A", "P4", 1), to("B", "S2", 1)}, 0},
	} {
		_, enc := encode(t, in, 3, []string{"kin"}, "id: R15, kind: kin_avoidance, modality: level, level: kin, parameters: {kin: [配偶]}")
		if values, _ := pinned(t, enc, c.plan...); values == nil || values[0] != c.periods {
			t.Errorf("%v: got %v, want %d", c.plan, values, c.periods)
		}
		_, enc = encode(t, in, 3, nil, "id: R15, kind: kin_avoidance, modality: hard, parameters: {kin: [配偶]}")
		if values, _ := pinned(t, enc, c.plan...); (values != nil) != (c.periods == 0) {
			t.Errorf("%v: accepted %t", c.plan, values != nil)
		}
	}
	in.Posts[1].Superior = "" // only the secondment seats clash, in the one period in which both are held
	in.Posts[1].Role = posting.PartyPrincipal
	_, enc := encode(t, in, 3, []string{"kin"}, "id: R15, kind: kin_avoidance, modality: level, level: kin, parameters: {kin: [配偶]}")
	if values, _ := pinned(t, enc, to("A", "S1", 1), to("B", "S2", 2)); values == nil || values[0] != 1 {
		t.Errorf("secondment seats that clash: got %v, want 1", values)
	}
}
