package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Years outside firstYear to lastYear are slips of the pen: nobody on a roster was born before, and no plan reaches
// beyond.
const (
	firstYear = 1920
	lastYear  = 2100
)

var (
	ageNote   = regexp.MustCompile(`\(\s*\d+\s*周?岁\s*\)`)
	clockTime = regexp.MustCompile(`[T\s]\d{1,2}:\d{2}.*$`)
	white     = regexp.MustCompile(`[\s\p{Z}]+`)
	serial    = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	noisy     = regexp.MustCompile(`^\d{4}\.\d{6,}$`) // 1965.03 as some programs store it: 1965.0299999999999
	compact   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	separated = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})?日?)?$`)
	oneDigit  = regexp.MustCompile(`^\d{4}\.1$`)
)

// parseMonth reads a date in the forms that rosters use (196503, 19650312, 1965.03, 1965-3, 1965-03-12, 1965年3月,
// the serial number of a spreadsheet, each with or without "(58岁)") and drops the day.
func parseMonth(text string) (posting.Month, *fault) {
	s := ageNote.ReplaceAllString(fold(text), "")
	s = clockTime.ReplaceAllString(strings.TrimSpace(s), "")
	s = white.ReplaceAllString(s, "")
	if noisy.MatchString(s) {
		f, _ := strconv.ParseFloat(s, 64) // the pattern is a number
		s = strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0")
	}
	if oneDigit.MatchString(s) {
		return 0, &fault{"E1207", i18n.F("年月可能是 1 月，也可能是 10 月；请写成 %[1]s.01 或 %[1]s.10",
			"this may be January or October; write %[1]s.01 or %[1]s.10", s[:4])}
	}
	if serial.MatchString(s) {
		return fromSerial(s)
	}
	m := compact.FindStringSubmatch(s)
	if m == nil {
		m = separated.FindStringSubmatch(s)
	}
	if m == nil {
		return 0, badDate()
	}
	return newMonth(m[1], m[2], m[3])
}

// fromSerial reads the day number of a spreadsheet in the 1900 system.
func fromSerial(s string) (posting.Month, *fault) {
	days, err := strconv.Atoi(strings.SplitN(s, ".", 2)[0])
	if err != nil {
		return 0, badDate()
	}
	d := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return newMonth(strconv.Itoa(d.Year()), strconv.Itoa(int(d.Month())), "")
}

func newMonth(year, month, day string) (posting.Month, *fault) {
	y, _ := strconv.Atoi(year) // the patterns admit digits only
	m, _ := strconv.Atoi(month)
	if y < firstYear || y > lastYear || m < 1 || m > 12 {
		return 0, badDate()
	}
	if day != "" {
		d, _ := strconv.Atoi(day)
		if last := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day(); d < 1 || d > last {
			return 0, badDate()
		}
	}
	return posting.NewMonth(y, m), nil
}

func badDate() *fault {
	return &fault{"E1202", i18n.F("不是可用的日期；应写成 1965.03、196503、1965-03-12 或 1965年3月，年份在 %d 至 %d 之间",
		"is no usable date; write 1965.03, 196503, 1965-03-12 or 1965年3月 with a year from %d to %d", firstYear, lastYear)}
}
