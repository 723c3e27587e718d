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
		return fmt.Sprintf("%s 的类型不对：写的是 %s（到第 %d 字节为止）", e.Field, e.Value, e.Offset)
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
