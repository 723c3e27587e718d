package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// forge replaces the first match of a pattern that must be in a file: forge FILE PATTERN NEW.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: forge FILE PATTERN NEW")
	}
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	at := pattern.FindStringSubmatchIndex(text)
	if at == nil {
		ts.Fatalf("%s has no match of %s", args[0], args[1])
	}
	forged := string(pattern.ExpandString([]byte(text[:at[0]]), args[2], text, at)) + text[at[1]:]
	if forged == text {
		ts.Fatalf("%s stays as it is", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(forged), 0o666))
}

// reformat writes the same JSON in another form, its keys in another order: reformat FILE.
func reformat(ts *testscript.TestScript, _ bool, args []string) {
	var v any
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.UseNumber()
	ts.Check(d.Decode(&v))
	text, err := json.MarshalIndent(v, "", "\t")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o666))
}
