package main

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cadre/internal/i18n"
)

// exactArgs asks for so many arguments.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return i18n.E("应有 %d 个参数，给了 %d 个（%s）", "accepts %d arg(s), received %d: %s", n, len(args), cmd.UseLine())
		}
		return nil
	}
}

// langAsked is the language of the output, also where the command line could not be understood before --lang was reached.
func langAsked(cmd *cobra.Command, args []string) i18n.Lang {
	known := []i18n.Lang{i18n.Zh, i18n.En}
	if f := cmd.Flags().Lookup("lang"); f != nil && f.Changed && slices.Contains(known, langOf(cmd)) {
		return langOf(cmd)
	}
	for i, a := range args {
		word, given := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			word, given = args[i+1], true
		}
		if given && slices.Contains(known, i18n.Lang(word)) {
			return i18n.Lang(word)
		}
	}
	return i18n.Default()
}

// unknownCommand is how cobra says it, since it has no type for it.
var unknownCommand = regexp.MustCompile(`^unknown command "(.*)" for "(.*)"`)

// inWords gives what cobra and pflag say of a command line in both languages.
func inWords(err error) error {
	text := ""
	var (
		none  *pflag.NotExistError
		value *pflag.ValueRequiredError
		bad   *pflag.InvalidValueError
		shape *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &none):
		text = "没有 " + dashed(none.GetSpecifiedName()) + " 这个选项"
	case errors.As(err, &value):
		text = "选项 " + dashed(value.GetSpecifiedName()) + " 缺少值"
	case errors.As(err, &bad):
		text = "选项 --" + bad.GetFlag().Name + " 的值 " + bad.GetValue() + " 不能用，应为" + kindOf(bad.GetFlag())
	case errors.As(err, &shape):
		text = "选项写法有误：" + shape.GetSpecifiedFlag()
	default:
		m := unknownCommand.FindStringSubmatch(err.Error())
		if m == nil {
			return err
		}
		text = m[2] + " 没有 " + m[1] + " 这个命令"
	}
	return &i18n.Error{Text: i18n.T(text, err.Error())}
}

// dashed is a flag as it is written: one letter with one dash.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// kindOf says what a flag takes.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "duration":
		return "时长，如 60s、5m"
	case "int", "int64", "uint64":
		return "整数"
	case "float64":
		return "数"
	case "bool":
		return "true 或 false"
	}
	return f.Value.Type()
}
