package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/posting"
)

// Lists is what `cadre list --json` prints.
type Lists struct {
	Date   posting.Month `json:"date"`
	Due    []Entry       `json:"due"`
	May    []Entry       `json:"may"`
	NotNow []Entry       `json:"not_now"`
	Others []Entry       `json:"others"`
	Seats  []SeatEntry   `json:"seats"`

	Reminders []ReminderEntry `json:"reminders"`
}

// ReminderEntry is one thing that a follow-up sheet shows to be due, or owed.
type ReminderEntry struct {
	Cadre string        `json:"cadre"`
	Name  string        `json:"name"`
	Post  string        `json:"post"`
	What  string        `json:"what"`
	Since posting.Month `json:"since"`
	Owed  bool          `json:"owed"`
}

// Entry is one person of a list. Months is -1 where the time in post is not known.
type Entry struct {
	Cadre   string   `json:"cadre"`
	Name    string   `json:"name"`
	Post    string   `json:"post"`
	Title   string   `json:"title"`
	Months  int      `json:"months"`
	Tenure  string   `json:"tenure"`
	Clauses []string `json:"clauses"`
}

// SeatEntry is an open or opening seat with a few candidates in official order, unranked, and how many there are in all.
type SeatEntry struct {
	Post       string           `json:"post"`
	Title      string           `json:"title"`
	Opens      string           `json:"opens"`
	Leaver     string           `json:"leaver,omitempty"`
	Eligible   int              `json:"eligible"`
	Candidates []CandidateEntry `json:"candidates"`
}

// CandidateEntry is the facts on one candidate for one seat. Minutes is the way from home to the seat, -1 not known.
type CandidateEntry struct {
	Entry
	Level      string   `json:"level"`
	Age        int      `json:"age"`
	Fields     []string `json:"fields"`
	Degree     string   `json:"degree"`
	Minutes    int      `json:"home_minutes"`
	Appraisals []string `json:"appraisals"`
	Family     []string `json:"family"`
}

// ListJSON is the four lists and the seats as data.
func ListJSON(o *planning.Outcome, opt Options) *Lists {
	p := newPapers(o, opt)
	l := &Lists{Date: p.x.Calendar.Date, Due: p.entries(p.brief.Due), May: p.entries(p.brief.May),
		NotNow: p.entries(p.brief.NotNow), Others: p.entries(p.brief.Others), Seats: []SeatEntry{}, Reminders: []ReminderEntry{}}
	for _, r := range planning.Reminders(p.x) {
		if p.seesCadre(r.Cadre) {
			l.Reminders = append(l.Reminders, ReminderEntry{r.Row.Cadre, p.x.Cadres[r.Cadre].Name, r.Row.Post, p.say(r.What), r.Since, r.Owed})
		}
	}
	for _, s := range p.brief.Seats {
		if p.seesPost(s.Post) {
			l.Seats = append(l.Seats, p.seat(s))
		}
	}
	return l
}

func (p *papers) entries(all []planning.Listed) []Entry {
	out := []Entry{}
	for _, l := range all {
		if p.seesCadre(l.Cadre) {
			e := p.entry(l.Cadre)
			e.Clauses = append(e.Clauses, l.Clauses...)
			out = append(out, e)
		}
	}
	return out
}

func (p *papers) entry(c int) Entry {
	who := &p.x.Cadres[c]
	months, known := p.x.Tenure(c, 1)
	if !known {
		months = posting.Unknown
	}
	return Entry{Cadre: who.ID, Name: who.Name, Post: who.Post, Title: p.post(p.x.Seat(c)), Months: months, Tenure: p.tenure(c), Clauses: []string{}}
}

func (p *papers) seat(s planning.Seat) SeatEntry {
	e := SeatEntry{Post: p.x.Posts[s.Post].ID, Title: p.post(s.Post), Opens: p.say(p.opens(s)), Eligible: s.Eligible, Candidates: []CandidateEntry{}}
	if s.Leaver != posting.None {
		e.Leaver = p.x.Cadres[s.Leaver].Name
	}
	for _, c := range s.Candidates {
		if p.aud.Whole() {
			e.Candidates = append(e.Candidates, p.candidate(c, s.Post))
		}
	}
	return e
}

// opens says why a seat is open or opens.
func (p *papers) opens(s planning.Seat) i18n.Text {
	_, class, departure := strings.Cut(s.Opens, ":")
	switch {
	case departure && s.Leaver != posting.None:
		return i18n.F("%[1]s%[2]s腾出", "%[1]s leaves (%[2]s)", p.x.Cadres[s.Leaver].Name, planning.LeaveText(posting.LeaveClass(class)))
	case departure:
		return i18n.F("拟离任（%s）", "a departure (%s)", planning.LeaveText(posting.LeaveClass(class)))
	case s.Opens == planning.MissionEnds && s.Leaver != posting.None:
		return i18n.F("%s援派期满返回腾出", "%s returns from the mission", p.x.Cadres[s.Leaver].Name)
	case s.Opens == planning.SecondmentEnds && s.Leaver != posting.None:
		return i18n.F("%s挂职期满腾出", "the secondment of %s ends", p.x.Cadres[s.Leaver].Name)
	}
	return i18n.T("空缺", "vacant")
}

func (p *papers) candidate(c, q int) CandidateEntry {
	who := &p.x.Cadres[c]
	e := CandidateEntry{Entry: p.entry(c), Level: p.level(who.Level), Age: posting.Unknown, Fields: append([]string{}, who.Fields...),
		Degree: p.say(degreeWords[who.Degree]), Minutes: posting.Unknown, Appraisals: appraisals(who), Family: p.family(c)}
	if years, known := p.x.Age(c, 1); known {
		e.Age = years
	}
	if minutes, known := p.x.HomeMinutes(c, q); known {
		e.Minutes = minutes
	}
	return e
}

// recentYears is how many years' appraisals stand beside a candidate.
const recentYears = 3

// appraisals are the latest results, the last year first.
func appraisals(who *posting.Cadre) []string {
	all := slices.Clone(who.Appraisals)
	slices.SortStableFunc(all, func(a, b posting.Appraisal) int { return b.Year - a.Year })
	out := []string{}
	for _, a := range all[:min(len(all), recentYears)] {
		out = append(out, fmt.Sprintf("%d %s", a.Year, a.Grade))
	}
	return out
}

// family are the facts on the family that are to be weighed, in neutral words.
func (p *papers) family(c int) []string {
	who := &p.x.Cadres[c]
	out := []string{}
	if who.ExamYear >= p.x.Calendar.Date.Year() {
		out = append(out, p.say(i18n.F("家有考生（%d年）", "school exam in the family in %d", who.ExamYear)))
	}
	if who.ParentCare == posting.Yes {
		out = append(out, p.say(i18n.T("赡养老人", "parents to care for")))
	}
	if who.Hardship == posting.Yes {
		out = append(out, p.say(i18n.T("家庭困难登记", "family difficulty on record")))
	}
	for _, t := range p.x.Ties {
		if t.Kin == posting.Spouse && (t.A == who.ID || t.B == who.ID) {
			out = append(out, p.say(i18n.T("家庭就近因素", "family ties nearby")))
		}
	}
	return out
}

// listNames are the four lists, in the order in which papers show them.
var listNames = []struct {
	id   string
	name i18n.Text
}{
	{"due", i18n.T("应交流", "Due to move")}, {"may", i18n.T("可交流", "May move")},
	{"notnow", i18n.T("暂不列入本批", "Not in this batch")}, {"others", i18n.T("不列入", "Not listed")},
}

func (p *papers) fourLists() [][]planning.Listed {
	return [][]planning.Listed{p.brief.Due, p.brief.May, p.brief.NotNow, p.brief.Others}
}

// listTables are the four lists and the seats.
func (p *papers) listTables() []*table {
	var out []*table
	for i, all := range p.fourLists() {
		t := p.table(listNames[i].id, listNames[i].name, colID, colName, colPost, colLevel, colTenure, colClause)
		for _, l := range all {
			if p.seesCadre(l.Cadre) {
				who := &p.x.Cadres[l.Cadre]
				t.add(plain, who.ID, who.Name, p.post(p.x.Seat(l.Cadre)), p.level(who.Level), p.tenure(l.Cadre), p.clauses(l.Clauses))
			}
		}
		out = append(out, t)
	}
	out = append(out, p.seatTable())
	if t := p.reminders(); len(t.rows) > 0 {
		out = append(out, t)
	}
	return out
}

// seatTable is the open and opening seats, each followed by its candidates side by side.
func (p *papers) seatTable() *table {
	t := p.table("seats", i18n.T("空缺岗位和人选情况", "Open seats"), col{i18n.T("岗位编号", "post id"), 12}, col{i18n.T("岗位", "seat"), 30}, col{i18n.T("空缺情况", "opens"), 20},
		col{i18n.T("人选编号", "candidate id"), 11}, colName, colPost, colLevel, colTenure, colAge, col{i18n.T("熟悉领域", "fields"), 22}, col{i18n.T("学历", "degree"), 9},
		col{i18n.T("离家车程（分钟）", "min from home"), 11}, col{i18n.T("年度考核", "appraisals"), 24}, col{i18n.T("家庭情况", "family"), 30})
	t.note = p.say(i18n.T("人选按官方排序列出，不排名次；每个岗位最多列五名", "candidates stand in official order and are not ranked; at most five for a seat"))
	for _, s := range p.brief.Seats {
		if !p.seesPost(s.Post) {
			continue
		}
		e := p.seat(s)
		head := []any{e.Post, e.Title, p.say(i18n.F("%[1]s；符合条件 %[2]d 人", "%[1]s; %[2]d eligible", e.Opens, e.Eligible))}
		if len(e.Candidates) == 0 {
			t.add(moving, append(head, "", "", p.say(i18n.T("没有平级人选", "nobody at the same level")), "", "", "", "", "", "", "", "")...)
		}
		for i, c := range e.Candidates {
			tn := plain
			if i == 0 {
				tn = moving
			}
			t.add(tn, append(slices.Clone(head), c.Cadre, c.Name, c.Title, c.Level, c.Tenure, known(c.Age), p.list(c.Fields), c.Degree, known(c.Minutes),
				p.list(c.Appraisals), p.list(c.Family))...)
		}
	}
	return t
}

func known(n int) any {
	if n == posting.Unknown {
		return ""
	}
	return n
}

// WriteList prints the four lists and the open seats as text.
func WriteList(w io.Writer, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	t := &text{p: p}
	t.line(i18n.F("%[1]s，基准日 %[2]s", "%[1]s, plan date %[2]s", p.pol.Name, p.x.Calendar.Date.String()))
	for i, all := range p.fourLists() {
		es := p.entries(all)
		t.head(i18n.F("%[1]s（%[2]d 人）", "%[1]s (%[2]d)", listNames[i].name, len(es)))
		for _, e := range es {
			t.columns([]int{10, 10, 40, 12}, e.Cadre, e.Name, e.Title, e.Tenure, p.clauses(e.Clauses))
		}
	}
	t.seats()
	t.reminders()
	_, err := io.WriteString(w, t.b.String())
	return err
}

func (t *text) seats() {
	var seats []SeatEntry
	for _, s := range t.p.brief.Seats {
		if t.p.seesPost(s.Post) {
			seats = append(seats, t.p.seat(s))
		}
	}
	t.head(i18n.F("空缺和将要腾出的岗位（%d 个）", "open and opening seats (%d)", len(seats)))
	for _, s := range seats {
		t.item(i18n.F("%[1]s %[2]s：%[3]s，符合条件 %[4]d 人", "%[1]s %[2]s: %[3]s, %[4]d eligible", s.Post, s.Title, s.Opens, s.Eligible))
		for _, c := range s.Candidates {
			t.b.WriteString("  ")
			t.columns([]int{10, 10, 40, 12}, c.Cadre, c.Name, c.Title, c.Tenure, t.p.candidateFacts(c))
		}
	}
}

// reminders are what earlier rounds owe.
func (t *text) reminders() {
	rows := t.p.reminders().rows
	if len(rows) == 0 {
		return
	}
	t.head(i18n.F("跟踪提醒（%d 项）", "reminders (%d)", len(rows)))
	for _, r := range rows {
		var cells []string
		for _, v := range r.cells[:len(r.cells)-1] { // the note stays on paper
			cells = append(cells, v.(string))
		}
		t.columns([]int{10, 10, 40, 9, 34}, cells...)
	}
}

// candidateFacts is one line of facts, blanks left out.
func (p *papers) candidateFacts(c CandidateEntry) string {
	out := []string{c.Level}
	if c.Age != posting.Unknown {
		out = append(out, p.say(i18n.F("%d岁", "age %d", c.Age)))
	}
	out = append(out, c.Degree, p.list(c.Fields))
	if c.Minutes != posting.Unknown {
		out = append(out, p.say(i18n.F("离家%d分钟", "%d min from home", c.Minutes)))
	}
	out = append(out, p.list(c.Appraisals), p.list(c.Family))
	return p.join(slices.DeleteFunc(out, func(s string) bool { return s == "" }))
}

// columns prints cells padded to display widths; the last is as long as it is.
func (t *text) columns(widths []int, cells ...string) {
	t.b.WriteString("  ")
	for i, s := range cells {
		t.b.WriteString(s)
		if i < len(widths) {
			t.b.WriteString(strings.Repeat(" ", max(1, widths[i]-displayWidth(s))))
		}
	}
	t.b.WriteString("\n")
}

// WriteListXLSX writes list.xlsx: the four lists and the seats, a sheet each.
func WriteListXLSX(path string, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	return writeBook(path, p, p.listFirst, p.listTables())
}

func (p *papers) listFirst() []line {
	lines := p.banner(i18n.T("交流对象和空缺岗位情况", "who may move, and which seats are open"), i18n.T("项目", "item"))
	for i, all := range p.fourLists() {
		lines = append(lines, line{left: p.say(listNames[i].name), right: fmt.Sprint(len(p.entries(all)))})
	}
	return append(lines, line{left: p.say(i18n.T("空缺和将要腾出的岗位", "open and opening seats")), right: fmt.Sprint(len(p.brief.Seats))}, line{part: remark})
}
