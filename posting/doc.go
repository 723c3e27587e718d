// Package posting is the domain: cadres, posts, units, places and ties as they stand on the plan date ([Instance]),
// and a proposal of who holds which post in each period ([Plan]). It holds facts and the arithmetic of the calendar,
// no rule and no judgement: encoder and auditor both build on it, so whatever it computes it computes from one
// definition that policy/spec states in words.
//
// A blank in the data is a value of its own (Unknown, "", Blank), never a zero. The package imports the standard
// library only.
package posting
