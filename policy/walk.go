package policy

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"

	"cadre/internal/i18n"
)

// walker collects the names of a tree: the fields that it reads, and names that nothing has.
type walker struct {
	d         *decoder
	n         *node
	kind      *Kind
	members   []member
	bare      []*ast.IdentifierNode
	bases     map[ast.Node]bool // identifiers that a field access begins with
	variables map[string]bool   // names given by let
	faulty    bool
}

// member is a field access such as cadre.age.
type member struct {
	base  *ast.IdentifierNode
	field *ast.StringNode
}

// Visit is called for children before their parents, so that variables are known at the end only.
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
			w.members = append(w.members, member{base, field})
		}
	}
}

// resolve returns the fields that the tree reads, and reports every name that is none.
func (w *walker) resolve() []reading {
	var out []reading
	for _, m := range w.members {
		if w.variables[m.base.Value] {
			continue
		}
		if r := w.read(m); r != nil {
			out = append(out, *r)
		}
	}
	for _, n := range w.bare {
		if !w.bases[n] && !w.variables[n.Value] {
			w.withoutField(n)
		}
	}
	return out
}

func (w *walker) read(m member) *reading {
	o := objectOf(m.base.Value)
	if o == nil {
		w.unknownObject(m.base)
		return nil
	}
	fields := o.fields
	if o.en == "cadre" {
		for _, p := range w.kind.Protected {
			fields = append(fields, protectedFields[p]...)
		}
	}
	if a := find(fields, m.field.Value); a != nil {
		return &reading{m.base.Value, m.field.Value, *o, *a}
	}
	w.unknownField(o, fields, m.field)
	return nil
}

func objectOf(name string) *object {
	for _, o := range objects() {
		if name == o.en || name == o.zh {
			return &o
		}
	}
	return nil
}

func find(fields []attribute, name string) *attribute {
	for i := range fields {
		if fields[i].en == name || fields[i].zh == name {
			return &fields[i]
		}
	}
	return nil
}

func (w *walker) fault(code string, at ast.Node, text, hint i18n.Text) {
	w.faulty = true
	w.d.ps.add(code, w.n.char(at.Location().From), text, hint)
}

// withoutField reports a bare name: an object alone would hide which fields are read.
func (w *walker) withoutField(n *ast.IdentifierNode) {
	if objectOf(n.Value) == nil {
		w.unknownObject(n)
		return
	}
	w.fault("E2031", n, i18n.F("%q 之后要写字段名", "%q wants a field after it", n.Value), i18n.F("例如 %s.id", "such as %s.id", n.Value))
}

func (w *walker) unknownObject(n *ast.IdentifierNode) {
	var names []string
	for _, o := range objects() {
		names = append(names, o.en, o.zh)
	}
	w.fault("E2031", n, i18n.F("表达式中没有 %[1]q，可用：%[2]s", "expressions know no %[1]q, but: %[2]s", n.Value, listed(names)), suggestion(n.Value, names))
}

func (w *walker) unknownField(o *object, fields []attribute, n *ast.StringNode) {
	for _, name := range protectedNames() {
		if o.en == "cadre" && find(protectedFields[name], n.Value) != nil {
			w.fault("E2032", n, i18n.F("规则类型 %[1]s 不得读取受保护的个人信息 %[2]q", "the kind %[1]s may not read the protected attribute %[2]q", w.kind.Name, n.Value),
				i18n.T("删去该条件；只有法律要求的规则类型可以读取", "leave the condition out; only the kinds whose law needs it may read it"))
			return
		}
	}
	var names []string
	for _, a := range fields {
		names = append(names, a.en, a.zh)
	}
	w.fault("E2031", n, i18n.F("%[1]s 没有字段 %[2]q", "%[1]s has no field %[2]q", o.en, n.Value), suggestion(n.Value, names))
}

// comparisons checks how words are compared: they have no order (that of their characters is not that of levels or
// degrees), and a field of a code list equals none but the words of the list.
type comparisons struct {
	d     *decoder
	n     *node
	reads []reading
}

func (v *comparisons) Visit(node *ast.Node) {
	b, ok := (*node).(*ast.BinaryNode)
	if !ok {
		return
	}
	switch b.Operator {
	case "<", ">", "<=", ">=":
		if v.isWord(b.Left) || v.isWord(b.Right) {
			v.d.ps.add("E2030", v.n.char(b.Location().From), i18n.F("文字不能用 %s 比较大小", "words have no order for %s", b.Operator),
				i18n.T(`逐一列出：cadre.rank in ["乡科级正职", "乡科级副职"]`, `list them: cadre.rank in ["乡科级正职", "乡科级副职"]`))
		}
	case "==", "!=", "in":
		v.coded(b.Left, b.Right)
		v.coded(b.Right, b.Left)
	}
}

// coded checks the constants that a field of a code list is compared with.
func (v *comparisons) coded(field, constant ast.Node) {
	a := v.attribute(field)
	if a == nil || len(a.codes) == 0 {
		return
	}
	for _, w := range constants(constant) {
		if !slices.Contains(a.codes, w.Value) {
			v.d.ps.add("E2006", v.n.char(w.Location().From), i18n.F("%[1]q 不在可选值之内：%[2]s", "%[1]q is none of: %[2]s", w.Value, listed(a.codes)), suggestion(w.Value, a.codes))
		}
	}
}

// attribute finds the field that a node reads, nil where it is no field.
func (v *comparisons) attribute(n ast.Node) *attribute {
	m, ok := n.(*ast.MemberNode)
	if !ok {
		return nil
	}
	base, isName := m.Node.(*ast.IdentifierNode)
	field, constant := m.Property.(*ast.StringNode)
	for i := range v.reads {
		if r := &v.reads[i]; isName && constant && r.object == base.Value && r.field == field.Value {
			return &r.attribute
		}
	}
	return nil
}

func (v *comparisons) isWord(n ast.Node) bool {
	_, constant := n.(*ast.StringNode)
	a := v.attribute(n)
	return constant || a != nil && a.typ == types.String
}

func constants(n ast.Node) []*ast.StringNode {
	switch n := n.(type) {
	case *ast.StringNode:
		return []*ast.StringNode{n}
	case *ast.ArrayNode:
		var out []*ast.StringNode
		for _, item := range n.Nodes {
			out = append(out, constants(item)...)
		}
		return out
	}
	return nil
}
