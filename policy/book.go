package policy

import (
	"io"
	"os"
	"path/filepath"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Book is a policy file read into its tree and not yet decoded, so that overlays can be laid over it. It is read-only:
// many goroutines may decode it.
type Book struct {
	name string
	root *node
	opt  Options
	form []Problem // what is wrong with the text itself
}

// OpenBook reads a policy file. The error is a file that cannot be read; what is wrong with the content is told by
// [Book.With].
func OpenBook(path string, opt Options) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, i18n.E("读取政策：%s", "read policy: %s", err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, i18n.E("读取政策：%s", "read policy: %s", err)
	}
	if opt.Open == nil {
		opt.Open = beside(path)
	}
	return NewBook(filepath.Base(path), src, opt), nil
}

// NewBook is OpenBook for a text at hand; name stands for the file in messages.
func NewBook(name string, src []byte, opt Options) *Book {
	ps := &Problems{}
	d := &decoder{ps: ps}
	return &Book{name, d.resolve(name, src, opt.Open), opt, ps.List}
}

// With decodes the book with overlays laid over it, one after another, as a file is laid over what it includes:
// clauses by id, parameters by name, levels by name, any other key as a whole. A plan date that an overlay states goes
// before that of the options. Where a problem is an error the policy is nil.
func (b *Book) With(overlays ...Tree) (*Policy, *Problems) {
	ps := &Problems{List: append([]Problem{}, b.form...)}
	if unread := syntaxOnly(ps.List); len(unread) > 0 {
		ps = &Problems{List: unread}
		ps.sort(b.name)
		return nil, ps
	}
	d := &decoder{ps: ps}
	root, dated := b.root, false
	for _, over := range overlays {
		d.uniqueIDs(over.n)
		root, dated = d.overlay(root, over.n), dated || !over.Key("plan_date").Blank()
	}
	p := d.policy(root)
	p.file = b.name
	if b.opt.Date.Known() && !dated {
		p.Calendar.Date = b.opt.Date
	}
	d.own(root, b.opt)
	if ps.sort(b.name); ps.HasErrors() {
		return nil, ps
	}
	p.Hash = p.hash()
	return p, ps
}

// ClauseIDs and LevelNames are the ids and names that overlays can name.
func (b *Book) ClauseIDs() []string { return b.named("clauses", "id") }

// LevelNames: see ClauseIDs.
func (b *Book) LevelNames() []string { return b.named("levels", "name") }

func (b *Book) named(key, field string) []string {
	var out []string
	if list := b.root.get(key); list != nil {
		for _, item := range list.items {
			out = append(out, nameText(item.get(field)))
		}
	}
	return out
}

// Date is the plan date of the book without overlays; not known where it states none.
func (b *Book) Date() posting.Month {
	if b.opt.Date.Known() {
		return b.opt.Date
	}
	d := &decoder{ps: &Problems{}}
	return d.month(b.root.get("plan_date"))
}
