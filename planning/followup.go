package planning

import (
	"cadre/internal/i18n"
	"cadre/posting"
)

// halfYear and year are the months after which the half-year and the one-year appraisal of a move fall due.
const (
	halfYear = 6
	oneYear  = 12
)

// FollowUpSheet is the follow-up sheet of a plan's round: a row for everybody who takes a post in the first period, with
// what is known already. It is filled in as things happen and read back with the next round's tables.
func FollowUpSheet(x *posting.Index, plan *posting.Plan) []posting.FollowUp {
	var out []posting.FollowUp
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		if a.Move == posting.MoveStay || a.To == "" || a.Period != 1 {
			continue
		}
		f := posting.FollowUp{Round: x.Calendar.Date.String(), Cadre: a.Cadre, Post: a.To, Date: a.Date, ReturnsTo: a.Keeps}
		if a.Date.Known() {
			f.Remind = a.Date + halfYear
		}
		out = append(out, f)
	}
	return out
}

// Reminder is one thing that the follow-up sheet shows to be due on the plan date.
type Reminder struct {
	Row   *posting.FollowUp
	Cadre int
	What  i18n.Text
	Since posting.Month // when it fell due; not known: no date
	Owed  bool          // promised, and not delivered or not confirmed
}

// Reminders lists what is due or owed, in the official order of people. A person who is in no table is left out: he has
// gone. Rows that end after the plan date owe nothing yet.
func Reminders(x *posting.Index) []Reminder {
	var out []Reminder
	for i := range x.FollowUps {
		f := &x.FollowUps[i]
		c := x.CadreAt(f.Cadre)
		if c == posting.None || f.Date > x.Calendar.Date {
			continue
		}
		for _, r := range append(owed(f), dueBy(f, x)...) {
			r.Row, r.Cadre = f, c
			out = append(out, r)
		}
	}
	return out
}

// owed are the promises that are not known to be kept.
func owed(f *posting.FollowUp) []Reminder {
	var out []Reminder
	for _, item := range f.Promised {
		switch f.Delivered(item) {
		case posting.No:
			out = append(out, Reminder{What: i18n.F("答应落实%s，尚未落实", "promised and not delivered: %s", itemText(item)), Owed: true})
		case posting.Blank:
			out = append(out, Reminder{What: i18n.F("答应落实%s，情况未填", "promised, no news: %s", itemText(item)), Owed: true})
		}
	}
	return out
}

// dueBy are the steps whose time has come by the plan date.
func dueBy(f *posting.FollowUp, x *posting.Index) []Reminder {
	var out []Reminder
	note := func(missing bool, at posting.Month, what i18n.Text) {
		if missing && at.Known() && at <= x.Calendar.Date {
			out = append(out, Reminder{What: what, Since: at})
		}
	}
	note(!f.Reported.Known(), f.Date, i18n.T("尚未报到", "has not reported for duty"))
	note(f.HalfYear == "", after(f.Date, halfYear), i18n.T("应作半年考核", "half-year appraisal due"))
	note(f.OneYear == "", after(f.Date, oneYear), i18n.T("应作一年考核", "one-year appraisal due"))
	if q := x.PostAt(f.Post); q != posting.None && x.Posts[q].Term != posting.TermOrdinary && x.Posts[q].TermMonths > 0 {
		months := x.Posts[q].TermMonths
		note(f.Midterm == "", after(f.Date, months/2), i18n.T("应作中期考核", "mid-term appraisal due"))
		note(f.Final == "", after(f.Date, months), i18n.T("应作期满考核", "final appraisal due"))
	}
	note(true, f.Remind, i18n.T("到提醒时间", "reminder"))
	return out
}

func after(m posting.Month, months int) posting.Month {
	if !m.Known() {
		return 0
	}
	return m + posting.Month(months)
}

// itemText names an item that may be promised.
func itemText(item string) i18n.Text {
	en := map[string]string{"住房": "housing", "配偶工作": "work for the spouse", "子女入学": "a school place", "家属随迁": "the family's move", "医疗": "medical care", "津贴": "allowances"}
	return i18n.T(item, en[item])
}
