package policy

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"cadre/internal/i18n"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// place is a position in a file; line and column count from 1, columns in characters.
type place struct {
	file      string
	line, col int
}

// String is file:line:column; the file alone where the place is no line of one (a cell of a sheet).
func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.col)
}

// shape is what a node of the file is.
type shape int

const (
	blank shape = iota // nothing or null
	scalar
	list
	table
)

var shapeNames = [...]i18n.Text{i18n.T("空值", "nothing"), i18n.T("单个值", "a single value"),
	i18n.T("列表", "a list"), i18n.T("键值表", "a table of keys")}

// node is one value of a YAML file with its place. Numbers, dates and words are kept as they are written, so that
// the schema alone decides what they are.
type node struct {
	shape  shape
	text   string // of a scalar
	lines  bool   // of a scalar: a block of lines (|), whose first line is the next one, indented by indent
	quote  int    // of a scalar: 1 where the text begins after a quote
	exact  bool   // of a scalar: every character of text stands in the file as it is, in order
	indent int
	items  []*node // of a list
	pairs  []pair  // of a table, in order of the file
	at     place
}

type pair struct{ key, value *node }

// get finds the first value of a key; nil where the table has none.
func (n *node) get(key string) *node {
	for _, p := range n.pairs {
		if p.key.text == key {
			return p.value
		}
	}
	return nil
}

// maxBytes, maxLines and maxDepth bound a policy file, so that no file keeps the parser busy, whose time grows with
// the square of the keys: the built-in book has 16 kB, 300 lines and a depth of six.
const (
	maxBytes = 128 << 10
	maxLines = 5000
	maxDepth = 64
)

// parse turns the text of a file into its tree. Syntax errors stop at the first: the rest has no shape.
func parse(file string, src []byte, ps *Problems) *node {
	root := &node{shape: table, at: place{file, 1, 1}}
	if line := tooMuch(src); line > 0 || len(src) > maxBytes {
		ps.add("E2001", place{file, max(line, 1), 1}, i18n.F("文件过大或者嵌套过深：至多 %[1]d 字节、%[2]d 行、%[3]d 层",
			"the file is too large or nested too deeply: at most %[1]d bytes, %[2]d lines and %[3]d levels", maxBytes, maxLines, maxDepth))
		return root
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // Windows editors begin a file with it
	if !utf8.Valid(src) {
		line := 1 + bytes.Count(src[:firstInvalid(src)], []byte("\n"))
		ps.add("E2001", place{file, line, 1}, i18n.T("文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not in UTF-8: save it as UTF-8"))
		return root
	}
	f, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		ps.add("E2001", errorPlace(file, err), i18n.F("不是有效的 YAML：%s", "not valid YAML: %s", firstLine(err)), mending(err))
		return root
	}
	for i, doc := range f.Docs {
		if doc.Body == nil {
			continue
		}
		if i > 0 {
			ps.add("E2001", placeOf(file, doc.Body), i18n.T("一个文件只能有一份政策，不能用 --- 分段",
				"a file holds one policy, without a second part after ---"))
			break
		}
		if root = convert(file, doc.Body, ps); root.shape == blank {
			root.shape = table // a file that says null says nothing
		}
	}
	return root
}

// mending is what most often mends a file that is no YAML: blanks for tabs, or quotes.
func mending(err error) i18n.Text {
	if strings.Contains(firstLine(err), "tab character") {
		return i18n.T("缩进用空格，不用制表符（Tab）", "indent with blanks, not with tabs")
	}
	return i18n.T("含有 [ ] { } , : # 的内容要加引号", "a text that holds [ ] { } , : or # wants quotes")
}

// firstInvalid is the offset of the first byte that is no UTF-8.
func firstInvalid(src []byte) int {
	at := 0
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// tooMuch finds the first line beyond maxLines, or that opens more than maxDepth lists or tables, 0 none. Brackets in
// texts count as well, which is far from the limit in real files.
func tooMuch(src []byte) int {
	depth, dashes, line, returns, leading := 0, 0, 1, 0, true
	for _, b := range src {
		switch b {
		case '\n', '\r':
			if dashes, leading = 0, true; b == '\n' {
				line++
			} else {
				returns++
			}
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '-', '?':
			dashes++
		}
		leading = leading && (b == '-' || b == '?' || b == ' ')
		if max(line, returns) > maxLines || depth > maxDepth || leading && dashes > maxDepth {
			return line
		}
	}
	return 0
}

func errorPlace(file string, err error) place {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil {
		return place{file, max(1, syntax.Token.Position.Line), max(1, syntax.Token.Position.Column)}
	}
	return place{file, 1, 1}
}

// firstLine is the message of a syntax error without its position and excerpt.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	if _, rest, ok := strings.Cut(line, "] "); ok && strings.HasPrefix(line, "[") {
		return rest
	}
	return line
}

func convert(file string, n ast.Node, ps *Problems) *node {
	out := &node{at: placeOf(file, n)}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		out.shape = table
		for _, v := range n.Values {
			out.pairs = append(out.pairs, pair{convert(file, v.Key, ps), convert(file, v.Value, ps)})
		}
	case *ast.SequenceNode:
		out.shape = list
		for _, v := range n.Values {
			out.items = append(out.items, convert(file, v, ps))
		}
	case *ast.LiteralNode:
		out.block(n)
	case *ast.StringNode:
		out.shape, out.text = scalar, n.Value
		if n.Token.Type == token.SingleQuoteType || n.Token.Type == token.DoubleQuoteType {
			out.quote = 1
		}
		out.exact = strings.Contains(n.Token.Origin, n.Value) && !strings.Contains(n.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		out.shape, out.text = scalar, n.GetToken().Value
	default:
		ps.add("E2001", out.at, i18n.T("不支持锚点、引用、标签和特殊值：请直接写出内容",
			"anchors, references, tags and special values are not supported: write the content itself"))
	}
	return out
}

// block reads a text of several lines; only | keeps them as they are.
func (n *node) block(l *ast.LiteralNode) {
	tk := l.Value.GetToken()
	n.shape, n.text = scalar, tk.Value
	n.lines, n.exact = l.Start.Type == token.LiteralType, l.Start.Type == token.LiteralType
	n.indent = len(tk.Origin) - len(strings.TrimLeft(tk.Origin, " "))
}

// char is the place of a character of the text, by its number; the beginning of the value where the file writes the
// text in another form.
func (n *node) char(i int) place {
	at, runes := n.at, []rune(n.text)
	if !n.exact || i > len(runes) {
		return at
	}
	if !n.lines {
		at.col += n.quote + i
		return at
	}
	before := string(runes[:i])
	at.line += 1 + strings.Count(before, "\n")
	at.col = 1 + n.indent + len([]rune(before[strings.LastIndex(before, "\n")+1:]))
	return at
}

// placeOf is where a node begins: a block table at its first key, since its token is the colon.
func placeOf(file string, n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if tk := n.GetToken(); tk != nil && tk.Position != nil {
		return place{file, max(1, tk.Position.Line), max(1, tk.Position.Column)}
	}
	return place{file, 1, 1}
}
