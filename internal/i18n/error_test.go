package i18n

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// coded is an error with something beside its words.
type coded struct{ error }

func (c coded) Unwrap() error { return c.error }

// TestErrors: words go through wrapping and joining, and causes are still found.
func TestErrors(t *testing.T) {
	_, missing := os.Open("nowhere/at-all")
	inner := E("第 %d 行有误", "line %d is wrong", 3)
	strict := json.NewDecoder(strings.NewReader(`{"b": 1}`))
	strict.DisallowUnknownFields()
	for _, c := range []struct {
		err    error
		zh, en string
	}{
		{inner, "第 3 行有误", "line 3 is wrong"},
		{E("%s：%s", "%s: %s", "m.mps", inner), "m.mps：第 3 行有误", "m.mps: line 3 is wrong"},
		{errors.Join(inner, errors.New("bare")), "第 3 行有误\nbare", "line 3 is wrong\nbare"},
		{json.Unmarshal([]byte(`{"a" 1}`), new(any)), "不是正确的 JSON（到第 6 字节为止）", "invalid character '1' after object key"},
		{json.Unmarshal([]byte(`{"a": "b"}`), new(struct{ A int })), "A 类型不对：写的是文字（到第 9 字节为止）", "json: cannot unmarshal string into Go struct field .A of type int"},
		{strict.Decode(new(struct{})), `没有 "b" 这个字段`, `json: unknown field "b"`},
		{E("%s：%s", "%s: %s", "c.json", io.ErrUnexpectedEOF), "c.json：文件不完整，中途结束", "c.json: unexpected EOF"},
		{coded{inner}, "第 3 行有误", "line 3 is wrong"},
		{fmt.Errorf("around: %w", inner), "around: line 3 is wrong", "around: line 3 is wrong"},
		{missing, "nowhere/at-all：打不开（没有这个文件或文件夹）", "open nowhere/at-all: no such file or directory"},
	} {
		if got := Of(c.err); got.Zh != c.zh || got.En != c.en || c.err.Error() != c.en {
			t.Errorf("got %+v, want %s, %s", got, c.zh, c.en)
		}
	}
	if err := E("读：%s", "read: %s", missing); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
}
