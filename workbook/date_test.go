package workbook

import (
	"testing"

	"cadre/posting"
)

// TestParseMonth: every form in use, and what is no date.
func TestParseMonth(t *testing.T) {
	march := posting.NewMonth(1965, 3)
	for _, s := range []string{"196503", "19650312", "1965.03", "1965.3", "1965-3", "1965-03", "1965/3/1", "1965-03-12", "1965年3月", "1965 年 03 月",
		"1965年3月12日", "１９６５．０３", "1965.03(58岁)", "1965.03（ 58 岁）", "23813", "23813.5", "1965-03-12 00:00:00", "1965-03-12T08:00:00Z", "1965.0299999999999"} {
		if got, f := parseMonth(s); f != nil || got != march {
			t.Errorf("%q: got %v, %+v", s, got, f)
		}
	}
	for s, code := range map[string]string{"1899-13-45": "E1202", "1965-13": "E1202", "196500": "E1202", "19650431": "E1202", "1965-02-29": "E1202",
		"1965": "E1202", "不详": "E1202", "1899.05": "E1202", "2101.01": "E1202", "3": "E1202", "99999": "E1202", "65.03": "E1202",
		"1965.1": "E1207", "1965.0999999999999": "E1207"} {
		if got, f := parseMonth(s); f == nil || f.code != code || got != 0 {
			t.Errorf("%q: got %v, %+v, want %s", s, got, f, code)
		}
	}
	if got, f := parseMonth("1964-02-29"); f != nil || got != posting.NewMonth(1964, 2) {
		t.Errorf("leap day: %v, %+v", got, f)
	}
}

// FuzzParseMonth: a date that is accepted lies in the admitted years and reads the same when written again.
func FuzzParseMonth(f *testing.F) {
	for _, s := range []string{"196503", "1965.03", "23833", "1965年3月", "1965.1", "1965-03-12 00:00:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, bad := parseMonth(s)
		if bad != nil {
			if m != 0 {
				t.Fatalf("%q gives %v and a fault", s, m)
			}
			return
		}
		if m.Year() < firstYear || m.Year() > lastYear {
			t.Fatalf("%q gives %v", s, m)
		}
		if again, bad := parseMonth(m.String()); bad != nil || again != m {
			t.Fatalf("%q gives %v, which gives %v", s, m, again)
		}
	})
}
