package policy

import (
	"strconv"
	"strings"
)

// maxDigits bounds the digits of a share, so that exact arithmetic with counts of people stays inside int64.
const maxDigits = 9

// parseShare reads 25%, 1/3 or 0.25 as an exact share in lowest terms.
func parseShare(w string) (Ratio, bool) {
	body, percent := strings.CutSuffix(w, "%")
	num, den, fraction := strings.Cut(body, "/")
	if percent && fraction {
		return Ratio{}, false
	}
	r, ok := parseDecimal(strings.TrimSpace(num))
	if !ok {
		return Ratio{}, false
	}
	if fraction {
		d, err := strconv.ParseInt(strings.TrimSpace(den), 10, 64)
		if err != nil || d <= 0 || len(den) > maxDigits || r.Den != 1 {
			return Ratio{}, false
		}
		r.Den = d
	}
	if percent {
		r.Den *= 100
	}
	return r.reduced(), true
}

// parseDecimal reads a decimal number exactly: 0.25 is 25/100.
func parseDecimal(w string) (Ratio, bool) {
	whole, part, _ := strings.Cut(w, ".")
	digits := strings.TrimPrefix(whole, "-") + part
	if digits == "" || len(digits) > maxDigits || strings.Trim(digits, "0123456789") != "" {
		return Ratio{}, false
	}
	num, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Ratio{}, false
	}
	if strings.HasPrefix(whole, "-") {
		num = -num
	}
	r := Ratio{num, 1}
	for range part {
		r.Den *= 10
	}
	return r, true
}

func (r Ratio) reduced() Ratio {
	a, b := max(r.Num, -r.Num), r.Den
	for b != 0 {
		a, b = b, a%b
	}
	return Ratio{r.Num / a, r.Den / a}
}

// String prints the share as it is written: 1/3, and 1/4 for 25%.
func (r Ratio) String() string {
	return strconv.FormatInt(r.Num, 10) + "/" + strconv.FormatInt(r.Den, 10)
}

// Share reads a cell that holds a share; the zero Ratio where it holds none, which decoding has refused.
func (r Row) Share(column string) Ratio {
	share, _ := parseShare(r[column])
	return share
}
