package i18n

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// unknownField is how encoding/json says it, which has no type for it.
const unknownField = "json: unknown field "

// kinds are encoding/json's names for what a text has.
var kinds = map[string]string{"array": "数组", "object": "对象", "string": "文字", "number": "数", "bool": "是否值"}

const damaged = "压缩的内容已损坏"

// format puts into Chinese what the standard library says of a text that is not in the format that it should be in; other errors,
// and what is wrapped around one, stay as they are.
func format(err error) string {
	switch e := err.(type) {
	case *json.SyntaxError:
		return fmt.Sprintf("不是正确的 JSON（到第 %d 字节为止）", e.Offset)
	case flate.CorruptInputError:
		return damaged
	case *json.UnmarshalTypeError:
		value, _, _ := strings.Cut(e.Value, " ") // of a number its text follows
		if kind, ok := kinds[value]; ok {
			value = kind
		}
		return strings.TrimSpace(fmt.Sprintf("%s 类型不对：写的是%s（到第 %d 字节为止）", e.Field, value, e.Offset))
	}
	if name, unknown := strings.CutPrefix(err.Error(), unknownField); unknown {
		return "没有 " + name + " 这个字段"
	}
	for _, known := range []struct {
		is error
		zh string
	}{
		{io.ErrUnexpectedEOF, "文件不完整，中途结束"}, {io.EOF, "文件是空的"}, {bufio.ErrTooLong, "有一行过长"},
		{gzip.ErrHeader, "不是 gzip 压缩的文件"}, {gzip.ErrChecksum, damaged},
	} {
		if err == known.is {
			return known.zh
		}
	}
	return err.Error()
}
