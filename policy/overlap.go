package policy

import (
	"fmt"

	"cadre/internal/i18n"
	"cadre/posting"
)

// overlaps reports rows of thresholds that the tables show to hold for one person, or one post, at one time.
func (p *Policy) overlaps(x *posting.Index, ps *Problems) {
	for j := range p.Clauses {
		b, k := &p.Clauses[j], Kinds()[p.Clauses[j].Kind]
		for i := range j {
			a := &p.Clauses[i]
			if a.Of == "" || a.Of != b.Of || a.Off || !a.together(b) || a.meets(b) != posting.Blank {
				continue
			}
			if who := a.shared(b, x, k); len(who) > 0 {
				ps.at("E2034", b.Where, i18n.F("与 %[1]s 的一行（%[2]s）时间重叠，又都适用于 %[3]s", "holds at the same time as the row at %[1]s (%[2]s), and both for %[3]s", a.Where, a.ID, few(who)), divide)
			}
		}
	}
}

// shared lists the cadres, or in kinds that read only `to` the posts, whom both clauses are known to select; where both
// look at destinations, those with one that both select.
func (a *Clause) shared(b *Clause, x *posting.Index, k *Kind) []string {
	both := func(s, o *Selector, c, p int) bool {
		return s.Match(x, c, p, 1) == posting.Yes && o.Match(x, c, p, 1) == posting.Yes
	}
	var out []string
	if !k.Reads("for") {
		for p := range x.Posts {
			if both(&a.To, &b.To, posting.None, p) {
				out = append(out, x.Posts[p].ID)
			}
		}
		return out
	}
	for c := range x.Cadres {
		if !both(&a.For, &b.For, c, x.Seat(c)) {
			continue
		}
		reaches := a.To.Empty() && b.To.Empty()
		for q := 0; q < len(x.Posts) && !reaches; q++ {
			reaches = both(&a.To, &b.To, c, q)
		}
		if reaches {
			out = append(out, x.Cadres[c].ID)
		}
	}
	return out
}

// few shows a few ids of a list, and how many there are.
func few(ids []string) i18n.Text {
	if n := len(ids); n > namedCadres {
		return i18n.F("%[1]s等 %[2]d 个", "%[1]s and others, %[2]d in all", listed(ids[:namedCadres]), n)
	}
	return listed(ids)
}

// terms reports a duty to move that falls due before a move is allowed: must years below the minimum term of the same
// people, where both clauses bind.
func (p *Policy) terms(x *posting.Index, ps *Problems) {
	for _, must := range p.ActiveOf(duty) {
		for _, least := range p.ActiveOf("minimum_term") {
			years, months := must.Months("must_years"), least.Months("years")
			if !least.Binding() || years >= months || must.For.meets(&least.For) == posting.No {
				continue
			}
			if who := must.shared(least, x, Kinds()[duty]); len(who) > 0 {
				ps.at("E2036", must.Where, i18n.F("条款 %[1]s 满 %[2]s 年应交流，而条款 %[3]s（%[4]s）不满 %[5]s 年不得交流：%[6]s", "under the clause %[1]s a move is due after %[2]s years, under %[3]s (%[4]s) none is allowed before %[5]s: %[6]s",
					must.ID, inYears(years), least.ID, least.Where, inYears(months), few(who)), i18n.T("使 最低 ≤ 应交流，或者用 thresholds 分开", "keep minimum <= must, or divide the clauses by thresholds"))
			}
		}
	}
}

// inYears writes months as years.
func inYears(months int) string { return fmt.Sprintf("%.4g", float64(months)/12) }
