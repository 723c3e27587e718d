// Package audit judges a plan, from whatever source, against every clause of a policy: [Judge] takes who sits where
// from the plan and recomputes all else, level values and metrics included, from the data and policy/spec alone.
// [Lists] and [Grounds] give its own four lists and grounds, so that another reading of the spec can be held against
// them.
//
// One file per rule kind stands beside the page of the same name in policy/spec. The package may import posting,
// policy and internal/i18n; it never imports the encoder, a model or a solver, and shares no code with them.
package audit
