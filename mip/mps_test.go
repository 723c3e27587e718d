package mip

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const smallMPS = `NAME small
ROWS
 N cost
 L cap
 G need
 E tie
COLUMNS
 x cost 1 cap 2
 x tie 1
 M1 'MARKER' 'INTORG'
 y cost -3.5 need 1
 z tie -1
 M2 'MARKER' 'INTEND'
RHS
 RHS cost 7 cap 10
 RHS need 1
RANGES
 RNG cap 4 need 2
BOUNDS
 UP BND x 8
 UI BND z 5
ENDATA
`

func TestReadMPS(t *testing.T) {
	got, err := ReadMPS(strings.NewReader(smallMPS))
	if err != nil {
		t.Fatal(err)
	}
	want := &Model{
		Name: "small",
		Columns: []Column{
			{Name: "x", Lower: 0, Upper: 8},
			{Name: "y", Lower: 0, Upper: 1, Integer: true},
			{Name: "z", Lower: 0, Upper: 5, Integer: true},
		},
		Rows: []Constraint{
			{Name: "cap", Lower: 6, Upper: 10, Terms: []Term{{0, 2}}},
			{Name: "need", Lower: 1, Upper: 3, Terms: []Term{{1, 1}}},
			{Name: "tie", Lower: 0, Upper: 0, Terms: []Term{{0, 1}, {2, -1}}},
		},
		Levels: []Level{{Name: "cost", Scale: 1, Terms: []Term{{0, 1}, {1, -3.5}}, Constant: -7}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestReadMPSDetails reads one row and one column under varied lines.
func TestReadMPSDetails(t *testing.T) {
	type want struct {
		rowLower, rowUpper, lower, upper float64
		integer                          bool
	}
	tests := []struct {
		name, kind, ranges, bounds string
		integer                    bool
		want                       want
	}{
		{"range on E, positive", "E", "3", "", false, want{5, 8, 0, Inf, false}},
		{"range on E, negative", "E", "-3", "", false, want{2, 5, 0, Inf, false}},
		{"range on L", "L", "-3", "", false, want{2, 5, 0, Inf, false}},
		{"range on G", "G", "3", "", false, want{5, 8, 0, Inf, false}},
		{"range 0 on G", "G", "0", "", false, want{5, 5, 0, Inf, false}},
		{"integer without bounds", "L", "", "", true, want{-Inf, 5, 0, 1, true}},
		{"integer with PL", "L", "", "PL B x", true, want{-Inf, 5, 0, Inf, true}},
		{"integer with LO", "L", "", "LO B x 2", true, want{-Inf, 5, 2, Inf, true}},
		{"BV", "L", "", "BV B x", false, want{-Inf, 5, 0, 1, true}},
		{"BV with a number", "L", "", "BV B x 1", false, want{-Inf, 5, 0, 1, true}},
		{"LI", "L", "", "LI B x -2", false, want{-Inf, 5, -2, Inf, true}},
		{"UI", "L", "", "UI B x 2", false, want{-Inf, 5, 0, 2, true}},
		{"FR", "L", "", "FR B x", false, want{-Inf, 5, -Inf, Inf, false}},
		{"FR without set name", "L", "", "FR x", false, want{-Inf, 5, -Inf, Inf, false}},
		{"MI", "L", "", "MI B x", false, want{-Inf, 5, -Inf, Inf, false}},
		{"FX", "L", "", "FX B x 3", false, want{-Inf, 5, 3, 3, false}},
		{"UP without set name", "L", "", "UP x 3", false, want{-Inf, 5, 0, 3, false}},
		{"negative UP crosses", "L", "", "UP B x -3", false, want{-Inf, 5, 0, -3, false}},
		{"UP beyond 1e20 is none", "L", "", "UP B x 1e30", false, want{-Inf, 5, 0, Inf, false}},
		{"exponent D", "L", "", "UP B x 1D2", false, want{-Inf, 5, 0, 100, false}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			column := " x r 1\n"
			if tc.integer {
				column = " M 'MARKER' 'INTORG'\n" + column
			}
			text := "ROWS\n N o\n " + tc.kind + " r\nCOLUMNS\n" + column + "RHS\n r 5\n"
			if tc.ranges != "" {
				text += "RANGES\n R r " + tc.ranges + "\n"
			}
			if tc.bounds != "" {
				text += "BOUNDS\n " + tc.bounds + "\n"
			}
			m, err := ReadMPS(strings.NewReader(text + "ENDATA\n"))
			if err != nil {
				t.Fatal(err)
			}
			r, c := m.Rows[0], m.Columns[0]
			if got := (want{r.Lower, r.Upper, c.Lower, c.Upper, c.Integer}); got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestReadMPSFixedFormatWithSpaces(t *testing.T) {
	fixed := func(fields ...any) string { return fmt.Sprintf(" %-3v%-10v%-10v%12v   %-10v%12v\n", fields...) }
	text := "NAME          fixed\nROWS\n N  cost all\n L  row one\nCOLUMNS\n" +
		"    MARKER                 'MARKER'                 'INTORG'\n" +
		fixed("", "col one", "cost all", 2, "row one", 3) +
		"    MARKER                 'MARKER'                 'INTEND'\n" +
		"RHS\n" + fixed("", "", "row one", 9, "", "") +
		"BOUNDS\n" + fixed("UP", "BND", "col one", 4, "", "") + "ENDATA\n"
	m, err := ReadMPS(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Column{Name: "col one", Upper: 4, Integer: true}
	if !reflect.DeepEqual(m.Columns, []Column{want}) || m.Rows[0].Upper != 9 || m.Rows[0].Terms[0].Coef != 3 || m.Levels[0].Terms[0].Coef != 2 {
		t.Errorf("got %+v", m)
	}
}

func TestReadMPSMaximise(t *testing.T) {
	text := strings.Replace(smallMPS, "ROWS", "OBJSENSE\n    MAX\nROWS", 1)
	m, err := ReadMPS(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Level{Name: "cost", Scale: 1, Terms: []Term{{0, -1}, {1, 3.5}}, Constant: 7, Negated: true}
	if !reflect.DeepEqual(m.Levels, []Level{want}) {
		t.Errorf("got %+v, want %+v", m.Levels, want)
	}
}

func TestReadMPSDropsForeignObjectives(t *testing.T) {
	text := strings.Replace(smallMPS, " L cap", " N other\n L cap", 1)
	m, err := ReadMPS(strings.NewReader(strings.Replace(text, " x tie 1", " x tie 1 other 5", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Levels) != 1 || len(m.Rows) != 3 {
		t.Errorf("got %d levels and %d rows, want 1 and 3", len(m.Levels), len(m.Rows))
	}
}

func TestReadMPSFaults(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown row", " x cost 1 cap 2", " x cost 1 cup 2", `line 8: column "x" names row "cup", which ROWS does not declare`},
		{"unknown column", " UP BND x 8", " UP BND w 8", `line 20: bound on column "w", which COLUMNS does not declare`},
		{"unknown section", "RANGES", "RANGE", `line 17: unknown section "RANGE"`},
		{"no end", "ENDATA\n", "", "line 21: the file ends without ENDATA"},
		{"not a number", "cost -3.5", "cost 3,5", `line 11: "3,5" is not a number`},
		{"NaN", "cost -3.5", "cost NaN", `line 11: "NaN" is not a number`},
		{"infinite coefficient", "cost -3.5", "cost 1e999", `line 11: "1e999" is not`},
		{"duplicate entry", " x tie 1", " x cap 1", `line 9: column "x" has two entries in row "cap"`},
		{"split column", " z tie -1", " x need -1", `line 12: column "x" continues after other columns`},
		{"duplicate row", " G need", " G cap", `line 5: row "cap" is declared twice`},
		{"row kind", " G need", " Q need", `line 5: unknown row kind "Q"`},
		{"two right-hand sides", " RHS need 1", " RHS cap 1", `line 16: row "cap" has two right-hand sides`},
		{"two ranges", "RNG cap 4 need 2", "RNG cap 4 cap 2", `line 18: row "cap" has two ranges`},
		{"range on objective", "RNG cap 4 need 2", "RNG cost 4", `line 18: row "cost" is an objective`},
		{"semi-continuous", " UP BND x 8", " SC BND x 8", "line 20: bound kind SC: semi-continuous"},
		{"bound kind", " UP BND x 8", " UX BND x 8", `line 20: unknown bound kind "UX"`},
		{"two bounds", " UI BND z 5", " FX BND x 5", `line 21: column "x" has two bounds of the same side`},
		{"wrong infinity", " UI BND z 5", " UI BND z -inf", "line 21: bound UI -Inf of column \"z\" lies on the wrong side"},
		{"field count", " x tie 1", " x tie", "line 9: expected a column"},
		{"marker", "'INTEND'", "'SOSORG'", "line 13: unknown marker 'SOSORG'"},
		{"sense", "ROWS", "OBJSENSE\n UP\nROWS", `line 3: unknown objective sense "UP"`},
		{"headless", "NAME small\nROWS", "NAME small", "line 2: data outside a section"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadMPS(strings.NewReader(strings.Replace(smallMPS, tc.old, tc.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

func TestReadMPSCollectsFaults(t *testing.T) {
	text := strings.NewReplacer("cost 1 cap 2", "cost 1 cup 2", "UP BND x 8", "UP BND w 8").Replace(smallMPS)
	_, err := ReadMPS(strings.NewReader(text))
	if err == nil || strings.Count(err.Error(), "line ") != 2 {
		t.Errorf("got %v, want both faults", err)
	}
	_, err = ReadMPS(strings.NewReader("ROWS\n" + strings.Repeat(" Q x\n", 3*maxFaults)))
	if n := strings.Count(err.Error(), "line "); n != maxFaults {
		t.Errorf("got %d faults, want %d", n, maxFaults)
	}
}

func TestWriteMPS(t *testing.T) {
	m := &Model{
		Name: "a plan",
		Columns: []Column{
			{Name: "张三→镇 长", Upper: 1, Integer: true},
			{Name: "slack", Upper: Inf},
			{Name: "RHS", Lower: -Inf, Upper: Inf},
			{Name: "", Lower: 2, Upper: 2},
		},
		Rows: []Constraint{
			{Name: "R13", Lower: 1, Upper: 4, Terms: []Term{{1, 0.25}, {0, 12345678901234}}},
			{Name: "R13", Lower: -Inf, Upper: Inf, Terms: []Term{{2, 1}}},
			{Name: "crossed", Lower: 1, Upper: 0, Terms: []Term{{2, 1}}},
		},
		Levels: []Level{
			{Name: "unfilled", Unit: "posts", Scale: 1, Terms: []Term{{0, -1}}, Constant: 3},
			{Name: "cost", Scale: 100, Terms: []Term{{1, 7}}, Negated: true},
		},
	}
	var got bytes.Buffer
	if err := WriteMPS(&got, m); err != nil {
		t.Fatal(err)
	}
	want := `* cadre:mps 1
* cadre:level unfilled 1 min posts
* cadre:level cost 100 max
* cadre:constant constant
NAME a_plan
ROWS
 N unfilled
 N cost
 L R13
 N R13_2
 G crossed
 L crossed.upper
COLUMNS
 M0 'MARKER' 'INTORG'
 张三→镇_长 unfilled -1
 张三→镇_长 R13 12345678901234
 M1 'MARKER' 'INTEND'
 slack cost 7
 slack R13 0.25
 RHS_ R13_2 1
 RHS_ crossed 1
 RHS_ crossed.upper 1
 c3 unfilled 0
 constant unfilled 3
RHS
 RHS R13 4
 RHS crossed 1
RANGES
 RNG R13 3
BOUNDS
 LO BND 张三→镇_长 0
 UP BND 张三→镇_长 1
 LO BND slack 0
 PL BND slack
 FR BND RHS_
 FX BND c3 2
 FX BND constant 1
ENDATA
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
}

// TestMPSRoundTrip writes random models and reads them back, with terms sorted by column as the format has them.
func TestMPSRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		var text bytes.Buffer
		if err := WriteMPS(&text, m); err != nil {
			t.Fatal(err)
		}
		back, err := ReadMPS(bytes.NewReader(text.Bytes()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, &text)
		}
		if !reflect.DeepEqual(back, m) {
			t.Fatalf("wrote %+v\nread %+v\nfrom\n%s", m, back, &text)
		}
	})
}

// randomModel draws a model in the form in which the reader leaves one: safe names, sorted terms without zeros.
func randomModel(t *rapid.T) *Model {
	m := &Model{Name: "m"}
	value := rapid.OneOf(rapid.Float64Range(-1e6, 1e6), rapid.Map(rapid.IntRange(-5, 1<<40), func(i int) float64 { return float64(i) }))
	sides := func(label string) (float64, float64) {
		switch rapid.IntRange(0, 4).Draw(t, label) {
		case 0:
			return -Inf, Inf
		case 1:
			return -Inf, 0 + value.Draw(t, "upper")
		case 2:
			return 0 + value.Draw(t, "lower"), Inf
		case 3:
			v := 0 + value.Draw(t, "both")
			return v, v
		}
		lower := float64(rapid.IntRange(-100, 100).Draw(t, "lower"))
		return lower, lower + float64(rapid.IntRange(1, 100).Draw(t, "width"))
	}
	for j := range rapid.IntRange(1, 5).Draw(t, "columns") {
		c := Column{Name: fmt.Sprintf("列%d", j), Integer: rapid.Bool().Draw(t, "integer")}
		c.Lower, c.Upper = sides("bounds")
		m.AddColumn(c)
	}
	terms := func() []Term {
		var ts []Term
		for j := range m.Columns {
			if v := value.Draw(t, "coef"); v != 0 && rapid.Bool().Draw(t, "present") {
				ts = append(ts, Term{Col(j), v})
			}
		}
		return ts
	}
	for k := range rapid.IntRange(0, 3).Draw(t, "levels") {
		m.AddLevel(Level{Name: fmt.Sprintf("l%d", k), Scale: int64(k) + 1, Unit: "cadre years"[:k*5], Terms: terms(), Constant: 0 + value.Draw(t, "constant"), Negated: k == 1})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "rows") {
		r := Constraint{Name: fmt.Sprintf("r%d", i), Terms: terms()}
		r.Lower, r.Upper = sides("sides")
		m.AddRow(r)
	}
	return m
}

func TestWriteLP(t *testing.T) {
	m := &Model{
		Name: "plan",
		Columns: []Column{
			{Name: "x[a]", Upper: 1, Integer: true},
			{Name: "e1", Lower: -Inf, Upper: 4.5},
			{Name: "free", Lower: -Inf, Upper: Inf},
		},
		Rows: []Constraint{
			{Name: "R13 甲", Lower: 1, Upper: 2, Terms: []Term{{0, 1}, {1, -2}}, Stamp: Stamp{Clause: "R13", Subjects: []string{"甲", "乙"}}},
			{Name: "empty", Lower: 0, Upper: 0},
		},
		Levels: []Level{
			{Name: "open", Unit: "posts", Scale: 1, Terms: []Term{{0, -1}}, Constant: 2},
			{Name: "cost", Unit: "points", Scale: 10, Terms: []Term{{2, 3}}},
		},
	}
	var got strings.Builder
	if err := WriteLP(&got, m); err != nil {
		t.Fatal(err)
	}
	want := `\ plan: 3 columns, 2 rows
\ level 1: open, in posts / 1
\ level 2: cost, in points / 10
\ + 3 free_
Minimize
 obj: - 1 x_a_ + 2 constant
Subject To
\ R13: 甲, 乙
 R13_甲: + 1 x_a_ - 2 _e1 >= 1
 R13_甲.upper: + 1 x_a_ - 2 _e1 <= 2
 empty: 0 x_a_ = 0
Bounds
 0 <= x_a_ <= 1
 -inf <= _e1 <= 4.5
 free_ free
 constant = 1
Generals
 x_a_
End
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestSafeNames(t *testing.T) {
	long := strings.Repeat("长", 200)
	got := SafeNames("c", []string{"a b", "a_b", "a b", "", "*x", "rows", "it's", long})
	want := []string{"a_b_2", "a_b", "a_b_3", "c3", "_x", "rows_", "it_s", strings.Repeat("长", maxName/3)}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if again := SafeNames("c", got); !slices.Equal(again, got) {
		t.Errorf("safe names changed to %q", again)
	}
}

func FuzzReadMPS(f *testing.F) {
	f.Add([]byte(smallMPS))
	f.Add([]byte(strings.Replace(smallMPS, "ROWS", "OBJSENSE MAX\nROWS", 1)))
	f.Add([]byte("* cadre:mps 1\n* cadre:level a 5 max p q\n* cadre:constant k\nROWS\n N a\n N f\nCOLUMNS\n k a 3\nBOUNDS\n FX k 1\nENDATA\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ReadMPS(bytes.NewReader(text))
		if err != nil {
			return
		}
		if err := m.Check(); err != nil {
			t.Fatalf("read a model that fails its check: %v", err)
		}
		first := written(t, m)
		m, err = ReadMPS(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("%v in our own\n%s", err, first)
		}
		if second := written(t, m); !bytes.Equal(first, second) {
			t.Fatalf("wrote\n%s\nthen\n%s", first, second)
		}
	})
}

func written(t *testing.T, m *Model) []byte {
	var out bytes.Buffer
	if err := WriteMPS(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// largeMPS is a text of several blocks of the reader, with a name of two bytes a letter in every line.
func largeMPS(columns int) string {
	var b strings.Builder
	b.WriteString("ROWS\n N cost\n L 名额\nCOLUMNS\n")
	for j := range columns {
		fmt.Fprintf(&b, " 甲%d cost %d 名额 1\n", j, j)
	}
	b.WriteString("RHS\n RHS 名额 3\nENDATA\n")
	return b.String()
}

// TestReadMPSLarge: lines that lie across two blocks, and a reader that gives one byte at a time.
func TestReadMPSLarge(t *testing.T) {
	const columns = 100_000
	text := largeMPS(columns)
	if len(text) < 2*blockSize {
		t.Fatalf("only %d bytes", len(text))
	}
	for name, r := range map[string]io.Reader{"blocks": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text))} {
		m, err := ReadMPS(r)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Columns) != columns || len(m.Rows[0].Terms) != columns || len(m.Levels[0].Terms) != columns-1 {
			t.Fatalf("%s: %d columns, %d terms", name, len(m.Columns), len(m.Rows[0].Terms))
		}
		for j := range columns {
			if m.Columns[j].Name != fmt.Sprint("甲", j) || m.Rows[0].Terms[j] != (Term{Col(j), 1}) || j > 0 && m.Levels[0].Terms[j-1] != (Term{Col(j), float64(j)}) {
				t.Fatalf("%s: column %d is wrong", name, j)
			}
		}
	}
	cut := text[:len(text)-3]
	if _, err := ReadMPS(strings.NewReader(cut)); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("line %d: ", columns+7)) {
		t.Errorf("cut text: %v", err)
	}
}

// TestReadMPSBreaks: what the file system says is returned as it is.
func TestReadMPSBreaks(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, before := range []string{"", smallMPS[:40], largeMPS(60_000)[:2*blockSize/3*2]} {
		if _, err := ReadMPS(io.MultiReader(strings.NewReader(before), iotest.ErrReader(broken))); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v", len(before), err)
		}
	}
}

func BenchmarkReadMPS(b *testing.B) {
	text := largeMPS(200_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ReadMPS(strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteMPS(b *testing.B) {
	m, err := ReadMPS(strings.NewReader(largeMPS(200_000)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := WriteMPS(io.Discard, m); err != nil {
			b.Fatal(err)
		}
	}
}
