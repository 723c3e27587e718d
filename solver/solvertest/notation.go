package solvertest

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"cadre/mip"
)

// parse reads the notation of the cases, statements separated by semicolons:
//
//	x int 0..5; y -inf..inf      columns, before they are used
//	min 2 x - y + 7              at most one
//	x + 2 y >= 3; -1 <= x <= 4   rows: >=, <=, =, or a range
func parse(text string) (*mip.Model, error) {
	p := parser{model: &mip.Model{Name: "case"}, cols: map[string]mip.Col{}}
	for _, statement := range strings.Split(text, ";") {
		if words := strings.Fields(statement); len(words) > 0 {
			if err := p.statement(words); err != nil {
				return nil, fmt.Errorf("%q: %w", strings.TrimSpace(statement), err)
			}
		}
	}
	return p.model, p.model.Check()
}

type parser struct {
	model *mip.Model
	cols  map[string]mip.Col
}

func (p *parser) statement(words []string) error {
	if words[0] == "min" {
		terms, constant, err := p.expression(words[1:])
		p.model.AddLevel(mip.Level{Name: "objective", Scale: 1, Terms: terms, Constant: constant})
		return err
	}
	for _, w := range words {
		if w == "<=" || w == ">=" || w == "=" {
			return p.row(words)
		}
	}
	return p.column(words)
}

func (p *parser) column(words []string) error {
	c := mip.Column{Name: words[0], Integer: len(words) == 3 && words[1] == "int"}
	lower, upper, ok := strings.Cut(words[len(words)-1], "..")
	if !ok || len(words) > 3 {
		return fmt.Errorf("expected: name [int] lower..upper")
	}
	var err error
	if c.Lower, err = strconv.ParseFloat(lower, 64); err != nil {
		return err
	}
	if c.Upper, err = strconv.ParseFloat(upper, 64); err != nil {
		return err
	}
	p.cols[c.Name] = p.model.AddColumn(c)
	return nil
}

// row reads "expression relation number" or "number <= expression <= number".
func (p *parser) row(words []string) error {
	r := mip.Constraint{Name: fmt.Sprintf("r%d", len(p.model.Rows)), Lower: math.Inf(-1), Upper: math.Inf(1)}
	var err error
	if len(words) > 2 && words[1] == "<=" && words[len(words)-2] == "<=" && len(words) > 4 {
		if r.Lower, err = strconv.ParseFloat(words[0], 64); err != nil {
			return err
		}
		words = words[2:]
	}
	n := len(words) - 2
	side, err := strconv.ParseFloat(words[n+1], 64)
	if err != nil {
		return err
	}
	switch words[n] {
	case "<=":
		r.Upper = side
	case ">=":
		r.Lower = side
	default:
		r.Lower, r.Upper = side, side
	}
	var constant float64
	if r.Terms, constant, err = p.expression(words[:n]); err == nil && constant != 0 {
		err = fmt.Errorf("a row takes no constant")
	}
	p.model.AddRow(r)
	return err
}

func (p *parser) expression(words []string) (terms []mip.Term, constant float64, err error) {
	sign, coef, pending := 1.0, 1.0, false
	flush := func() {
		if pending {
			constant += sign * coef
		}
		sign, coef, pending = 1, 1, false
	}
	for _, w := range words {
		j, isColumn := p.cols[w]
		v, numErr := strconv.ParseFloat(w, 64)
		switch {
		case w == "+":
			flush()
		case w == "-":
			flush()
			sign = -1
		case isColumn:
			terms = append(terms, mip.Term{Col: j, Coef: sign * coef})
			sign, coef, pending = 1, 1, false
		case numErr == nil:
			coef, pending = v, true
		default:
			return nil, 0, fmt.Errorf("%q is neither a number nor a column", w)
		}
	}
	flush()
	return terms, constant, nil
}
