package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// records writes what earlier rounds left: the ledger of hard service, the follow-up sheet of this year's moves, and what
// was said in talks with some who are long in post.
func (b *builder) records() {
	r := b.o.rand(stageRecords)
	for i := range b.in.Cadres {
		b.ledger(r, &b.in.Cadres[i])
	}
	b.followUps(r)
	b.opinions(r)
}

// ledgerYears are the years of service that a ledger begun lately looks back.
const ledgerYears = 6

// ledger is one row for whoever served at a hard place or far from home within the years of the ledger.
func (b *builder) ledger(r *rand.Rand, c *posting.Cadre) {
	if c.Arrival() || c.Authority != b.authority || !c.UnitSince.Known() {
		return
	}
	months := min(int(PlanDate()-c.UnitSince), 12*ledgerYears)
	place := &b.in.Places[b.placeOf(b.postAt(c.Post))]
	row := posting.LedgerRow{Cadre: c.ID, Year: PlanDate().Year() - 1, Hardship: max(0, place.Hardship) * months}
	if c.Lodging != "" {
		row.Far = months
		if c.ParentCare == posting.Yes {
			row.Care = months
		}
	}
	if earlier := 12*ledgerYears - months; earlier > 0 && chance(r, 0.3) { // served at a hard place before
		row.Hardship += between(r, 1, 3) * between(r, 0, earlier)
	}
	if row.Hardship+row.Far+row.Care > 0 {
		b.in.Ledger = append(b.in.Ledger, row)
	}
}

// followUps are the sheets of the moves already made this year; of two promises one was kept, of the other nothing is known.
func (b *builder) followUps(r *rand.Rand) {
	var ids []string
	for i, d := range b.in.Done {
		f := posting.FollowUp{Round: (PlanDate() - 6).String(), Cadre: d.Cadre, Post: d.To, Date: d.Month, Reported: d.Month,
			Family: pick(r, []posting.Tri{posting.No, posting.No, posting.No, posting.Yes}), Remind: d.Month + 6}
		if i < 2 {
			f.Promised, f.Housing = []string{"住房", "子女入学"}, posting.Yes
		}
		b.in.FollowUps, ids = append(b.in.FollowUps, f), append(ids, d.Cadre)
	}
	b.note("上一轮的跟踪台账", "on the follow-up sheet of the last round", ids...)
}

// opinions are talks with three who have ten years in post and whom no decision keeps: two have difficulties that were
// answered, one differs and awaits an answer.
func (b *builder) opinions(r *rand.Rand) {
	answers := []string{"已协调周转房一套", "协调就近入学", ""}
	var ids []string
	for _, p := range b.draw(r, len(answers), func(p int) bool {
		c := b.cadreAt(p)
		return b.leading(p) && b.local(p) && c.PostSince.Known() && PlanDate()-c.PostSince-posting.Month(c.Deduct) >= 120 && c.Disposition == posting.Normal
	}) {
		i := len(ids)
		o := posting.Opinion{Cadre: b.cadreAt(p).ID, From: posting.Interview, Stance: posting.Difficulties, Difficulty: posting.DifficultyNames[2*i], Answer: answers[i], Date: PlanDate() - 1}
		if o.Answer == "" {
			o.From, o.Stance, o.Difficulty, o.Ground = posting.SendingUnit, posting.Differs, "", "在建项目未验收"
		}
		b.in.Opinions, ids = append(b.in.Opinions, o), append(ids, o.Cadre)
	}
	b.note("谈话和单位意见", "talks and opinions of units", ids...)
}
