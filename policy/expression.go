package policy

import (
	"errors"
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
	node    *node // where it is written
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
	e := &Expression{Source: n.text, node: n}
	names := &walker{d: d, n: n, kind: k, bases: map[ast.Node]bool{}, variables: map[string]bool{}}
	ast.Walk(&tree.Node, names)
	if e.reads = names.resolve(); names.faulty {
		return nil
	}
	ast.Walk(&tree.Node, &comparisons{d: d, n: n, reads: e.reads})
	if e.program, err = expr.Compile(n.text, options(e.reads)...); err != nil {
		d.syntax(n, err)
		return nil
	}
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
	at, message := faultOf(n, err)
	d.ps.add("E2030", at, i18n.F("表达式有误：%s", "the expression is at fault: %s", message))
}

// faultOf is the place and the message of an error of the language.
func faultOf(n *node, err error) (place, string) {
	var fault *file.Error
	if errors.As(err, &fault) {
		return n.char(fault.From), fault.Message
	}
	message, _, _ := strings.Cut(err.Error(), "\n")
	return n.at, message
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
