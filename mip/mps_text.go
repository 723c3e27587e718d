package mip

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cadre/internal/i18n"
)

// What the MPS reader is made of: blocks of text, fields of a line, numbers, and the entries of the matrix by row.

// errReading wraps what the file system or a decompressor says.
var errReading = i18n.E("读取文件", "reading the file")

// blockSize is how much is read at once: large enough that handing a block over costs nothing beside parsing it.
const blockSize = 1 << 20

// blocksOf reads ahead in a goroutine, since files may have to be decompressed: each call of next returns whole lines, the
// last one together with io.EOF. After stop nothing is read any more.
func blocksOf(r io.Reader) (next func() ([]byte, error), stop func()) {
	type block struct {
		text []byte
		err  error
	}
	ahead, stopped := make(chan block, 4), make(chan struct{})
	go func() {
		defer close(ahead)
		var begun []byte // a line that the last block left unfinished
		for {
			text := make([]byte, len(begun)+blockSize)
			n, err := io.ReadFull(r, text[copy(text, begun):])
			text = text[:len(begun)+n]
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF
			}
			whole := len(text)
			if err == nil {
				whole = bytes.LastIndexByte(text, '\n') + 1
			}
			select {
			case ahead <- block{text[:whole:whole], err}:
			case <-stopped:
				return
			}
			if err != nil {
				return
			}
			begun = text[whole:]
		}
	}()
	next = func() ([]byte, error) {
		b := <-ahead
		return b.text, b.err
	}
	stop = func() {
		close(stopped)
		for range ahead { // ends when the goroutine has
		}
	}
	return next, stop
}

// remember keeps the blocks that pass.
func remember(blocks func() ([]byte, error), text *[][]byte) func() ([]byte, error) {
	return func() ([]byte, error) {
		b, err := blocks()
		*text = append(*text, b)
		return b, err
	}
}

// given returns blocks that are at hand.
func given(text [][]byte) func() ([]byte, error) {
	return func() ([]byte, error) {
		if len(text) == 0 {
			return nil, io.EOF
		}
		b := text[0]
		text = text[1:]
		return b, nil
	}
}

// splitter appends the fields of a data line.
type splitter func(line []byte, fields [][]byte) [][]byte

// freeFields splits at white space, which is blanks and tabs in all but the oddest files.
func freeFields(line []byte, fields [][]byte) [][]byte {
	for i := 0; i < len(line); {
		for i < len(line) && blank(line[i]) {
			i++
		}
		from := i
		for i < len(line) && !blank(line[i]) {
			if line[i] < utf8.RuneSelf {
				i++
				continue
			}
			r, size := utf8.DecodeRune(line[i:])
			if unicode.IsSpace(r) { // white space of another script: rare
				return append(fields[:0], bytes.Fields(line)...)
			}
			i += size
		}
		if i > from {
			fields = append(fields, line[from:i])
		}
	}
	return fields
}

func blank(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }

// fixedFields splits a data line by the columns of fixed MPS: 2-3, 5-12, 15-22, 25-36, 40-47, 50-61. Trailing
// empty fields are dropped and a missing first field (rows other than BOUNDS and ROWS) too; names keep their
// inner spaces.
func fixedFields(line []byte, fields [][]byte) [][]byte {
	starts := [...]int{1, 4, 14, 24, 39, 49}
	ends := [...]int{3, 12, 22, 36, 47, 61}
	for k, from := range starts {
		if from >= len(line) {
			break
		}
		fields = append(fields, bytes.TrimSpace(line[from:min(ends[k], len(line))]))
	}
	for len(fields) > 0 && len(fields[len(fields)-1]) == 0 {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > 0 && len(fields[0]) == 0 {
		fields = fields[1:]
	}
	return fields
}

// shortInteger is the most digits that are read without strconv: they fit an int64 and, below 2^53, a float64.
const shortInteger = 15

// ParseNumber reads a number; Fortran's exponent letter D is taken for E. NaN is none.
func ParseNumber(s []byte) (float64, bool) {
	digits := s
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		digits = s[1:]
	}
	if len(digits) > 0 && len(digits) <= shortInteger {
		n := int64(0)
		for _, d := range digits {
			if d < '0' || d > '9' {
				return slowNumber(string(s))
			}
			n = 10*n + int64(d-'0')
		}
		if s[0] == '-' {
			n = -n
		}
		return float64(n), true
	}
	return slowNumber(string(s))
}

func slowNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && strings.ContainsAny(s, "dD") {
		v, err = strconv.ParseFloat(strings.NewReplacer("d", "e", "D", "e").Replace(s), 64)
	}
	return v, err == nil && !math.IsNaN(v) && !strings.ContainsAny(s, "xX_")
}

// entries collects the matrix by column, and hands it out by row. Chunks spare the copies of a slice that grows.
type entries struct{ chunks [][]rowTerm }

type rowTerm struct {
	row int32
	Term
}

const chunkSize = 1 << 16

func (e *entries) add(row int32, t Term) {
	last := len(e.chunks) - 1
	if last < 0 || len(e.chunks[last]) == chunkSize {
		e.chunks = append(e.chunks, make([]rowTerm, 0, chunkSize))
		last++
	}
	e.chunks[last] = append(e.chunks[last], rowTerm{row, t})
}

// byRow returns the terms of each row in order of columns. Explicit zeros, with which writers mention a column that occurs
// nowhere, are left out. All rows share one array.
func (e *entries) byRow(rows int) [][]Term {
	count, total := make([]int, rows), 0
	for _, chunk := range e.chunks {
		for i := range chunk {
			if chunk[i].Coef != 0 {
				count[chunk[i].row]++
				total++
			}
		}
	}
	all, out := make([]Term, total), make([][]Term, rows)
	for i, n := range count {
		if n > 0 {
			out[i], all = all[:0:n], all[n:]
		}
	}
	for _, chunk := range e.chunks {
		for i := range chunk {
			if t := &chunk[i]; t.Coef != 0 {
				out[t.row] = append(out[t.row], t.Term)
			}
		}
	}
	return out
}
