package main

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"text/template"
)

//go:embed templates
var templates embed.FS

// kindName is the form of a kind's name: English words in small letters, joined by underscores.
var kindName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// subject is what the templates know of a kind.
type subject struct{ Kind, Type, Scope string }

// files are the four files of a kind, by template.
func (s subject) files() map[string]string {
	return map[string]string{
		"spec.md":                             filepath.Join("policy", "spec", s.Kind+".md"),
		"constraints_" + s.Scope + ".go.tmpl": filepath.Join("constraints", s.Kind+".go"),
		"audit_" + s.Scope + ".go.tmpl":       filepath.Join("audit", s.Kind+".go"),
		"case.txtar":                          filepath.Join("internal", "ruletest", "cases", s.Kind, "boundary_first.txtar"),
	}
}

// scaffold writes the four skeletons of a new kind and the registries. Nothing is written where one of the files exists.
func scaffold(root, kind, scope string) error {
	if !kindName.MatchString(kind) {
		return fmt.Errorf("%q is no name for a kind: want words in small letters joined by underscores", kind)
	}
	if scope != "pair" && scope != "plan" {
		return fmt.Errorf("scope %q: want pair or plan", scope)
	}
	s := subject{Kind: kind, Type: typeName(kind), Scope: scope}
	for _, to := range s.files() {
		if _, err := os.Stat(filepath.Join(root, to)); err == nil {
			return fmt.Errorf("%s exists already", to)
		}
	}
	for name, to := range s.files() {
		if err := s.write(name, filepath.Join(root, to)); err != nil {
			return err
		}
	}
	return writeRegistries(root, nil)
}

func (s subject) write(name, to string) error {
	t, err := template.ParseFS(templates, "templates/"+name)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	return os.WriteFile(to, b.Bytes(), 0o666)
}
