package report

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/planning"
)

// outputs are the texts of everything that the package writes, by paper.
func outputs(t *testing.T, o *planning.Outcome, opt Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	text := func(name string, write func(w *strings.Builder) error) {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	text("summary", func(w *strings.Builder) error { return Summary(w, o, opt) })
	text("html", func(w *strings.Builder) error { return WriteHTML(w, o, opt) })
	text("list", func(w *strings.Builder) error { return WriteList(w, o, opt) })
	text("json", func(w *strings.Builder) error { return json.NewEncoder(w).Encode(ListJSON(o, opt)) })
	dir := t.TempDir()
	if err := WriteXLSX(filepath.Join(dir, "plan.xlsx"), o, opt); err != nil {
		t.Fatal(err)
	}
	if err := WriteListXLSX(filepath.Join(dir, "list.xlsx"), o, opt); err != nil {
		t.Fatal(err)
	}
	out["plan.xlsx"] = everything(t, openBook(t, filepath.Join(dir, "plan.xlsx")))
	out["list.xlsx"] = everything(t, openBook(t, filepath.Join(dir, "list.xlsx")))
	return out
}

// Reasons of holds, membership of the reserve, protected attributes and the words that the product avoids stand nowhere.
func TestNothingForbidden(t *testing.T) {
	forbidden := []string{"审查", "under review", "R24", "暂缓", "优秀年轻", "后备", "reserve list", "云岭", "畲", "最优方案", "豁免", "照顾", "实权", "落选", "无解", "负担分", "最差"}
	for _, lang := range []i18n.Lang{i18n.Zh, i18n.En} {
		for _, audience := range []string{Leaders, Office, Analyst, "unit:U3", "person:C5"} {
			for paper, text := range outputs(t, fixture(), options(t, lang, audience)) {
				for _, word := range forbidden {
					if strings.Contains(text, word) {
						t.Errorf("%s for %s (%s) contains %q", paper, audience, lang, word)
					}
				}
				for _, line := range strings.Split(text, "\n") {
					if strings.Contains(line, "周五") && strings.ContainsAny(line, "女汉") {
						t.Errorf("%s for %s: an attribute beside a name: %s", paper, audience, line)
					}
				}
			}
		}
	}
}

// What a hold says is the same whichever flag stands behind it.
func TestHoldsAreAlike(t *testing.T) {
	opt := options(t, i18n.Zh, Office)
	want := outputs(t, fixture(), opt)
	for name, plant := range map[string]func(o *planning.Outcome){
		"review":  func(o *planning.Outcome) { o.Index.Cadres[4].Hold, o.Index.Cadres[4].Care = false, false },
		"care":    func(o *planning.Outcome) { o.Index.Cadres[4].Hold, o.Index.Cadres[4].Review = false, false },
		"reserve": func(o *planning.Outcome) { o.Index.Cadres[4].Reserve = false },
		"duty": func(o *planning.Outcome) {
			o.Index.Cadres[4].Hold, o.Index.Cadres[4].HoldUntil = true, o.Index.Calendar.Date+5
		},
	} {
		o := fixture()
		plant(o)
		for paper, text := range outputs(t, o, opt) {
			if text != want[paper] {
				t.Errorf("%s tells %s from the others", paper, name)
			}
		}
	}
	if !strings.Contains(want["list"], "周五") || !strings.Contains(want["list"], "暂不列入本批（组织掌握）") {
		t.Error("the list lacks the neutral line")
	}
}

func TestAudiences(t *testing.T) {
	for audience, want := range map[string]struct{ shown, hidden []string }{
		Leaders:     {[]string{"赵一", "比例要求落实情况"}, []string{"POINTTEXT", "FAVOURTEXT", "R42", "技术附件", "0.08 %"}},
		Office:      {[]string{"FAVOURTEXT", "技术附件", "0.08 %", "孙三的例外"}, []string{"POINTTEXT", "WEIGHEDTEXT", "计分明细"}},
		Analyst:     {[]string{"FAVOURTEXT", "POINTTEXT", "WEIGHEDTEXT", "计分明细", "技术附件"}, nil},
		"unit:U1":   {[]string{"赵一", "孙三", "李四", "吴六", "郑七", "柳河镇"}, []string{"钱二", "周五", "FAVOURTEXT", "POINTTEXT", "比例要求落实情况"}},
		"person:C4": {[]string{"李四", "补充调整后腾出的岗位"}, []string{"赵一", "钱二", "孙三", "周五", "吴六", "郑七", "POINTTEXT", "班子前后对比", "待补岗位"}},
	} {
		got := outputs(t, fixture(), options(t, i18n.Zh, audience))
		for _, s := range want.shown {
			if !strings.Contains(got["plan.xlsx"], s) {
				t.Errorf("plan.xlsx for %s lacks %q", audience, s)
			}
		}
		for _, s := range want.hidden {
			for _, paper := range []string{"plan.xlsx", "html"} {
				if strings.Contains(got[paper], s) {
					t.Errorf("%s for %s contains %q", paper, audience, s)
				}
			}
		}
	}
}

func TestNewOptions(t *testing.T) {
	for _, bad := range []string{"boss", "unit", "unit:", "person:", "office:U1", "leaders:x"} {
		if _, err := NewOptions(i18n.Zh, bad); err == nil {
			t.Errorf("the audience %q is accepted", bad)
		}
	}
	if o := options(t, i18n.En, ""); o.Audience.Who != Office {
		t.Errorf("the default audience is %q, want office", o.Audience.Who)
	}
}
