package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/mip"
)

// readModel reads an MPS file, compressed where its name ends in .gz.
func readModel(path string) (*mip.Model, error) {
	m, _, err := readModelSum(path)
	return m, err
}

// readModelSum also returns the sha256 of the text, uncompressed.
func readModelSum(path string) (*mip.Model, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, "", &exitError{code: exitUsage, err: err, hint: i18n.T("检查路径和读写权限", "check the path, and whether it may be read or written")}
	}
	defer f.Close()
	var in io.Reader = bufio.NewReader(f)
	if strings.HasSuffix(strings.ToLower(path), ".gz") {
		zipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, "", &exitError{code: exitUsage, err: i18n.E("%s：%s", "%s: %s", path, err), hint: i18n.T("文件名以 .gz 结尾：文件是压缩的吗？", "the name ends in .gz: is the file compressed?")}
		}
		in = zipped
	}
	sum := sha256.New()
	heard := &listener{Reader: io.TeeReader(in, sum)}
	m, err := mip.ReadMPS(heard)
	switch {
	case heard.err != nil:
		return nil, "", halfRead(path, heard.err)
	case err != nil:
		return nil, "", &exitError{code: exitInput, err: i18n.E("%s 不是正确的 MPS 模型：\n%s", "%s is no sound MPS model:\n%s", path, err), hint: i18n.T("改正以上各行", "mend the lines named above")}
	}
	if _, err := io.Copy(sum, in); err != nil { // what follows the end of the model
		return nil, "", halfRead(path, err)
	}
	return m, hex.EncodeToString(sum.Sum(nil)), nil
}

// halfRead says that reading a file failed on the way.
func halfRead(path string, err error) error {
	return &exitError{code: exitUsage, err: i18n.E("%s：%s", "%s: %s", path, err), hint: i18n.T("检查路径，以及文件是否完整、可读", "check the path, and that the file is whole and can be read")}
}

// listener keeps the error with which reading failed, so that a broken file is told from a broken model.
type listener struct {
	io.Reader
	err error
}

func (l *listener) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if err != nil && err != io.EOF {
		l.err = err
	}
	return n, err
}

// columnNames are the columns' names as they stand.
func columnNames(m *mip.Model) []string {
	names := make([]string, len(m.Columns))
	for j := range m.Columns {
		names[j] = m.Columns[j].Name
	}
	return names
}

// writeSolution writes one line, name and value, for each column that is not zero.
func writeSolution(w io.Writer, names []string, x []float64) error {
	for j, v := range x {
		if v == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "%s %s\n", names[j], plain(v)); err != nil {
			return err
		}
	}
	return nil
}

// plain prints integers without exponent and other numbers with the digits that read back the same.
func plain(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// fileNames are the columns' names as model.mps.gz and solution.txt have them.
func fileNames(m *mip.Model) []string { return mip.SafeNames("c", columnNames(m)) }

// readSolution reads what writeSolution wrote for a model that was read from a file; columns that are not named are zero.
func readSolution(path string, m *mip.Model) ([]float64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	given := map[string]solutionLine{} // far fewer than there are columns
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 {
			continue
		}
		if _, twice := given[words[0]]; len(words) != 2 || twice {
			return nil, solutionFault(path, n)
		}
		v, err := solutionValue(words[1])
		if err != nil {
			column := strings.LastIndex(lines.Text(), words[1]) + 1
			return nil, i18n.E("%s 第 %d 行第 %d 列：%s", "%s:%d:%d: %s", filepath.Base(path), n, column, err)
		}
		given[words[0]] = solutionLine{n, v}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	x := make([]float64, len(m.Columns))
	for j := range m.Columns {
		if got, named := given[m.Columns[j].Name]; named {
			x[j] = got.value
			delete(given, m.Columns[j].Name)
		}
	}
	for _, left := range given {
		return nil, solutionFault(path, left.number)
	}
	return x, nil
}

// solutionValue reads a value. What has more digits than a float64 keeps would be verified as another number than the one that is written.
func solutionValue(word string) (float64, error) {
	v, ok := mip.ParseNumber([]byte(word))
	switch {
	case !ok || math.IsInf(v, 0):
		return 0, i18n.E("%.40q 不是有限的数，应如 3、0.25 或 1e-06", "%.40q is no finite number; expected one such as 3, 0.25 or 1e-06", word)
	case !mip.AsWritten([]byte(word), v):
		return 0, i18n.E("%.40q 的位数超过浮点数所能保留的，会读作 %s；所指的若是它，请写成它", "%.40q has more digits than floating point keeps and would be read as %s; write that, if it is meant", word, plain(v))
	}
	return v, nil
}

// solutionLine is where a value stands.
type solutionLine struct {
	number int
	value  float64
}

func solutionFault(path string, line int) error {
	return i18n.E("%s 第 %d 行：应为一个变量名（只出现一次）和它的值", "%s:%d: expected the name of a column, once, and its value", filepath.Base(path), line)
}
