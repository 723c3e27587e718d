package certify

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/mip"
)

// Number is an exact number: as a rule an integer, or an integer divided by powers of two and ten, of which every one has a finite
// decimal form; or a fraction. In JSON it is a number where every reader keeps it exactly, else a string.
type Number struct{ big.Rat }

// exactInts is the range of integers that every JSON reader keeps, those that read doubles included.
const exactInts = 1 << 53

// maxDigits bounds the text of a number.
const maxDigits = 8192

func number(r *big.Rat) Number {
	var n Number
	n.Set(r)
	return n
}

// decimal is the exact decimal form; of a fraction that has none, as leaves with exact multipliers give, the quotient "numerator/denominator".
func (n *Number) decimal() string {
	if n.IsInt() {
		return n.Num().String()
	}
	places, finite := n.FloatPrec()
	if !finite {
		return n.RatString()
	}
	return n.FloatString(places)
}

// MarshalJSON writes the canonical form.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.IsInt() && n.Num().IsInt64() && abs(n.Num().Int64()) <= exactInts {
		return []byte(n.Num().String()), nil
	}
	return json.Marshal(n.decimal())
}

// UnmarshalJSON takes numbers, decimal strings without exponents, and quotients of integers.
func (n *Number) UnmarshalJSON(text []byte) error {
	s := strings.Trim(string(text), `"`)
	if len(s) == 0 || len(s) > maxDigits || strings.Trim(s, "-0123456789./") != "" {
		return i18n.E("%.40s 不是小数或分数", "%.40s is no decimal number or fraction", text)
	}
	if _, ok := n.SetString(s); !ok {
		return i18n.E("%.40s 不是小数或分数", "%.40s is no decimal number or fraction", text)
	}
	return nil
}

// Ints are integers below 2^63, in JSON numbers or decimal strings: strings where a reader of doubles would round.
type Ints []int64

// MarshalJSON writes the canonical form.
func (v Ints) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, 2+12*len(v))
	out = append(out, '[')
	for i, x := range v {
		if i > 0 {
			out = append(out, ',')
		}
		if abs(x) <= exactInts {
			out = strconv.AppendInt(out, x, 10)
			continue
		}
		out = append(out, '"')
		out = strconv.AppendInt(out, x, 10)
		out = append(out, '"')
	}
	return append(out, ']'), nil
}

// UnmarshalJSON takes numbers and decimal strings.
func (v *Ints) UnmarshalJSON(text []byte) error {
	text = bytes.TrimSpace(text)
	if len(text) < 2 || text[0] != '[' {
		return i18n.E("%.40s 不是整数的列表", "%.40s is no array of integers", text)
	}
	*v = (*v)[:0]
	text = bytes.TrimSpace(text[1 : len(text)-1])
	for len(text) > 0 {
		word, rest, more := bytes.Cut(text, []byte{','})
		x, err := strconv.ParseInt(strings.Trim(string(bytes.TrimSpace(word)), `"`), 10, 64)
		if err != nil {
			return i18n.E("%.40s 不是小于 2^63 的整数", "%.40s is no integer below 2^63", word)
		}
		*v = append(*v, x)
		if text = bytes.TrimSpace(rest); more && len(text) == 0 {
			return i18n.E("整数的列表以逗号结尾", "an array of integers ends in a comma")
		}
	}
	return nil
}

// abs is the magnitude; that of the least integer, which has none, is the largest.
func abs(x int64) int64 {
	switch {
	case x == math.MinInt64:
		return math.MaxInt64
	case x < 0:
		return -x
	}
	return x
}

// mostPlaces is how many decimal places fast arithmetic has room for.
const mostPlaces = 6

// tens are the powers of ten up to there.
var tens = func() (t [mostPlaces + 1]int64) {
	t[0] = 1
	for k := range mostPlaces {
		t[k+1] = 10 * t[k]
	}
	return
}()

// places is how many decimal places v needs as it is written, beyond mostPlaces where they are too many.
func places(v float64) int {
	if math.IsInf(v, 0) || v == math.Trunc(v) {
		return 0
	}
	k := 1
	for k <= mostPlaces {
		if t := float64(tens[k]); math.Round(v*t)/t == v { // a quotient rounds to the float nearest to the decimal
			break
		}
		k++
	}
	return k
}

// whole is v times the unit, a power of ten that leaves no decimal places. Only what is of moderate size in units (moderately) may be
// asked for: larger products are not exact, or wrap.
func whole(v float64, unit int64) int64 {
	if unit == 1 {
		return int64(v)
	}
	return int64(math.Round(v * float64(unit)))
}

// floatDown is the largest float that is not above r, floatUp the least that is not below.
func floatDown(r *big.Rat) float64 {
	v, _ := r.Float64()
	if ratOrInf(v, r) > 0 { // even where v is r in binary: as it is written it may be more
		v = math.Nextafter(v, math.Inf(-1))
	}
	return v
}

func floatUp(r *big.Rat) float64 { return -floatDown(new(big.Rat).Neg(r)) }

// ratOrInf compares a float, which may be infinite, with r.
func ratOrInf(v float64, r *big.Rat) int {
	if math.IsInf(v, 0) {
		return int(math.Copysign(1, v))
	}
	return mip.Rat(v).Cmp(r)
}
