package policy_test

import (
	"fmt"
	"os"

	"cadre/internal/i18n"
	"cadre/policy"
)

// A department's file starts from the built-in book and states what differs. Every fault is shown with its place.
func ExampleDecode() {
	p, _ := policy.Decode("policy.yaml", []byte(`version: 1
include: builtin
plan_date: 2026-01
authority: 县管
clauses:
  - id: R12
    parameters: {share: 1/5}
`), policy.Options{})
	for _, c := range p.ActiveOf("yearly_share") {
		fmt.Println(c.ID, c.Ratio("share"))
	}

	_, faults := policy.Decode("policy.yaml", []byte(`version: 1
include: builtin
plan_date: 2026-01
authority: 县管
clauses:
  - id: R12
    parameters: {share: 120%}
  - id: R07
    for: {class: not_principle}
`), policy.Options{})
	_ = faults.Print(os.Stdout, i18n.En)
	// Output:
	// R12 1/5
	// R13 1/2
	// R14 3/10
	// E2012 policy.yaml:7:25: the share 120% lies outside 0 to 100 %
	// E2006 policy.yaml:9:18: "not_principle" is none of: leading, team, key, principal, middle, not_leading, not_team, not_key, not_principal, not_middle
	// hint: did you mean "not_principal"?
}
