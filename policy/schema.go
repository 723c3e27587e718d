package policy

import (
	"slices"

	"cadre/internal/i18n"
)

// Kind is the schema of a rule kind: the front matter of spec/<kind>.md.
type Kind struct {
	Name       string
	Scope      string   // pair, plan
	Selects    []string // selectors of a clause that the kind reads: for, to; a pair kind reads both
	Moving     bool     // a 必动 pin exempts from it
	Seconds    bool     // a pair kind that judges secondments as it judges moves
	Hold       bool     // printed as Hold
	Modalities []Modality
	Statement  i18n.Text
	Breach     i18n.Text // what a breach is and counts, in a sentence; the body states it to the letter
	Unit       i18n.Text // of what findings measure
	Source     i18n.Text // where the rule comes from
	Parameters map[string]Parameter
	Protected  []string // protected attributes that the kind, and expressions of its clauses, may read
	Body       string   // the page after the front matter
}

// Pair tells whether the kind judges one spell by itself.
func (k *Kind) Pair() bool { return k.Scope == "pair" }

// Reads tells whether the kind reads a selector, for or to. What it does not read would be stated in vain.
func (k *Kind) Reads(selector string) bool { return slices.Contains(k.Selects, selector) }

// Parameter is one declared parameter of a kind.
type Parameter struct {
	Type     string // int, years, ratio, flag, enum, list, table
	Required bool
	Values   []string              // of enum and list; empty: any
	Columns  []string              // of table
	With     map[string][]Modality // of enum: the modalities that a value goes with; a value that is not named goes with all of the kind
	Text     i18n.Text
}
