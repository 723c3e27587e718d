package main

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"cadre/posting"
	"cadre/solver/certify"
	"cadre/workbook"
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

// halfway moves the bound of a plan folder half-way to the objective, in plan.json with all that follows from it, and, asked to,
// in the certificate, too, sealed again as its writer would: halfway DIR [certificate].
func halfway(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: halfway DIR [certificate]")
	}
	file := func(name string) string { return ts.MkAbs(filepath.Join(args[0], name)) }
	p := &posting.Plan{}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file("plan.json"))), p))
	last := &p.Levels[len(p.Levels)-1]
	if last.Bound == last.Value {
		ts.Fatalf("the bound is the objective: nothing lies between")
	}
	last.Bound = (last.Bound + last.Value) / 2
	last.GapAbs = last.Value - last.Bound
	last.GapRel = last.GapAbs / math.Max(1, math.Abs(last.Value))
	p.Bound, p.Gap = last.Bound, 0
	for _, l := range p.Levels {
		p.Gap = math.Max(p.Gap, l.GapRel)
	}
	p.PerCadre = last.GapAbs / math.Max(1, float64(len(p.Assignments)+len(p.Unplaced)))
	ts.Check(create(file("plan.json"), func(w io.Writer) error { return workbook.WritePlanJSON(w, p) }))
	if len(args) == 1 {
		return
	}
	c, err := certify.Read(strings.NewReader(ts.ReadFile(file("certificate.json"))))
	ts.Check(err)
	c.Levels[len(c.Levels)-1].Bound.SetFloat64(last.Bound * float64(last.Scale))
	c.Plan = planSum(p)
	c.Seal()
	ts.Check(create(file("certificate.json"), c.Write))
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
