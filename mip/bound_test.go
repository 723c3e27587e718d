package mip

import (
	"math"
	"testing"
)

func TestTrivialBound(t *testing.T) {
	m := &Model{Columns: []Column{
		{Lower: -1.5, Upper: 2.5, Integer: true}, {Lower: -1.5, Upper: 2.5}, {Lower: 0, Upper: Inf},
	}}
	tests := []struct {
		level    Level
		bound    float64
		integral bool
	}{
		{Level{Constant: 4}, 4, true},
		{Level{Terms: []Term{{0, 2}}}, -2, true},
		{Level{Terms: []Term{{0, -2}}, Constant: 1}, -3, true},
		{Level{Terms: []Term{{0, 0.5}}}, -0.5, false},
		{Level{Terms: []Term{{1, 2}}}, -3, false},
		{Level{Terms: []Term{{1, -2}, {2, 3}}}, -5, false},
		{Level{Terms: []Term{{2, -3}}}, math.Inf(-1), false},
		{Level{Terms: []Term{{2, 0}}}, 0, true},
		{Level{Constant: 0.5}, 0.5, false},
	}
	for _, tc := range tests {
		if got := m.TrivialBound(&tc.level); got != tc.bound {
			t.Errorf("%+v: got bound %v, want %v", tc.level, got, tc.bound)
		}
		if got := m.Integral(&tc.level); got != tc.integral {
			t.Errorf("%+v: got integral %t, want %t", tc.level, got, tc.integral)
		}
	}
}
