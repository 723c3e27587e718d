// Package i18n carries each sentence that a person reads in both languages, side by side, so that a translation can
// neither be forgotten nor drift: the two stand on one line of code. It imports the standard library only.
package i18n

import (
	"fmt"
	"os"
	"strings"
)

// Lang is a language the product speaks.
type Lang string

const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Text is one sentence in Chinese and in English.
type Text struct{ Zh, En string }

// T pairs a Chinese and an English sentence.
func T(zh, en string) Text { return Text{zh, en} }

// F formats both sentences with the same arguments. An argument that is itself a Text, or an error that has one, is given in the sentence's
// own language. Use %[1]s where the languages order their arguments differently.
func F(zh, en string, args ...any) Text {
	return Text{fmt.Sprintf(zh, in(Zh, args)...), fmt.Sprintf(en, in(En, args)...)}
}

func in(lang Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch t := a.(type) {
		case Text:
			a = t.In(lang)
		case error:
			a = Of(t).In(lang)
		}
		out[i] = a
	}
	return out
}

// In returns the sentence in the language; a missing one falls back to the other.
func (t Text) In(lang Lang) string {
	if lang == En && t.En != "" || t.Zh == "" {
		return t.En
	}
	return t.Zh
}

// Default is the language of the environment: Chinese where LC_ALL, LC_MESSAGES or LANG (the first that is set)
// begins with zh, else English.
func Default() Lang {
	for _, v := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if s := os.Getenv(v); s != "" {
			if strings.HasPrefix(strings.ToLower(s), "zh") {
				return Zh
			}
			return En
		}
	}
	return En
}
