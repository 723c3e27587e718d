package policy

import (
	stdflag "flag"
	"os"
	"slices"
	"strings"
	"testing"

	"cadre/internal/i18n"
)

var update = stdflag.Bool("update", false, "write the generated page")

// The generated pages say what the book, the pages of the kinds and the decoder say.
func TestPages(t *testing.T) {
	rules := RulesPage()
	for path, want := range map[string]string{"../docs/rules.md": rules, "../docs/policy.md": ReferencePage()} {
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s is out of date: run go generate ./policy (%v)", path, err)
		}
	}
	for _, name := range KindNames() {
		if !strings.Contains(rules, "\n## "+name+"\n") {
			t.Errorf("%s is missing", name)
		}
	}
}

// Every key that the decoder reads is explained, and no other.
func TestKeysAreExplained(t *testing.T) {
	for _, c := range []struct {
		docs []keyDoc
		keys []string
	}{{topDocs, topKeys}, {clauseDocs, clauseKeys}, {selectorDocs, selectorKeys}, {thresholdDocs[1:], thresholdKeys}} {
		var got []string
		for _, d := range c.docs {
			got = append(got, d.key)
		}
		slices.Sort(got)
		if want := slices.Sorted(slices.Values(c.keys)); !slices.Equal(got, want) {
			t.Errorf("explained %v\nread      %v", got, want)
		}
	}
}

// Every condition of a selector is put into words in both languages, and stated again as a file would.
func TestSelectorWords(t *testing.T) {
	s := selectorOf(t, "{rank: [乡科级正职, 乡科级副职], class: [key, not_principal], role: 副职, hardship: [2, 3], tenure_at_least: 2.5, age_at_most: 45, where: cadre.arrival}")
	for lang, want := range map[i18n.Lang]string{
		i18n.Zh: "职务层次 乡科级正职、乡科级副职；重要岗位、主要领导以外的人员；职务属性 副职；艰苦边远类别 2、3；任现职满 2.5 年；年龄不超过 45 岁；条件 cadre.arrival",
		i18n.En: "level 乡科级正职, 乡科级副职; key posts, others than principals; role 副职; hardship class 2, 3; in post for at least 2.5 years; age at most 45; where cadre.arrival",
	} {
		if got := s.Words().In(lang); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	stated := s.Stated()
	if len(stated) != 7 || stated["tenure_at_least"] != 2.5 || stated["age_at_most"] != 45 || stated["rank"].([]string)[1] != "乡科级副职" {
		t.Errorf("stated: %v", stated)
	}
	for _, class := range classNames {
		if classWords[class].Zh == "" || classWords[class].En == "" {
			t.Errorf("class %s has no words", class)
		}
	}
}

// Parameters are put into words: years, shares, flags, lists.
func TestSettings(t *testing.T) {
	p := mustDecode(t, header+"  - {id: R12, parameters: {share: 12.5%, candidate_years: 2.5}}\n  - {id: R51, parameters: {advance: yes}}\n")
	got := map[string]string{}
	for _, id := range []string{"R12", "R51", "R16", "R52"} {
		for _, s := range clauseOf(t, p, id).Settings() {
			got[id+"."+s.Name] = s.Value.En
		}
	}
	for name, want := range map[string]string{"R12.share": "1/8", "R12.candidate_years": "2.5 years", "R12.exclude": "none", "R51.advance": "yes", "R51.most_drop": "1", "R16.kin": "配偶, 直系血亲, 三代以内旁系血亲, 近姻亲",
		"R52.allowed": "{from: 行政, to: 参公} {from: 行政, to: 事业} {from: 参公, to: 行政} {from: 参公, to: 事业}"} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
