// Package report puts an outcome on paper: the terminal summary ([Summary]), plan.xlsx ([WriteXLSX]), report.html
// ([WriteHTML]), the four lists ([WriteList], [WriteListXLSX], [ListJSON]) and the conflict in words ([Conflict]).
//
// It formats only: every number comes from the outcome, nothing is judged or computed anew but counts and averages of
// what is shown. What an audience may see is decided in one place, options.go; every word in another, words.go. The
// same outcome and options give the same bytes. It may import what scenario may import; it must not reach a solver.
package report
