package i18n

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// Error is an error with words in both languages. Where only one string can be had, as from Error, it is English.
type Error struct {
	Text
	causes []error
}

// E is F as an error. Arguments that are errors are its causes, for errors.Is and errors.As.
func E(zh, en string, args ...any) error {
	e := &Error{Text: F(zh, en, args...)}
	for _, a := range args {
		if cause, ok := a.(error); ok {
			e.causes = append(e.causes, cause)
		}
	}
	return e
}

func (e *Error) Error() string   { return e.En }
func (e *Error) Unwrap() []error { return e.causes }

// Of gives the words of an error: its own, those of errors that were joined, those of the file system and of formats that the
// standard library reads. An error without words in Chinese has its English ones for both.
func Of(err error) Text {
	switch e := err.(type) {
	case *Error:
		return e.Text
	case *fs.PathError:
		return Text{Zh: e.Path + "：" + operation(e.Op) + reason(e.Err), En: e.Error()}
	case *os.LinkError:
		return Text{Zh: e.Old + " → " + e.New + "：" + operation(e.Op) + reason(e.Err), En: e.Error()}
	case interface{ Unwrap() error }: // that adds no words of its own, such as an exit code
		if inner := e.Unwrap(); inner != nil && inner.Error() == err.Error() {
			return Of(inner)
		}
	case interface{ Unwrap() []error }: // of errors.Join
		if all := joined(e.Unwrap()); all.En == err.Error() {
			return all
		}
	}
	return Text{Zh: format(err), En: err.Error()}
}

// joined gives one line for each of several errors.
func joined(all []error) Text {
	var zh, en []string
	for _, err := range all {
		t := Of(err)
		zh, en = append(zh, t.In(Zh)), append(en, t.En)
	}
	return Text{Zh: strings.Join(zh, "\n"), En: strings.Join(en, "\n")}
}

// operations are those of the file system that people may meet.
var operations = map[string]string{"open": "打不开", "read": "不能读取", "stat": "找不到", "lstat": "找不到", "create": "不能新建", "mkdir": "不能新建文件夹", "write": "不能写入",
	"rename": "不能改名", "remove": "不能删除", "unlinkat": "不能删除", "chmod": "不能设置权限"}

func operation(op string) string {
	if known := operations[op]; known != "" {
		return known
	}
	return op + " 不成功"
}

// reason puts why the file system refused into words, in brackets.
func reason(err error) string {
	for _, known := range []struct {
		is error
		zh string
	}{
		{fs.ErrNotExist, "没有这个文件或文件夹"}, {fs.ErrPermission, "没有权限"}, {fs.ErrExist, "已经存在"}, {syscall.EISDIR, "这是一个文件夹"},
		{syscall.ENOTDIR, "路径中有一段不是文件夹"}, {syscall.ENOSPC, "磁盘空间不足"}, {syscall.EROFS, "只读的磁盘"},
	} {
		if errors.Is(err, known.is) {
			return "（" + known.zh + "）"
		}
	}
	return "（" + Of(err).In(Zh) + "）"
}
