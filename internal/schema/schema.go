// Package schema writes the JSON schema of a Go type, so that the published form of our JSON files cannot drift from what is
// written. It is for tests.
package schema

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"cadre/posting"
)

// Of is the schema of a struct, as indented JSON: every field that has no omitempty is required, and no other is allowed.
func Of(t reflect.Type, title string) ([]byte, error) {
	s := object(t)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = title
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return out.Bytes(), err
}

func object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		properties[name] = typeOf(t.Field(i).Type)
		if option != "omitempty" {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func typeOf(t reflect.Type) any {
	switch {
	case t == reflect.TypeFor[posting.Month]():
		return map[string]any{"type": "string", "pattern": `^([0-9]{4}-(0[1-9]|1[0-2]))?$`}
	case t.Kind() == reflect.Pointer:
		return typeOf(t.Elem())
	case t.Kind() == reflect.Struct:
		return object(t)
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": typeOf(t.Elem())}
	case t.Kind() == reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": typeOf(t.Elem())}
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() == reflect.Float64:
		return map[string]any{"type": "number"}
	case t.Kind() == reflect.String:
		return map[string]any{"type": "string"}
	}
	return map[string]any{"type": "integer"}
}
