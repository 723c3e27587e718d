package mip

import (
	"math"
	"math/big"
	"strconv"
)

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
