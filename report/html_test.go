package report

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"cadre/internal/i18n"
)

func pageFor(t *testing.T, lang i18n.Lang, audience string) string {
	t.Helper()
	var b strings.Builder
	if err := WriteHTML(&b, fixture(), options(t, lang, audience)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// void elements have no closing tag in HTML.
var void = regexp.MustCompile(`<(meta|col|br)\b[^>]*>`)

// wellFormed reads the page as XML, void elements left out, so that every open element has to be closed.
func wellFormed(html string) error {
	d := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(strings.TrimPrefix(html, "<!DOCTYPE html>"), "")))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestPage(t *testing.T) {
	html := pageFor(t, i18n.Zh, "office")
	if err := wellFormed(html); err != nil {
		t.Error(err)
	}
	has(t, "page", html, "供集体研究参考的比选方案，不代替组织决定", "内部资料 · 严禁外传", "赵一", "县水利局局长", "四类 2 人", `lang="zh-CN"`, "<svg", "25 %")
	if strings.Contains(html, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	if pageFor(t, i18n.Zh, "office") != html {
		t.Error("two runs differ")
	}
}

// The page shows without a network and without scripts.
func TestPageIsSelfContained(t *testing.T) {
	for _, bad := range []string{"http:", "https:", "<script", "<link", "<img", "url(", "@import", "src="} {
		if html := pageFor(t, i18n.En, "analyst"); strings.Contains(html, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
}

// chinese finds a Chinese letter outside names and posts.
var chinese = regexp.MustCompile(`\p{Han}`)

func TestEnglishPage(t *testing.T) {
	html := pageFor(t, i18n.En, "office")
	for _, cell := range regexp.MustCompile(`<(?:th|dt|h1|h2|figcaption|text)[^>]*>([^<]*)<`).FindAllStringSubmatch(html, -1) {
		if chinese.MatchString(cell[1]) {
			t.Errorf("the English page says %q", cell[1])
		}
	}
}
