package scenario

import (
	"reflect"
	"testing"

	"cadre/policy"
	"cadre/posting"
)

// TestRoll carries a small world a year forward: A moves to the township, B stays there, C leaves, N arrives, M returns from his mission,
// S is sent out, K is seconded. Every expectation is worked by hand from docs/several-years.md.
func TestRoll(t *testing.T) {
	month := posting.NewMonth
	unknown := posting.Unknown
	in := &posting.Instance{Name: "w",
		Units:  []posting.Unit{{ID: "D", Kind: posting.Department, Place: "Z1"}, {ID: "T", Kind: posting.Township, Place: "Z2"}, {ID: "X", Place: "Z3"}},
		Places: []posting.Place{{ID: "Z1"}, {ID: "Z2"}, {ID: "Z3"}},
		Posts: []posting.Post{{ID: "D1", Unit: "D", Level: posting.TownshipDeputy}, {ID: "D2", Unit: "D", Level: posting.TownshipDeputy}, {ID: "T1", Unit: "T", Level: posting.TownshipDeputy},
			{ID: "T2", Unit: "T", Level: posting.TownshipDeputy}, {ID: "M1", Unit: "X", Term: posting.TermMission, TermMonths: 36, Level: posting.TownshipDeputy},
			{ID: "S1", Unit: "X", Term: posting.TermSecondment, TermMonths: 12, Level: posting.TownshipDeputy}, {ID: "D3", Unit: "D"}, {ID: "D4", Unit: "D"}},
		Cadres: []posting.Cadre{
			{ID: "A", Post: "D1", PostSince: month(2020, 3), Deduct: 4, Level: posting.TownshipDeputy, Grassroots: 10, AreaMonths: 60, Home: "Z1", Also: []string{"D2"},
				Disposition: posting.MustMove, Unsuited: []string{"X"}, Probation: month(2026, 5)},
			{ID: "B", Post: "T2", PostSince: month(2022, 1), Grassroots: 40, AreaMonths: unknown, Disposition: posting.Stay, Hold: true, HoldUntil: month(2026, 11)},
			{ID: "C", Post: "T1", PostSince: month(2018, 1), Grassroots: unknown},
			{ID: "M", Post: "M1", PostSince: month(2023, 7), Duty: posting.Support, DutyUntil: month(2026, 6), OriginLevel: posting.TownshipDeputy, ReturnsTo: "D1", Grassroots: unknown, AreaMonths: unknown},
			{ID: "S", Post: "D3", PostSince: month(2021, 1), Level: posting.TownshipDeputy, Grassroots: unknown, AreaMonths: unknown},
			{ID: "K", Post: "D4", PostSince: month(2021, 1), Grassroots: unknown, AreaMonths: unknown, Hold: true, HoldUntil: month(2027, 6)},
			{ID: "N", Arrives: month(2026, 2), Level: posting.TownshipDeputy, Grassroots: unknown, AreaMonths: unknown},
			{ID: "W", Arrives: month(2026, 2), Grassroots: unknown, AreaMonths: unknown},
		},
		Ties:       []posting.Tie{{A: "A", B: "C"}, {A: "A", B: "B"}},
		Departures: []posting.Departure{{Cadre: "C", Month: month(2026, 8)}, {Cadre: "B", Month: month(2028, 1)}},
		Exceptions: []posting.Exception{{No: "1", Subject: "A", Until: month(2026, 12)}, {No: "2", Subject: "A", Until: month(2027, 1)}, {No: "3", Subject: "C"}},
		Done:       []posting.Done{{Cadre: "B", Month: month(2026, 1)}},
		Trips:      []posting.Trip{{From: "Z1", To: "Z2", Minutes: 90}},
	}
	pol, ps := policy.Decode("p.yaml", []byte("version: 1\nplan_date: 2026-01\nauthority: 县\ninclude: builtin\nhorizon: {periods: 3, months: 12}\n"), policy.Options{})
	if pol == nil {
		t.Fatal(ps.List)
	}
	plan := &posting.Plan{Assignments: []posting.Assignment{
		{Cadre: "A", From: "D1", To: "T1", Move: posting.MoveTransfer, Period: 1, Date: month(2026, 9)},
		{Cadre: "B", From: "T2", To: "D2", Move: posting.MoveTransfer, Period: 3, Date: month(2028, 1)},
		{Cadre: "C", From: "T1", Move: posting.MoveLeave, Period: 1, Date: month(2026, 8)},
		{Cadre: "M", From: "M1", To: "D1", Move: posting.MoveTransfer, Period: 1, Date: month(2026, 9)},
		{Cadre: "S", From: "D3", To: "M1", Move: posting.MoveSupport, Period: 1, Date: month(2026, 10)},
		{Cadre: "K", From: "D4", To: "S1", Move: posting.MoveSecond, Period: 1, Date: month(2026, 4), Keeps: "D4"},
		{Cadre: "N", To: "D2", Move: posting.MoveArrive, Period: 1, Date: month(2026, 2)},
	}}
	got := Roll(posting.NewIndex(in, pol.Calendar), pol, plan)
	cadre := map[string]posting.Cadre{}
	for _, c := range got.Cadres {
		cadre[c.ID] = c
	}
	want := map[string]posting.Cadre{
		"A": {ID: "A", Post: "T1", PostSince: month(2026, 9), UnitSince: month(2026, 9), Level: posting.TownshipDeputy, Grassroots: 14, AreaMonths: 4, Home: "Z1", Lodging: "Z2",
			Disposition: posting.Normal, Unsuited: []string{"X"}},
		"B": {ID: "B", Post: "T2", PostSince: month(2022, 1), Grassroots: 52, AreaMonths: unknown, Disposition: posting.Normal},
		"M": {ID: "M", Post: "D1", PostSince: month(2026, 9), UnitSince: month(2026, 9), Level: 0, Grassroots: unknown, AreaMonths: unknown, Disposition: posting.Normal},
		"S": {ID: "S", Post: "M1", PostSince: month(2026, 10), UnitSince: month(2026, 10), Level: posting.TownshipDeputy, Duty: posting.Support, DutyUntil: month(2029, 9), OriginLevel: posting.TownshipDeputy,
			Grassroots: unknown, AreaMonths: unknown, Disposition: posting.Normal},
		"K": {ID: "K", Post: "D4", PostSince: month(2021, 1), Also: []string{"S1"}, Duty: posting.Secondment, DutyUntil: month(2027, 3), Grassroots: unknown, AreaMonths: unknown,
			Hold: true, HoldUntil: month(2027, 6), Disposition: posting.Normal},
		"N": {ID: "N", Post: "D2", PostSince: month(2026, 2), UnitSince: month(2026, 2), Level: posting.TownshipDeputy, Grassroots: unknown, AreaMonths: unknown, Disposition: posting.Normal},
		"W": {ID: "W", Arrives: month(2026, 2), Grassroots: unknown, AreaMonths: unknown, Disposition: posting.Normal},
	}
	for id, w := range want {
		if !reflect.DeepEqual(cadre[id], w) {
			t.Errorf("%s:\n got %+v\nwant %+v", id, cadre[id], w)
		}
	}
	if len(cadre) != len(want) {
		t.Errorf("%d people are left, want %d", len(cadre), len(want))
	}
	for name, c := range map[string]struct{ got, want any }{
		"ties":       {got.Ties, []posting.Tie{{A: "A", B: "B"}}},
		"departures": {got.Departures, []posting.Departure{{Cadre: "B", Month: month(2028, 1)}}},
		"exceptions": {got.Exceptions, []posting.Exception{{No: "2", Subject: "A", Until: month(2027, 1)}}},
		"done":       {len(got.Done), 0},
		"history": {got.History, []posting.Stint{{Cadre: "A", Unit: "D", Post: "D1", From: month(2020, 3), To: month(2026, 9), Exchanged: posting.Yes},
			{Cadre: "M", Unit: "X", Post: "M1", From: month(2023, 7), To: month(2026, 9), Exchanged: posting.Yes}, {Cadre: "S", Unit: "D", Post: "D3", From: month(2021, 1), To: month(2026, 10), Exchanged: posting.Yes}}},
		"previous": {got.Previous, []posting.Planned{{Cadre: "A", To: "T1", Period: 1}, {Cadre: "B", To: "D2", Period: 2}, {Cadre: "M", To: "D1", Period: 1}, {Cadre: "S", To: "M1", Period: 1},
			{Cadre: "K", To: "D4", Period: 1}, {Cadre: "N", To: "D2", Period: 1}}},
		"follow-ups": {len(got.FollowUps), 5},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, c.got, c.want)
		}
	}
	if in.Cadres[0].Post != "D1" || len(in.History) != 0 {
		t.Error("the input was changed")
	}
}
