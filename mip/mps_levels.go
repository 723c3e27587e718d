package mip

import (
	"strconv"
	"strings"

	"cadre/internal/i18n"
)

// Comments with which WriteMPS keeps what the format has no place for. Other readers skip them, take the first
// N row as the objective and drop the other N rows.
//
//   - cadre:mps 1                            the file has these comments; N rows without a level note are free rows
//   - cadre:level ROW SCALE min|max UNIT     N row ROW is the next level; max: stated negated; UNIT may be empty
//   - cadre:constant COLUMN                  COLUMN, fixed at 1, carries the constants of the levels
const (
	noteFile     = "cadre:mps"
	noteLevel    = "cadre:level"
	noteConstant = "cadre:constant"
	noteVersion  = "1"
)

// levelNote is what one level comment says.
type levelNote struct {
	scale   int64
	unit    string
	negated bool
}

// levelNotes collects the comments of one file.
type levelNotes struct {
	present  bool
	levels   map[string]levelNote
	constant string
}

func newLevelNotes() *levelNotes { return &levelNotes{levels: map[string]levelNote{}} }

// read takes a comment line, ours or anybody's.
func (n *levelNotes) read(line string) error {
	fields := strings.Fields(strings.TrimPrefix(line, "*"))
	if len(fields) == 0 {
		return nil
	}
	switch fields[0] {
	case noteFile:
		if len(fields) != 2 || fields[1] != noteVersion {
			return i18n.E("注释 %q：版本应为 %s", "comment %q: expected version %s", line, noteVersion)
		}
		n.present = true
	case noteConstant:
		if len(fields) != 2 {
			return i18n.E("注释 %q：应为一个变量名", "comment %q: expected one column name", line)
		}
		n.constant = fields[1]
	case noteLevel:
		return n.level(line, fields[1:])
	}
	return nil
}

func (n *levelNotes) level(line string, fields []string) error {
	if len(fields) < 3 {
		return i18n.E("注释 %q：应为约束名、比例、min 或 max、单位", "comment %q: expected row, scale, min or max, and unit", line)
	}
	scale, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil || scale <= 0 {
		return i18n.E("注释 %q：比例 %q 不是正整数", "comment %q: scale %q is not a positive integer", line, fields[1])
	}
	if fields[2] != "min" && fields[2] != "max" {
		return i18n.E("注释 %q：方向 %q 不是 min 或 max", "comment %q: sense %q is neither min nor max", line, fields[2])
	}
	n.levels[fields[0]] = levelNote{scale, strings.Join(fields[3:], " "), fields[2] == "max"}
	return nil
}

// of returns the note on an N row; without the file's note there are none.
func (n *levelNotes) of(row string) (levelNote, bool) {
	note, ok := n.levels[row]
	return note, ok && n.present
}

// foldConstant turns the column that carries the constants back into constants. It must be the last one, fixed
// at 1 and outside all rows, or else it is not what WriteMPS wrote.
func (n *levelNotes) foldConstant(m *Model, cols map[string]Col) error {
	if !n.present || n.constant == "" {
		return nil
	}
	j, ok := cols[n.constant]
	if !ok || int(j) != len(m.Columns)-1 || m.Columns[j].Lower != 1 || m.Columns[j].Upper != 1 {
		return i18n.E("常数列 %q 应为最后一个变量，固定为 1", "column %q of the constants must be the last one and fixed at 1", n.constant)
	}
	for _, r := range m.Rows {
		if len(r.Terms) > 0 && r.Terms[len(r.Terms)-1].Col == j {
			return i18n.E("常数列 %q 不应出现在约束 %q 中", "column %q of the constants must not occur in row %q", n.constant, r.Name)
		}
	}
	for k := range m.Levels {
		l := &m.Levels[k]
		if last := len(l.Terms) - 1; last >= 0 && l.Terms[last].Col == j {
			l.Constant = decimalSum(l.Constant, l.Terms[last].Coef)
			l.Terms = l.Terms[:last:last]
			if last == 0 {
				l.Terms = nil
			}
		}
	}
	m.Columns = m.Columns[:j]
	return nil
}
