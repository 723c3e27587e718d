package mip

import (
	"bytes"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// A number of at most so many digits, and no nearer to zero, is what it was written as: all its digits come back from its float64.
const (
	sureDigits  = 15
	leastNormal = 0x1p-1022
)

// AsWritten says whether the number that a text was read as counts as the number that the text writes. A float counts as the shortest decimal that reads
// as it, and an integer as itself as well: 0.1 and 1e-1 do, 0.10000000000000001 and 9007199254740993 do not.
func AsWritten(text []byte, v float64) bool {
	sure := len(text) <= sureDigits || mantissa(text) <= sureDigits
	if sure && math.Abs(v) >= leastNormal || len(text) == 1 || math.IsInf(v, 0) {
		return true
	}
	digits, point := digitsOf(string(text))
	same := func(format byte, precision int) bool {
		d, p := digitsOf(strconv.FormatFloat(v, format, precision, 64))
		return d == digits && p == point
	}
	return same('e', -1) || v == math.Trunc(v) && same('f', 0)
}

// exponents begin the power of ten; Fortran writes D.
const exponents = "eEdD"

// mantissa is how many characters stand before the power of ten: no fewer than there are digits.
func mantissa(text []byte) int {
	if e := bytes.IndexAny(text, exponents); e >= 0 {
		return e
	}
	return len(text)
}

// digitsOf is a decimal number, but for its sign, as its digits from the first to the last that is not 0, and where its point stands, counted from the
// first of them: 0.0120e3 is 12 and 2.
func digitsOf(number string) (digits string, point int) {
	number = strings.TrimLeft(number, "+-")
	if e := strings.IndexAny(number, exponents); e >= 0 {
		point, _ = strconv.Atoi(number[e+1:])
		number = number[:e]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	all := whole + fraction
	digits = strings.TrimLeft(all, "0")
	if digits == "" {
		return "", 0
	}
	return strings.TrimRight(digits, "0"), point + len(whole) - (len(all) - len(digits))
}

// Rounding tells of the numbers of a file that count as others than are written (see AsWritten): how many there are, and of the first its line, its text and
// what it was read as.
type Rounding struct {
	Count, Line int
	Text        string
	Value       float64
}

func (r *Rounding) note(line int, text []byte, v float64) {
	if r.Count++; r.Count == 1 {
		r.Line, r.Text, r.Value = line, string(text), v
	}
}

// decimalSum is a + b as on paper, with numbers as they are written: 0.8 - 0.1 is 0.7, which the sum of their binary forms is not. It is the nearest float
// of the sum of the shortest decimals that read as a and b.
func decimalSum(a, b float64) float64 {
	sum := a + b
	if math.IsInf(sum, 0) || math.IsNaN(sum) || a == math.Trunc(a) && b == math.Trunc(b) && math.Abs(sum) < 1<<53 {
		return sum
	}
	x, okA := new(big.Rat).SetString(strconv.FormatFloat(a, 'g', -1, 64))
	y, okB := new(big.Rat).SetString(strconv.FormatFloat(b, 'g', -1, 64))
	if !okA || !okB {
		return sum
	}
	out, _ := x.Add(x, y).Float64()
	return out
}
