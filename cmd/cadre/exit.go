package main

import (
	"errors"

	"cadre/internal/i18n"
)

// Exit codes: scripts rely on them.
const (
	exitDone       = 0 // done
	exitUsage      = 1 // usage, or a file that cannot be read or written
	exitInput      = 2 // the input or the policy is bad
	exitInfeasible = 3 // infeasible or unbounded
	exitNoPlan     = 4 // stopped before any plan was found
	exitInternal   = 5 // our own fault, among them a plan that fails its audit
	exitViolation  = 6 // audit, verify or policy test found a violation
	exitGate       = 7 // an acceptance gate failed
)

// exitError ends the program with a code. err is printed after "error:" and hint, where there is one, after "hint:".
// Without err nothing is printed: the verb has said what there was to say.
type exitError struct {
	code int
	err  error
	hint string
	told [2]i18n.Text // err and hint in both languages, where planners meet them in their daily work
}

// told ends the program with a code, in the language of the output.
func told(code int, text, hint i18n.Text) *exitError {
	return &exitError{code: code, err: errors.New(text.En), hint: hint.En, told: [2]i18n.Text{text, hint}}
}

// in puts the error and its hint in a language, as far as they have words in it.
func (e *exitError) in(lang i18n.Lang) (text, hint string) {
	if e.told[0].Zh != "" {
		return e.told[0].In(lang), e.told[1].In(lang)
	}
	return e.Error(), e.hint
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// internal is err as a fault of ours, unless it says already whose fault it is.
func internal(err error) error {
	if _, known := errors.AsType[*exitError](err); known || err == nil {
		return err
	}
	return &exitError{code: exitInternal, err: err}
}
