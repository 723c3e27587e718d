//go:build cgo

package ruletest

// #cgo LDFLAGS: -lglpk
// #include <glpk.h>
import "C"

// quiet silences GLPK on this thread: its cut generators report to the terminal whatever they are told.
func quiet() { C.glp_term_out(C.GLP_OFF) }
