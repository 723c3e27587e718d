// Package ruletest holds encoder and auditor against each other and against people: rule cases written by hand
// (cases/<kind>/*.txtar), a brute-force oracle that judges every plan of a tiny instance by the auditor alone, and a
// generator of random instances with everything in play.
//
// The main types are [Case], [World] and [Outcome]; the entry points are [Load], [Random] and [BruteForce]. Only tests
// use the package, and it may import anything.
package ruletest
