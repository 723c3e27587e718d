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
	largeInts   = 1 << 53 // from here on floats are integers, and not all of them
)

// AsWritten says whether the number that a text was read as counts as the number that the text writes (see Rat): 0.1 and 1e-1 do,
// 0.10000000000000001, 9007199254740993 and 1e23 do not.
func AsWritten(text []byte, v float64) bool {
	sure := len(text) <= sureDigits || mantissa(text) <= sureDigits
	if sure && math.Abs(v) >= leastNormal && math.Abs(v) < largeInts || len(text) == 1 || math.IsInf(v, 0) {
		return true
	}
	digits, point := digitsOf(string(text))
	format, precision := byte('e'), -1
	if v == math.Trunc(v) {
		format, precision = 'f', 0
	}
	d, p := digitsOf(strconv.FormatFloat(v, format, precision, 64))
	return d == digits && p == point
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

// Rat is a finite float as it counts everywhere: an integer is itself, any other number the shortest decimal that reads as it. Models are written in
// decimals, and 0.8 less four times 0.2 is nothing there, whatever the binary forms add up to. The fraction is the caller's.
func Rat(v float64) *big.Rat {
	if v == math.Trunc(v) {
		return new(big.Rat).SetFloat64(v)
	}
	d, _ := new(big.Rat).SetString(strconv.FormatFloat(v, 'g', -1, 64))
	return d
}

// decimalSum is a + b as on paper, with numbers as they count: 0.8 - 0.1 is 0.7, which the sum of their binary forms is not. It is the float nearest to that.
func decimalSum(a, b float64) float64 {
	sum := a + b
	if math.IsInf(sum, 0) || math.IsNaN(sum) || a == math.Trunc(a) && b == math.Trunc(b) && math.Abs(sum) < largeInts {
		return sum
	}
	x := Rat(a)
	out, _ := x.Add(x, Rat(b)).Float64()
	return out
}
