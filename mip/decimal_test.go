package mip

import (
	"strconv"
	"strings"
	"testing"
)

// TestDecimalRanges: sides of ranges are what they are on paper, and are written so that they are read again.
func TestDecimalRanges(t *testing.T) {
	for _, c := range []struct{ kind, side, width, lower, upper string }{
		{"L", "0.8", "0.1", "0.7", "0.8"}, {"G", "0.1", "0.2", "0.1", "0.3"}, {"E", "0.3", "-0.1", "0.2", "0.3"}, {"L", "1e22", "1", "9999999999999999999999", "1e22"},
	} {
		text := "NAME\nROWS\n N COST\n " + c.kind + " R\nCOLUMNS\n x COST 1 R 1\nRHS\n RHS R " + c.side + "\nRANGES\n RNG R " + c.width + "\nENDATA\n"
		m, err := ReadMPS(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r := m.Rows[0]
		if r.Lower != parsed(t, c.lower) || r.Upper != parsed(t, c.upper) {
			t.Errorf("%s %s range %s: %v to %v, not %s to %s", c.kind, c.side, c.width, r.Lower, r.Upper, c.lower, c.upper)
		}
		var out strings.Builder
		if err := WriteMPS(&out, m); err != nil {
			t.Fatal(err)
		}
		again, err := ReadMPS(strings.NewReader(out.String()))
		if err != nil || again.Rows[0].Lower != r.Lower || again.Rows[0].Upper != r.Upper {
			t.Errorf("read again: %+v, %v", again, err)
		}
	}
}

// TestDecimalConstants: what the objective row and the column of constants say is added up on paper.
func TestDecimalConstants(t *testing.T) {
	text := "* cadre:mps 1\n* cadre:level COST 1 min\n* cadre:constant one\nROWS\n N COST\nCOLUMNS\n x COST 1\n one COST 0.2\nRHS\n RHS COST -0.1\nBOUNDS\n FX B one 1\nENDATA\n"
	m, err := ReadMPS(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Levels[0].Constant; got != 0.3 {
		t.Errorf("constant %v, want 0.3", got)
	}
}

func TestAsWritten(t *testing.T) {
	for text, want := range map[string]bool{
		"0": true, "-0.000": true, "0.1": true, "0.10000000000000000000": true, "+1000000000000000000000e-22": true, "1D-1": true, "123456789012345": true, "1.7976931348623157e308": false,
		"9007199254740992": true, "9007199254740993": false, "1e22": true, "1e23": false, "99999999999999991611392": true, "99999999999999991611393": false, "5e-324": true, "1e30": false,
		"0.10000000000000001": false, "0.1000000000000000055511151231257827021181583404541015625": false, "0.30000000000000004": true, "0.333333333333333333": false,
		"7e-324": false, "1e-400": false, "-1e-99999999999999999999": false, "1.00000000000000001": false, "00000000000000000001.5": true, "inf": true,
	} {
		v, ok := ParseNumber([]byte(text))
		if got := AsWritten([]byte(text), v); !ok || got != want {
			t.Errorf("%s, read as %v: %t", text, v, got)
		}
	}
}

// TestRounded: numbers that count as others than are written are told, the first with its place; bounds that are none do not count.
func TestRounded(t *testing.T) {
	text := "ROWS\n N COST\n G R\nCOLUMNS\n x COST 0.10 R 1.0000000000000000\n y COST 0.10000000000000001 R 1\nRHS\n RHS R 9007199254740993\nBOUNDS\n UP B x 123456789012345678901234567890\nENDATA\n"
	m, err := ReadMPS(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Rounding{Count: 2, Line: 6, Text: "0.10000000000000001", Value: 0.1}); m.Rounded != want {
		t.Errorf("got %+v, want %+v", m.Rounded, want)
	}
}

func parsed(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
