//go:build !cgo

package ruletest

func quiet() {}
