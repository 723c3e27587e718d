// Package cadre is the root of the module: it holds no code, only the test that every package imports what
// ARCHITECTURE.md lets it import. The program is in cmd/cadre, the library's front door in planning.
package cadre

//go:generate go run ./internal/newrule -registries
