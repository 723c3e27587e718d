package policy

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// The words of code lists of posting that have no table there.
var (
	dutyNames     = []string{string(posting.NoDuty), string(posting.Support), string(posting.Village), string(posting.Secondment), string(posting.TaskForce)}
	fillingNames  = []string{string(posting.Fillable), string(posting.MustFill), string(posting.ReservePromotion), string(posting.ReserveArrival), string(posting.Frozen)}
	approvalNames = []string{string(posting.ByParty), string(posting.ByCongress), string(posting.ByElection), string(posting.ByDual)}
	staffNames    = []string{string(posting.Administrative), string(posting.Participating), string(posting.Institution), string(posting.Enterprise)}
	unitKinds     = []string{string(posting.Township), string(posting.Department), string(posting.MassOrg), string(posting.InstitutionUnit)}
)

// classNames are the classes of posts, each with its negation.
var classNames = []string{"leading", "team", "key", "principal", "middle",
	"not_leading", "not_team", "not_key", "not_principal", "not_middle"}

// selectorKeys are the keys of `for` and `to`; `where` is the expression.
var selectorKeys = []string{"rank", "post_rank", "class", "role", "unit_kind", "staff_type", "authority", "cadres",
	"posts", "units", "hardship", "tier", "zone", "tenure_at_least", "age_at_most", "where"}

// The ranges of numbers in selectors: ages in years, and the classes and tiers of places.
const (
	mostAge  = 150
	remotest = 6
	hardest  = 5
)

// selector reads `for` or `to`.
func (d *decoder) selector(n *node, k *Kind) Selector {
	s := d.conditions(n, d.table(n, selectorKeys...), k)
	if n != nil && n.shape == table {
		d.contradiction(n.at, &s)
	}
	return s
}

// conditions reads the keys of a selector from a table that may hold others beside them.
func (d *decoder) conditions(n *node, f map[string]*node, k *Kind) Selector {
	for _, key := range selectorKeys {
		if v := f[key]; v != nil && v.shape == list && len(v.items) == 0 {
			d.ps.add("E2004", v.at, i18n.F("%q 是空列表，会选中所有；请删去该键", "%q is an empty list, which would select everybody: leave the key out", key))
		}
	}
	s := Selector{
		Rank:      coded[posting.Level](d, f["rank"], posting.LevelNames[:]),
		PostRank:  coded[posting.Level](d, f["post_rank"], posting.LevelNames[:]),
		Class:     d.words(f["class"], classNames),
		Role:      coded[posting.Role](d, f["role"], posting.RoleNames[:]),
		UnitKind:  typed[posting.UnitKind](d.words(f["unit_kind"], unitKinds)),
		Staff:     typed[posting.StaffType](d.words(f["staff_type"], staffNames)),
		Authority: d.words(f["authority"], nil),
		Cadres:    d.words(f["cadres"], nil),
		Posts:     d.words(f["posts"], nil),
		Units:     d.words(f["units"], nil),
		Hardship:  d.numbers(f["hardship"], 0, remotest),
		Tier:      d.numbers(f["tier"], 1, hardest),
		Zone:      d.words(f["zone"], nil),
		AgeAtMost: d.number(f["age_at_most"], 0, mostAge),
	}
	if y := f["tenure_at_least"]; y != nil {
		s.Tenure = d.years(y)
	}
	if w := f["where"]; w != nil && d.text(w) != "" {
		if e := d.expression(w, k); e != nil {
			s.Exprs = []*Expression{e}
		}
	}
	if n != nil {
		s.Where = n.at.String()
	}
	return s
}

func typed[T ~string](words []string) []T {
	var out []T
	for _, w := range words {
		out = append(out, T(w))
	}
	return out
}

// matcher decides one selector for one pair: Yes until a field is blank or does not match.
type matcher struct {
	x       *posting.Index
	c, p, t int
	result  posting.Tri
}

// and joins one field's answer: No goes before Blank, Blank before Yes.
func (m *matcher) and(v posting.Tri) {
	if m.result == posting.No || v == posting.No {
		m.result = posting.No
	} else if v == posting.Blank {
		m.result = posting.Blank
	}
}

// field joins a field that has to lie among the wanted values, where some are wanted.
func field[T comparable](m *matcher, wanted []T, value, unknown T) {
	switch {
	case len(wanted) == 0:
	case value == unknown:
		m.and(posting.Blank)
	default:
		m.and(tri(slices.Contains(wanted, value)))
	}
}

func tri(b bool) posting.Tri {
	if b {
		return posting.Yes
	}
	return posting.No
}

// asksCadre and asksPost tell whether a field looks at the person, or at the post.
func (s *Selector) asksCadre() bool {
	return len(s.Rank)+len(s.Staff)+len(s.Cadres) > 0 || s.Tenure > 0 || s.AgeAtMost > 0
}

func (s *Selector) asksPost() bool {
	return len(s.PostRank)+len(s.Class)+len(s.Role)+len(s.UnitKind)+len(s.Authority)+len(s.Posts)+len(s.Units)+
		len(s.Hardship)+len(s.Tier)+len(s.Zone) > 0
}

// cadre joins the fields of the person. Where there is none, a field that asks for one does not match.
func (m *matcher) cadre(s *Selector) {
	if m.c == posting.None {
		m.and(tri(!s.asksCadre()))
		return
	}
	c := &m.x.Cadres[m.c]
	field(m, s.Rank, c.Level, posting.LevelUnknown)
	field(m, s.Staff, c.Staff, "")
	field(m, s.Cadres, c.ID, "")
	if s.Tenure > 0 {
		months, known := m.x.Tenure(m.c, m.t)
		m.measured(months >= s.Tenure, known || m.x.Seat(m.c) == posting.None)
	}
	if s.AgeAtMost > 0 {
		age, known := m.x.Age(m.c, m.t)
		m.measured(age <= s.AgeAtMost, known)
	}
}

// measured joins a comparison of a number that may not be known. The tenure of an arrival is known to be 0.
func (m *matcher) measured(holds, known bool) {
	if !known {
		m.and(posting.Blank)
		return
	}
	m.and(tri(holds))
}

// post joins the fields of the post. An arrival has no seat: a field that asks for one does not match.
func (m *matcher) post(s *Selector) {
	if m.p == posting.None {
		m.and(tri(!s.asksPost()))
		return
	}
	p := &m.x.Posts[m.p]
	field(m, s.PostRank, p.Level, posting.LevelUnknown)
	field(m, s.Role, p.Role, posting.RoleUnknown)
	field(m, s.Authority, p.Authority, "")
	field(m, s.Posts, p.ID, "")
	field(m, s.Units, p.Unit, "")
	field(m, s.Hardship, ofPlace(m.x, m.p, func(z *posting.Place) int { return z.Hardship }, posting.Unknown), posting.Unknown)
	field(m, s.Tier, ofPlace(m.x, m.p, func(z *posting.Place) int { return z.Tier }, posting.Unknown), posting.Unknown)
	field(m, s.Zone, zoneOf(m.x, m.p), "")
	if len(s.UnitKind) > 0 {
		kind := posting.UnitKind("")
		if u := m.x.UnitOf(m.p); u != posting.None {
			kind = m.x.Units[u].Kind
		}
		field(m, s.UnitKind, kind, "")
	}
	for _, class := range s.Class {
		m.and(inClass(p, class))
	}
}

// ofPlace reads a field of the place of post p, none where there is no place.
func ofPlace[T any](x *posting.Index, p int, get func(*posting.Place) T, none T) T {
	if z := x.PlaceOf(p); z != posting.None {
		return get(&x.Places[z])
	}
	return none
}

// zoneOf is the zone of the place of post p, "" where there is none.
func zoneOf(x *posting.Index, p int) string {
	return ofPlace(x, p, func(z *posting.Place) string { return z.Zone }, "")
}

// inClass decides one class of a post; principal and middle are read from the role, which may be blank.
func inClass(p *posting.Post, class string) posting.Tri {
	if positive, negated := strings.CutPrefix(class, "not_"); negated {
		return negate(inClass(p, positive))
	}
	switch class {
	case "leading":
		return tri(p.Leading)
	case "team":
		return tri(p.Team)
	case "key":
		return tri(p.Key)
	}
	if p.Role == posting.RoleUnknown {
		return posting.Blank
	}
	if class == "principal" {
		return tri(p.Role.Principal())
	}
	return tri(p.Role == posting.MiddleHead || p.Role == posting.MiddleDeputy)
}

func negate(v posting.Tri) posting.Tri {
	switch v {
	case posting.Yes:
		return posting.No
	case posting.No:
		return posting.Yes
	}
	return posting.Blank
}
