package lint

import (
	"slices"

	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// touches reports clauses that speak of nobody, that change nothing, and that cannot verify what they ask.
func (l *linter) touches() {
	for i := range l.report.Clauses {
		c := &l.report.Clauses[i]
		if c.State != "active" {
			continue
		}
		f := Finding{Severity: Note, Clause: c.ID()}
		name := i18n.F("%[1]s %[2]s", "%[1]s %[2]s", c.ID(), c.Clause.Name)
		switch {
		case c.Cadres == 0 || c.Posts == 0:
			f.Code, f.Text = "L101", i18n.F("%s：没有选中任何人员或者岗位", "%s: selects nobody here", name)
			l.find(f)
		case !l.report.Estimated && l.idle(c):
			f.Code, f.Text = "L102", i18n.F("%s：本批不起作用，没有一项安排因它而改变", "%s: changes nothing in this batch", name)
			l.find(f)
		}
		if c.Unknown > 0 && c.Clause.Binding() && c.ID() != policy.Hold {
			l.find(Finding{Code: "L104", Severity: Note, Clause: c.ID(), Measured: c.Unknown, Limit: c.Pairs,
				Text: i18n.F("%[1]s：%[3]d 个人岗组合中有 %[2]d 个因资料缺失无法核实", "%[1]s: %[2]d of %[3]d pairs cannot be verified, since data are blank", name, c.Unknown, c.Pairs),
				Hint: i18n.T("补齐资料；要求不明即不安排的，写 unknown: forbid", "fill in the data; where what is not known is to be forbidden, write unknown: forbid")})
		}
	}
}

// idle tells whether nothing depends on the clause.
func (l *linter) idle(c *Clause) bool {
	return c.Refused+c.Charged+c.Waived+c.Unknown+c.Demands+c.Due == 0 && len(c.Shares) == 0
}

// overlaps reports clauses of one kind and purpose for the same people, or the same posts.
func (l *linter) overlaps() {
	active := []*policy.Clause{}
	for i := range l.pol.Clauses {
		if c := &l.pol.Clauses[i]; c.Active(l.pol.Calendar.Date) && c.Shown() != policy.Hold {
			active = append(active, c)
		}
	}
	for j, b := range active {
		for _, a := range active[:j] {
			if a.Kind != b.Kind || a.Of != "" && a.Of == b.Of || a.Apart(b) || !samePurpose(a, b) {
				continue
			}
			if n := len(l.both(a, b)); n > 0 {
				l.find(l.overlap(a, b, n))
			}
		}
	}
}

// samePurpose tells whether no choice among the parameters (principal or other seats, women or the young) divides two clauses.
func samePurpose(a, b *policy.Clause) bool {
	for name, p := range policy.Kinds()[a.Kind].Parameters {
		if p.Type == "enum" && a.Params[name] != b.Params[name] {
			return false
		}
	}
	return true
}

// both lists whom two clauses of a kind are known to select: members of both shares; cadres; posts where the kind reads
// destinations alone.
func (l *linter) both(a, b *policy.Clause) []int {
	if a.Kind == "yearly_share" {
		return l.members(a, l.members(b, nil))
	}
	yes := func(s *policy.Selector, c, p int) bool { return s.Match(l.x, c, p, 1) == posting.Yes }
	var out []int
	if kind := policy.Kinds()[a.Kind]; !kind.Reads("for") && kind.Reads("to") {
		for p := range l.x.Posts {
			if yes(&a.To, posting.None, p) && yes(&b.To, posting.None, p) {
				out = append(out, p)
			}
		}
		return out
	}
	for c := range l.x.Cadres {
		if seat := l.x.Seat(c); yes(&a.For, c, seat) && yes(&b.For, c, seat) {
			out = append(out, c)
		}
	}
	return out
}

// members are those of a share in period 1, of the people given where some are.
func (l *linter) members(k *policy.Clause, among []int) []int {
	var out []int
	for _, s := range l.asked {
		if s.Clause != k || s.Period != 1 {
			continue
		}
		for _, c := range s.Members {
			if among == nil || slices.Contains(among, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func (l *linter) overlap(a, b *policy.Clause, n int) Finding {
	f := Finding{Code: "L103", Severity: Note, Clause: b.Shown(), Against: a.Shown(), Measured: n}
	f.Text = i18n.F("%[1]s 与 %[2]s 同时适用于 %[3]d 个对象（%[4]s）；两条都执行，较严的起作用", "%[1]s and %[2]s both apply to %[3]d (%[4]s); both hold, so that the stricter counts", a.Shown(), b.Shown(), n, differing(a, b))
	if a.Kind == "yearly_share" {
		f.Code = "L105"
		f.Text = i18n.F("%[3]d 人同时计入 %[1]s 和 %[2]s 的比例，调整一人两边都算", "%[3]d people count in the shares of both %[1]s and %[2]s: one move serves both", a.Shown(), b.Shown(), n)
		f.Hint = i18n.T("要分开计算的，用 for 把两类人分开", "to count them apart, divide the people by `for`")
	}
	return f
}

// differing lists the parameters in which two clauses of a kind differ.
func differing(a, b *policy.Clause) i18n.Text {
	out := i18n.Text{}
	other := map[string]i18n.Text{}
	for _, s := range b.Settings() {
		other[s.Name] = s.Value
	}
	for _, s := range a.Settings() {
		if o := other[s.Name]; o != s.Value {
			out = listed(out, i18n.F("%[1]s %[2]s / %[3]s", "%[1]s %[2]s / %[3]s", s.Name, s.Value, o))
		}
	}
	if out == (i18n.Text{}) {
		return i18n.T("参数相同", "the same parameters")
	}
	return out
}
