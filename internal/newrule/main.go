// Command newrule scaffolds a rule kind and writes the registries of kinds.
//
//	go run ./internal/newrule my_kind              four skeletons of a kind that judges one spell by itself
//	go run ./internal/newrule -scope plan my_kind  of a kind that judges the plan
//	go run ./internal/newrule -registries          the registries again, from the pages in policy/spec; with names of
//	                                               packages after it, theirs alone
//	go run ./internal/newrule -check               fails where they are not up to date
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	scope := flag.String("scope", "pair", "what the kind judges: pair (one spell) or plan")
	root := flag.String("root", ".", "root of the module")
	check := flag.Bool("check", false, "fail where a registry is not up to date")
	registries := flag.Bool("registries", false, "write the registries, of the packages named or of all")
	flag.Parse()
	if err := run(*root, *scope, *check, *registries, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(root, scope string, check, registries bool, args []string) error {
	switch {
	case check && len(args) == 0:
		return checkRegistries(root)
	case registries:
		return writeRegistries(root, args)
	case !check && !registries && len(args) == 1:
		return scaffold(root, args[0], scope)
	}
	return errors.New("want the name of one new kind, or -check, or -registries and perhaps packages")
}
