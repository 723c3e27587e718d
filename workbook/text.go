package workbook

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"cadre/policy"
)

// fold brings full-width letters, digits and signs to their ordinary forms and trims white space.
func fold(s string) string {
	return strings.TrimSpace(width.Fold.String(s))
}

var bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// headingKey is what is left of a heading when width, case, white space, line breaks, underscores, the asterisk of
// required columns and bracketed units are ignored.
func headingKey(s string) string {
	s = fold(s)
	if strings.ContainsAny(s, "([") {
		s = bracketed.ReplaceAllString(s, "")
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("_-*:·\ufeff", r) {
			return -1
		}
		return r
	}, s))
}

// split divides a list at the separators in use, drops blanks and repetitions, and keeps the order.
func split(s string) []string {
	var out []string
	seen := map[string]bool{}
	for _, item := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("；;、，,\n", r) }) {
		if item = strings.TrimSpace(item); item != "" && !seen[item] {
			seen[item] = true
			out = append(out, item)
		}
	}
	return out
}

var identityLike = regexp.MustCompile(`\d{15}(\d{2}[0-9Xx])?`)

// quoteLimit is the number of characters of a cell that a message repeats.
const quoteLimit = 40

// quote prints a cell's text in a message: shortened, on one line, and without anything like an identity number,
// which may stand in a wrong column.
func quote(s string) string {
	s = identityLike.ReplaceAllString(fold(s), "***")
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > quoteLimit {
		s = string(r[:quoteLimit]) + "…"
	}
	return `"` + s + `"`
}

// nearest is the candidate most like the text: one that contains it or is contained in it, else the one with the
// least edit distance; the first of equals. It is "" where more than half of the characters differ.
func nearest(text string, candidates []string) string {
	best, least := "", 1<<30
	t := strings.ToLower(fold(text))
	for _, c := range candidates {
		if d, near := unlike(t, strings.ToLower(c)); near && d < least {
			best, least = c, d
		}
	}
	return best
}

// unlike measures how far two texts are apart, and whether that is near enough to suggest one for the other.
func unlike(text, candidate string) (d int, near bool) {
	a, b := []rune(text), []rune(candidate)
	long, short := max(len(a), len(b)), min(len(a), len(b))
	if short > 1 && (strings.Contains(text, candidate) || strings.Contains(candidate, text)) {
		return 1, true
	}
	if short == 0 || long > quoteLimit || long-short > long/2 {
		return 0, false
	}
	d = 2 * policy.Distance(a, b)
	return d, d <= long
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
