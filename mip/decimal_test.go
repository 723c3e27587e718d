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

func parsed(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
