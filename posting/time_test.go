package posting_test

import (
	"testing"

	"cadre/posting"
)

func TestPeriodOf(t *testing.T) {
	cal := posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 2, Length: 12}
	for month, want := range map[posting.Month]int{
		posting.NewMonth(2025, 6):  1, // what was due before the plan date falls in the first batch
		posting.NewMonth(2026, 1):  1,
		posting.NewMonth(2026, 12): 1,
		posting.NewMonth(2027, 1):  2,
		posting.NewMonth(2027, 12): 2,
		posting.NewMonth(2028, 1):  3, // beyond the horizon
		posting.NewMonth(2040, 1):  3,
	} {
		if got := cal.PeriodOf(month); got != want {
			t.Errorf("PeriodOf(%v) = %d, want %d", month, got, want)
		}
	}
}

func TestMonthText(t *testing.T) {
	for _, m := range []posting.Month{0, posting.NewMonth(1965, 1), posting.NewMonth(2026, 12)} {
		text, _ := m.MarshalText()
		var back posting.Month
		if err := back.UnmarshalText(text); err != nil || back != m {
			t.Errorf("%v reads back as %v (%v)", m, back, err)
		}
	}
	for _, bad := range []string{"2026", "2026-13", "2026-0", "x", "2026-01xyz", "2026-01-15", " 2026-01", "+2026-01", "9999-01", "1899-12", "20266-01"} {
		var m posting.Month
		if m.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q is taken for a month", bad)
		}
	}
}

func TestTenure(t *testing.T) {
	in := &posting.Instance{
		Posts: []posting.Post{{ID: "P1"}},
		Cadres: []posting.Cadre{
			{ID: "C1", Post: "P1", PostSince: posting.NewMonth(2015, 12), Deduct: 2},
			{ID: "C2", Post: "P1"},
			{ID: "C3", Arrives: posting.NewMonth(2026, 1), PostSince: posting.NewMonth(2000, 1)},
		},
	}
	x := posting.NewIndex(in, posting.Calendar{Date: posting.NewMonth(2026, 1), Periods: 2, Length: 12})
	for _, c := range []struct {
		cadre, period, months int
		known                 bool
	}{{0, 1, 119, true}, {0, 2, 131, true}, {1, 1, 0, false}, {2, 1, 0, false}} {
		if months, known := x.Tenure(c.cadre, c.period); months != c.months || known != c.known {
			t.Errorf("Tenure(%d, %d) = %d, %v; want %d, %v", c.cadre, c.period, months, known, c.months, c.known)
		}
	}
}
