package workbook

import (
	"slices"
	"testing"

	"cadre/posting"
)

// TestRecordsOutliveTheirPeople: rows of the ledger and of the follow-up sheet about somebody who has left the tables are
// left out, told once a person; of a post that is gone only its id is. What follows
// a row left out is told at its own cell.
func TestRecordsOutliveTheirPeople(t *testing.T) {
	files := sample()
	files["ledger.csv"] = "cadre,year,overdue_months\nC8,2023,5\nC1,2024,7\nC8,2024,6\nC2,2024,8\n"
	files["followups.csv"] = "round,cadre,post,housing,returns_to\n2024,C9,P1,是,P1\n2024,C2,P7,否,\n2025,C3,P3,是,P8\n"
	in, ps := readSample(t, files)
	want := []string{"W1301 followups.csv!B2", "W1301 followups.csv!C3", "W1301 followups.csv!E4", "W1301 ledger.csv!A2"}
	got := lines(ps)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if in == nil {
		t.Fatal("no instance")
	}
	var borne []int
	for _, r := range in.Ledger {
		borne = append(borne, r.Overdue)
	}
	if !slices.Equal(borne, []int{7, 8}) {
		t.Errorf("months overdue of the rows kept: %v, want those of C1 and C2", borne)
	}
	if f := in.FollowUps; len(f) != 2 || f[0].Post != "" || f[0].Housing != posting.No || f[1].Post != "P3" || f[1].ReturnsTo != "" {
		t.Errorf("follow-ups kept: %+v", f)
	}
}
