package posting

import (
	"fmt"
	"regexp"
	"strconv"

	"cadre/internal/i18n"
)

// Month counts calendar months: year*12 + month-1. Zero is "not known". Dates are kept to the month, as rosters
// keep them; a day in the input is dropped.
type Month int32

// monthForm is what String prints, for the years in which a plan or a life can lie.
var monthForm = regexp.MustCompile(`^((?:19|20|21)\d\d)-(0?[1-9]|1[0-2])$`)

// NewMonth is the month of a year (month 1 to 12).
func NewMonth(year, month int) Month { return Month(year*12 + month - 1) }

// Known tells whether the month was given.
func (m Month) Known() bool { return m != 0 }

// Year and Of (1 to 12) are the calendar parts.
func (m Month) Year() int { return int(m) / 12 }
func (m Month) Of() int   { return int(m)%12 + 1 }

// String prints 2026-01, or "" for a month that is not known.
func (m Month) String() string {
	if !m.Known() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Of())
}

// MarshalText and UnmarshalText use the form of String.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

func (m *Month) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*m = 0
		return nil
	}
	parts := monthForm.FindSubmatch(b)
	if parts == nil {
		return i18n.E("年月 %q：应写成 2026-01 的样子", "month %q: want the form 2026-01", b)
	}
	year, _ := strconv.Atoi(string(parts[1])) // digits only: the form has been checked
	month, _ := strconv.Atoi(string(parts[2]))
	*m = NewMonth(year, month)
	return nil
}

// Calendar divides the planning horizon into batches: period t (1 to Periods) starts (t-1)*Length months after Date.
// Period 0 is the state on Date.
type Calendar struct {
	Date    Month // the plan date, which is also the base date of every tenure
	Periods int   // H, at least 1
	Length  int   // months of one period
}

// Start is the first month of period t, t >= 1.
func (c Calendar) Start(t int) Month { return c.Date + Month((t-1)*c.Length) }

// PeriodOf is the period in which a month lies: 1 for months up to the end of the first period (past ones
// included), Periods+1 for all later ones.
func (c Calendar) PeriodOf(m Month) int {
	if m < c.Date {
		return 1
	}
	return min(int(m-c.Date)/c.Length, c.Periods) + 1
}
