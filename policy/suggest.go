package policy

import "cadre/internal/i18n"

// Nearest finds the word of the list that is written most like w: the fewest insertions, deletions and changes of
// characters, the first of equals. It is "" where even the nearest differs in more than half of the characters.
func Nearest(w string, words []string) string {
	best, least := "", len([]rune(w))/2+1
	for _, word := range words {
		if d := Distance([]rune(w), []rune(word)); d < least || d == least && best == "" && d <= len([]rune(word))/2 {
			best, least = word, d
		}
	}
	return best
}

// Distance is the edit distance (Levenshtein) of two words, in time |a| x |b|.
func Distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// suggestion is the hint that names the nearest word, empty where none is near.
func suggestion(w string, words []string) i18n.Text {
	if near := Nearest(w, words); near != "" {
		return i18n.F("是否应为 %q？", "did you mean %q?", near)
	}
	return i18n.Text{}
}
