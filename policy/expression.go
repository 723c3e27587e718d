package policy

import (
	"errors"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Expression is a compiled condition on cadre, post, unit and place, the escape hatch of a selector. It is
// three-valued: where a field that it names is blank for the pair, the whole expression is Blank, whatever the rest
// says; where it names the post, unit or place of somebody without a seat, it is No. It is immutable, so goroutines
// may share it.
type Expression struct {
	Source  string
	program *vm.Program
	reads   []reading
}

// reading is one field that the expression names, in the words in which it names it.
type reading struct {
	object, field string
	of            object
	attribute     attribute
}

// MarshalText gives the source, which is all that a hash needs.
func (e *Expression) MarshalText() ([]byte, error) { return []byte(e.Source), nil }

// The budgets of an expression: a selector needs some ten nodes, and its lists are the few fields of one person.
const (
	maxNodes     = 200
	memoryBudget = 10_000
)

// functions are the built-in functions of the language that expressions may use: none that reads the clock.
var functions = []string{"all", "any", "none", "one", "count", "filter", "map", "len", "min", "max", "abs", "floor",
	"ceil", "round", "int", "float", "string", "lower", "upper", "trim", "first", "last"}

// expression compiles the condition of a selector for a clause of kind k.
func (d *decoder) expression(n *node, k *Kind) *Expression {
	if at, hint := typo(n.text); at >= 0 {
		d.ps.add("E2030", n.char(at), i18n.F("表达式中不能用 %q", "an expression cannot hold %q", string([]rune(n.text)[at])), hint)
		return nil
	}
	config := conf.CreateNew()
	config.MaxNodes = maxNodes
	tree, err := parser.ParseWithConfig(n.text, config)
	if err != nil {
		d.syntax(n, err)
		return nil
	}
	e := &Expression{Source: n.text}
	walk := &walker{d: d, n: n, kind: k, reads: &e.reads, bases: map[ast.Node]bool{}, variables: map[string]bool{}}
	ast.Walk(&tree.Node, walk)
	if walk.finish(); walk.faulty {
		return nil
	}
	if e.program, err = expr.Compile(n.text, options(e.reads)...); err != nil {
		d.syntax(n, err)
		return nil
	}
	d.noOrderOfWords(n, e.program.Node())
	return e
}

// options are the typed environment of the fields that the expression reads, and the budgets.
func options(reads []reading) []expr.Option {
	env := types.Map{}
	for _, r := range reads {
		if env[r.object] == nil {
			env[r.object] = types.Map{}
		}
		env[r.object].(types.Map)[r.field] = r.attribute.typ
	}
	out := []expr.Option{expr.Env(env), expr.AsBool(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, f := range functions {
		out = append(out, expr.EnableBuiltin(f))
	}
	return out
}

// syntax reports an error of the language with its place in the file.
func (d *decoder) syntax(n *node, err error) {
	at, message := n.at, err.Error()
	var fault *file.Error
	if errors.As(err, &fault) {
		at, message = n.char(fault.From), fault.Message
	}
	d.ps.add("E2030", at, i18n.F("表达式有误：%s", "the expression is at fault: %s", message))
}

// typo finds a character that Chinese keyboards give for a sign of the language, or a single =, outside of quoted
// texts; -1 none. Positions count characters.
func typo(src string) (at int, hint i18n.Text) {
	runes := []rune(src)
	quote := rune(0)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case quote != 0 && r == '\\':
			i++
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case strings.ContainsRune("\"'`", r):
			quote = r
		case meant[r] != "":
			return i, i18n.F("应当写 %s", "write %s", meant[r])
		case r == '=' && singleEquals(runes, i) && !strings.Contains(src, "let "):
			return i, i18n.T("判断相等应当写 ==", "equality is written ==")
		}
	}
	return -1, i18n.Text{}
}

// meant are the signs that are meant by their look-alikes.
var meant = map[rune]string{'≥': ">=", '≤': "<=", '≠': "!=", '＝': "==", '＞': ">", '＜': "<", '，': ",", '、': ",",
	'（': "(", '）': ")", '【': "[", '】': "]", '“': `"`, '”': `"`, '‘': "'", '’': "'", '。': ".", '．': ".", '！': "!",
	'＆': "&&", '｜': "||", '　': "a plain blank / 半角空格"}

func singleEquals(runes []rune, i int) bool {
	before := i > 0 && strings.ContainsRune("=!<>", runes[i-1])
	after := i+1 < len(runes) && runes[i+1] == '='
	return !before && !after
}

// walker collects the fields that a tree reads, and reports names that nothing has.
type walker struct {
	d         *decoder
	n         *node
	kind      *Kind
	reads     *[]reading
	bases     map[ast.Node]bool // identifiers that a field access begins with
	bare      []*ast.IdentifierNode
	variables map[string]bool
	faulty    bool
}

// Visit is called for children before their parents, so bare identifiers are judged at the end.
func (w *walker) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		w.bare = append(w.bare, n)
	case *ast.VariableDeclaratorNode:
		w.variables[n.Name] = true
	case *ast.MemberNode:
		base, isName := n.Node.(*ast.IdentifierNode)
		field, constant := n.Property.(*ast.StringNode)
		if isName && constant {
			w.bases[base] = true
			w.read(base, field)
		}
	}
}

func (w *walker) fault(code string, at int, text i18n.Text, hint i18n.Text) {
	w.faulty = true
	w.d.ps.add(code, w.n.char(at), text, hint)
}

// read records the field of an object, or reports why there is none.
func (w *walker) read(base *ast.IdentifierNode, field *ast.StringNode) {
	all := objects()
	i := slices.IndexFunc(all, func(o object) bool { return base.Value == o.en || base.Value == o.zh })
	if i < 0 {
		w.unknownObject(base)
		return
	}
	o := all[i]
	fields := o.fields
	if o.en == "cadre" {
		for _, p := range w.kind.Protected {
			fields = append(fields, protectedFields[p]...)
		}
	}
	a := find(fields, field.Value)
	if a == nil {
		w.unknownField(o, fields, field)
		return
	}
	*w.reads = append(*w.reads, reading{base.Value, field.Value, o, *a})
}

func find(fields []attribute, name string) *attribute {
	for i := range fields {
		if fields[i].en == name || fields[i].zh == name {
			return &fields[i]
		}
	}
	return nil
}

func (w *walker) unknownObject(n *ast.IdentifierNode) {
	var names []string
	for _, o := range objects() {
		names = append(names, o.en, o.zh)
	}
	w.fault("E2031", n.Location().From, i18n.F("表达式中没有 %[1]q，可用：%[2]s", "there is no %[1]q in expressions, but: %[2]s", n.Value, listed(names)), suggestion(n.Value, names))
}

func (w *walker) unknownField(o object, fields []attribute, n *ast.StringNode) {
	from := n.Location().From
	for _, name := range protectedNames() {
		if o.en == "cadre" && find(protectedFields[name], n.Value) != nil {
			w.fault("E2032", from, i18n.F("规则类型 %[1]s 不得读取受保护的个人信息 %[2]q", "the kind %[1]s may not read the protected attribute %[2]q", w.kind.Name, n.Value),
				i18n.T("删去该条件；只有法律要求的规则类型可以读取", "leave the condition out; only the kinds whose law needs it may read it"))
			return
		}
	}
	var names []string
	for _, a := range fields {
		names = append(names, a.en, a.zh)
	}
	w.fault("E2031", from, i18n.F("%[1]s 没有字段 %[2]q", "%[1]s has no field %[2]q", o.en, n.Value), suggestion(n.Value, names))
}

// finish reports objects that stand without a field: then the fields that are read could not be told.
func (w *walker) finish() {
	for _, n := range w.bare {
		if w.bases[n] || w.variables[n.Value] {
			continue
		}
		if slices.ContainsFunc(objects(), func(o object) bool { return n.Value == o.en || n.Value == o.zh }) {
			w.fault("E2031", n.Location().From, i18n.F("%q 之后要写字段名", "%q wants a field after it", n.Value), i18n.F("例如 %s.id", "such as %s.id", n.Value))
			continue
		}
		w.unknownObject(n)
	}
}

// noOrderOfWords refuses < and > between texts: levels and degrees are words here, and the order of their characters
// is not theirs.
func (d *decoder) noOrderOfWords(n *node, root ast.Node) {
	ast.Walk(&root, visit(func(node ast.Node) {
		b, ok := node.(*ast.BinaryNode)
		if ok && slices.Contains([]string{"<", ">", "<=", ">="}, b.Operator) && b.Left.Type() != nil && b.Left.Type().Kind().String() == "string" {
			d.ps.add("E2030", n.char(b.Location().From), i18n.F("文字不能用 %s 比较大小", "words have no order for %s", b.Operator),
				i18n.T("逐一列出：cadre.rank in [\"乡科级正职\", \"乡科级副职\"]", `list them: cadre.rank in ["乡科级正职", "乡科级副职"]`))
		}
	}))
}

type visit func(ast.Node)

func (f visit) Visit(n *ast.Node) { f(*n) }

// match decides the expression for a pair; an expression that fails is Blank here, and an error of Validate.
func (e *Expression) match(x *posting.Index, c, p, t int) posting.Tri {
	v, _ := e.evaluate(view{x, c, p, t})
	return v
}

func (e *Expression) evaluate(v view) (posting.Tri, error) {
	env, result := map[string]any{}, posting.Yes
	for _, r := range e.reads {
		if !r.of.exists(v) {
			return posting.No, nil
		}
		value, known := r.attribute.read(v)
		if !known {
			result = posting.Blank
		}
		if env[r.object] == nil {
			env[r.object] = map[string]any{}
		}
		env[r.object].(map[string]any)[r.field] = value
	}
	if result == posting.Blank {
		return posting.Blank, nil
	}
	machine := vm.VM{MemoryBudget: memoryBudget}
	out, err := machine.Run(e.program, env)
	if err != nil {
		return posting.Blank, err
	}
	return tri(out == true), nil
}
