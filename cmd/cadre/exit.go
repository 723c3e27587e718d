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

// exitError ends the program with a code. err is printed after "error:" and hint, where there is one, after "hint:", both in the
// language of the output (see i18n.Of). Without err nothing is printed: the verb has said what there was to say.
type exitError struct {
	code int
	err  error
	hint i18n.Text
}

// told ends the program with a code.
func told(code int, text, hint i18n.Text) *exitError {
	return &exitError{code: code, err: &i18n.Error{Text: text}, hint: hint}
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
