package policy

import (
	"strconv"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Tree is one value of a YAML file together with its place. Files of ours that change or compare policies (scenarios)
// are read as trees, so that their faults are told like those of a policy: by line and column. The zero value is blank.
type Tree struct{ n *node }

// Blank tells whether nothing is given.
func (t Tree) Blank() bool { return t.n == nil || t.n.shape == blank }

// Is tells whether the tree is a single value, a list or a table.
func (t Tree) Is(s Shape) bool { return t.n != nil && t.n.shape == shape(s) }

// Shape is what a tree can be.
type Shape int

// The shapes.
const (
	Scalar = Shape(scalar)
	List   = Shape(list)
	Table  = Shape(table)
)

// Where is the place: file:line:column, or sheet!cell.
func (t Tree) Where() string {
	if t.n == nil {
		return ""
	}
	return t.n.at.String()
}

// Keys lists a table's keys in order of the file; of other shapes there are none.
func (t Tree) Keys() []string {
	if !t.Is(Table) {
		return nil
	}
	out := make([]string, len(t.n.pairs))
	for i, p := range t.n.pairs {
		out[i] = p.key.text
	}
	return out
}

// Key is a key's value, blank where there is none, and KeyWhere the place of the key itself.
func (t Tree) Key(name string) Tree {
	if !t.Is(Table) {
		return Tree{}
	}
	return Tree{t.n.get(name)}
}

// KeyWhere is the place of a table's key.
func (t Tree) KeyWhere(name string) string {
	for _, p := range t.n.pairs {
		if p.key.text == name {
			return p.key.at.String()
		}
	}
	return t.Where()
}

// Text is a single value as it is written, "" for any other shape.
func (t Tree) Text() string {
	if t.Is(Scalar) {
		return t.n.text
	}
	return ""
}

// Value makes a tree of a single value that stands at a place which is no line of a file, such as the cell of a sheet.
func Value(text, where string) Tree {
	return Tree{&node{shape: scalar, text: text, exact: true, at: placeAt(where)}}
}

// Listing makes a list of trees.
func Listing(where string, items ...Tree) Tree {
	n := &node{shape: list, at: placeAt(where)}
	for _, t := range items {
		n.items = append(n.items, t.n)
	}
	return Tree{n}
}

// Mapping makes a table with one key; where is the place of the key.
func Mapping(where string, key string, value Tree) Tree {
	at := placeAt(where)
	return Tree{&node{shape: table, at: at, pairs: []pair{{&node{shape: scalar, text: key, at: at}, value.n}}}}
}

// With is the table with the keys of the other added behind its own; doubled keys are kept, to be reported.
func (t Tree) With(other Tree) Tree {
	n := *t.n
	n.pairs = append(append([]pair{}, t.n.pairs...), other.n.pairs...)
	return Tree{&n}
}

// placeAt reads a place as [Tree.Where] prints it; anything else is a place that is no line of a file.
func placeAt(where string) place {
	parts := strings.Split(where, ":")
	if n := len(parts); n >= 3 {
		line, err := strconv.Atoi(parts[n-2])
		col, err2 := strconv.Atoi(parts[n-1])
		if err == nil && err2 == nil {
			return place{strings.Join(parts[:n-2], ":"), line, col}
		}
	}
	return place{file: where}
}

// Reader reads the values of trees. Every fault is recorded in Problems, and a harmless value stands in, so that one
// fault hides no other.
type Reader struct {
	Problems *Problems
	d        *decoder
}

// NewReader parses the text of a file; name stands for the file in messages.
func NewReader(name string, src []byte) (*Reader, Tree) {
	ps := &Problems{}
	root := parse(name, src, ps)
	return &Reader{ps, &decoder{ps}}, Tree{root}
}

// Table reads a table by its keys; see decoder.table for what is a fault.
func (r *Reader) Table(t Tree, known ...string) map[string]Tree {
	out := map[string]Tree{}
	for key, n := range r.d.table(t.n, known...) {
		out[key] = Tree{n}
	}
	return out
}

// Must finds a required key.
func (r *Reader) Must(f map[string]Tree, owner Tree, key string) Tree {
	if t, ok := f[key]; ok {
		return t
	}
	return Tree{r.d.must(nil, &node{at: owner.place()}, key)}
}

// Items reads a list; a blank is an empty one.
func (r *Reader) Items(t Tree) []Tree {
	var out []Tree
	for _, n := range r.d.shaped(t.n, list).items {
		out = append(out, Tree{n})
	}
	return out
}

// Text, Texts, Word, Words, Flag, Number and Month read one value each; see the decoder.
func (r *Reader) Text(t Tree) string                      { return r.d.text(t.n) }
func (r *Reader) Texts(t Tree) i18n.Text                  { return r.d.texts(t.n) }
func (r *Reader) Word(t Tree, allowed []string) string    { return r.d.word(t.n, allowed) }
func (r *Reader) Words(t Tree, allowed []string) []string { return r.d.words(t.n, allowed) }
func (r *Reader) Flag(t Tree) bool                        { return r.d.flag(t.n) }
func (r *Reader) Number(t Tree, least, most int) int      { return r.d.number(t.n, least, most) }
func (r *Reader) Month(t Tree) posting.Month              { return r.d.month(t.n) }
func (r *Reader) Fail(code string, at Tree, text, hint i18n.Text) {
	r.d.ps.add(code, at.place(), text, hint)
}

func (t Tree) place() place {
	if t.n == nil {
		return place{}
	}
	return t.n.at
}

// Suggest is the hint that names the nearest word, empty where none is near.
func Suggest(w string, words []string) i18n.Text { return suggestion(w, words) }

// Sort orders the problems by their places in the file of that name.
func (ps *Problems) Sort(name string) { ps.sort(name) }
