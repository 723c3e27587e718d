package report

import (
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Options says in which language and for whom papers are made.
type Options struct {
	Lang     i18n.Lang
	Audience Audience
}

// Audience is for whom a paper is made: Who is one of the kinds below, ID the unit or the cadre of the last two.
type Audience struct{ Who, ID string }

// The audiences. All but the analyst see facts and no points; favour flags go to the office and the analyst.
const (
	Leaders = "leaders"
	Office  = "office"
	Analyst = "analyst"
	OneUnit = "unit"
	Person  = "person"
)

// NewOptions reads an audience: leaders, office, analyst, unit:ID or person:ID; "" is office.
func NewOptions(lang i18n.Lang, audience string) (Options, error) {
	who, id, named := strings.Cut(audience, ":")
	switch {
	case audience == "":
		who = Office
	case !named && slices.Contains([]string{Leaders, Office, Analyst}, who):
	case named && id != "" && (who == OneUnit || who == Person):
	default:
		return Options{}, i18n.E("没有 %q 这种读者", "there is no audience %q", audience)
	}
	return Options{Lang: lang, Audience: Audience{Who: who, ID: id}}, nil
}

// Check reports an audience whose unit or cadre is in no table.
func (a Audience) Check(x *posting.Index) error {
	switch {
	case a.Who == OneUnit && x.UnitAt(a.ID) == posting.None:
		return i18n.E("没有单位 %q", "there is no unit %q", a.ID)
	case a.Who == Person && x.CadreAt(a.ID) == posting.None:
		return i18n.E("没有干部 %q", "there is no cadre %q", a.ID)
	}
	return nil
}

// Whole tells whether the audience sees the plan as a whole, not only the rows of one unit or person.
func (a Audience) Whole() bool { return a.Who != OneUnit && a.Who != Person }

// office tells whether the audience prepares the plan: office and analyst.
func (a Audience) office() bool { return a.Who == Office || a.Who == Analyst }

// seesUnit tells whether the rows of unit u (posting.None: no unit) are for the audience.
func (p *papers) seesUnit(u int) bool {
	switch p.aud.Who {
	case OneUnit:
		return u != posting.None && p.x.Units[u].ID == p.aud.ID
	case Person:
		return false
	}
	return true
}

// seesPost tells whether the rows of a post are for the audience.
func (p *papers) seesPost(q int) bool {
	return p.aud.Whole() || q != posting.None && p.seesUnit(p.x.UnitOf(q))
}

// seesCadre tells whether the rows of a cadre are for the audience: a unit sees those who serve there or go there.
func (p *papers) seesCadre(c int) bool {
	switch p.aud.Who {
	case OneUnit:
		return p.seesPost(p.x.Seat(c)) || p.seesPost(p.final[c])
	case Person:
		return p.x.Cadres[c].ID == p.aud.ID
	}
	return true
}

// seesFinding tells whether a finding may be shown: its clause is not withheld, and the audience sees everybody that
// it names.
func (p *papers) seesFinding(f *posting.Finding) bool {
	if p.near && f.Period > 1 {
		return false // says where somebody goes in a later batch
	}
	if c := p.clause(f.Clause); c != nil && c.Kind == favour && !p.aud.office() {
		return false
	}
	if p.aud.Whole() {
		return true
	}
	people := 0
	for _, id := range f.Subjects {
		if c := p.x.CadreAt(id); c != posting.None {
			if people++; !p.seesCadre(c) {
				return false
			}
		}
	}
	return people > 0
}

// favour is the kind whose findings are for the office alone.
const favour = "favour_move"
