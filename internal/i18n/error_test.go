package i18n

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

// TestErrors: words go through wrapping and joining, and causes are still found.
func TestErrors(t *testing.T) {
	_, missing := os.Open("nowhere/at-all")
	inner := E("第 %d 行有误", "line %d is wrong", 3)
	for _, c := range []struct {
		err    error
		zh, en string
	}{
		{inner, "第 3 行有误", "line 3 is wrong"},
		{E("%s：%s", "%s: %s", "m.mps", inner), "m.mps：第 3 行有误", "m.mps: line 3 is wrong"},
		{errors.Join(inner, errors.New("bare")), "第 3 行有误\nbare", "line 3 is wrong\nbare"},
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
