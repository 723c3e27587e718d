package mip

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many bytes a name may have: GLPK refuses more than 255, and a suffix may follow.
const maxName = 240

// SafeNames returns names for MPS and LP files, in the order given: unique, without white space, at most 255
// bytes, UTF-8 kept. An empty name becomes prefix and index; a name that occurred before gets _2, _3, …
func SafeNames(prefix string, names []string) []string {
	if safeAlready(names) {
		return slices.Clone(names)
	}
	out := make([]string, len(names))
	taken := make(map[string]bool, len(names))
	for _, n := range names {
		taken[n] = true // a suffix must not collide with a name that comes later
	}
	used := make(map[string]bool, len(names))
	next := map[string]int{}
	for i, n := range names {
		if n == "" {
			n = prefix + strconv.Itoa(i)
		}
		base := safeName(n)
		safe := base
		for k := max(next[base], 2); used[safe] || safe != n && taken[safe]; k++ {
			safe = base + "_" + strconv.Itoa(k)
			next[base] = k + 1
		}
		used[safe] = true
		out[i] = safe
	}
	return out
}

// safeAlready says whether all names can stay as they are.
func safeAlready(names []string) bool {
	used := make(map[string]struct{}, len(names))
	for _, n := range names {
		if n == "" || safeName(n) != n {
			return false
		}
		used[n] = struct{}{}
	}
	return len(used) == len(names)
}

// safeName replaces what the formats give a meaning: white space, control characters, a leading sign of a comment,
// quotes (markers), and the words that head sections.
func safeName(name string) string {
	if plainName(name) {
		return name
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\'' || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	if len(name) > maxName {
		cut := maxName
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut]
	}
	if name[0] == '*' || name[0] == '$' {
		name = "_" + name[1:]
	}
	if reserved[strings.ToUpper(name)] {
		name += "_"
	}
	return name
}

// plainName recognises the names that most models have, quickly: ASCII letters, digits and points, and a point at least,
// which no reserved word has.
func plainName(name string) bool {
	point := false
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_':
		case c == '.':
			point = true
		default:
			return false
		}
	}
	return point && len(name) <= maxName
}

// reserved are the words that some readers take for a heading wherever they stand, and our own N row.
var reserved = map[string]bool{
	"NAME": true, "OBJSENSE": true, "OBJNAME": true, "OBJSENSEMAX": true, "MAX": true, "MIN": true, "ROWS": true, "COLUMNS": true,
	"RHS": true, "RANGES": true, "BOUNDS": true, "ENDATA": true, "SOS": true, "SOS1": true, "SOS2": true,
	"QSECTION": true, "QMATRIX": true, "QUADOBJ": true, "QCMATRIX": true, "CSECTION": true, "INDICATORS": true,
	strings.ToUpper(noObjective): true,
}

// oneLine keeps a text on its comment line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
