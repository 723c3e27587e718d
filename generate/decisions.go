package generate

import (
	"fmt"
	"math/rand/v2"

	"cadre/posting"
)

// board is the body that decides dispositions.
const board = "县委组织部部务会"

// decisions draws what was decided about people before the batch.
func (b *builder) decisions() {
	r := b.o.rand(stageDecisions)
	b.doneMoves(r)
	b.fixed(r)
	b.staying(r)
	b.duties(r)
	b.exceptions(r)
	b.mustMove(r)
	b.unsuited(r)
	b.notNow(r)
}

func (b *builder) cadreAt(p int) *posting.Cadre { return &b.in.Cadres[b.seats[p].holder] }

// tenureIn tells whether a seat has been held for least to most months.
func (b *builder) tenureIn(least, most int) func(int) bool {
	return func(p int) bool { return b.seats[p].tenure >= least && b.seats[p].tenure <= most }
}

// doneMoves turns pairs of newly appointed people of equal weight into exchanges of this month.
func (b *builder) doneMoves(r *rand.Rand) {
	b.swap(r, all(b.ordinary, b.deputy, b.weighs(2), b.tenureIn(1, eligibleFrom)))
	b.swap(r, all(b.ordinary, b.deputy, b.weighs(3), b.tenureIn(1, eligibleFrom)))
	b.swap(r, all(b.middle, b.weighs(2), b.tenureIn(1, eligibleFrom)))
	var ids []string
	for _, d := range b.in.Done {
		ids = append(ids, d.Cadre)
	}
	b.note("本年度已交流", "moved already this year", ids...)
}

func (b *builder) swap(r *rand.Rand, fit func(int) bool) {
	first := b.draw(r, 1, fit)
	if len(first) == 0 {
		return
	}
	unit := &b.in.Units[b.seats[first[0]].unit]
	second := b.draw(r, 1, all(fit, func(p int) bool {
		u := &b.in.Units[b.seats[p].unit]
		return u.ID != unit.ID && (b.leading(p) || u.System == unit.System)
	}))
	if len(second) == 0 {
		return
	}
	b.swapped(first[0], second[0])
	b.swapped(second[0], first[0])
}

func (b *builder) swapped(p, from int) {
	c := b.cadreAt(p)
	c.PostSince, c.UnitSince = PlanDate(), PlanDate()
	b.seats[p].tenure = 0
	b.in.Done = append(b.in.Done, posting.Done{Cadre: c.ID, From: b.in.Posts[from].ID, To: c.Post, Month: PlanDate()})
}

func pin(c *posting.Cadre, d posting.Disposition, post string) {
	c.Disposition, c.FixedPost, c.DecidedBy = d, post, board
}

// fixed pins an arrival to a vacant seat, a deputy with less than the least term to a vacant seat in a far township,
// and one to the post he holds.
func (b *builder) fixed(r *rand.Rand) {
	var ids []string
	seats := b.openSeats()
	if len(seats) > 1 {
		soldier := &b.in.Cadres[len(b.in.Cadres)-1]
		pin(soldier, posting.Fixed, b.in.Posts[seats[1]].ID)
		soldier.Fields = append(soldier.Fields, b.in.Posts[seats[1]].Fields[0])
		ids = append(ids, soldier.ID)
		for _, p := range b.draw(r, 1, all(b.ordinary, b.deputy, b.township, b.weighs(2), b.tenureIn(12, minimumTerm-4))) {
			pin(b.cadreAt(p), posting.Fixed, b.in.Posts[seats[0]].ID)
			ids = append(ids, b.cadreAt(p).ID)
		}
	}
	for _, p := range b.draw(r, 1, all(b.ordinary, b.deputy, b.tenureIn(eligibleFrom, overdueFrom-1))) {
		pin(b.cadreAt(p), posting.Fixed, b.in.Posts[p].ID)
		ids = append(ids, b.cadreAt(p).ID)
	}
	b.note("定岗", "pinned to a post", ids...)
}

// openSeats are the vacant leading seats of 本批可填.
func (b *builder) openSeats() []int {
	var far, near []int
	for p := range b.seats {
		if !b.seats[p].vacant || !b.leading(p) || b.in.Posts[p].Filling != posting.Fillable {
			continue
		}
		if b.township(p) {
			far = append(far, p)
		} else {
			near = append(near, p)
		}
	}
	return append(far, near...)
}

// staying pins some to their posts: one of them overdue, three eligible.
func (b *builder) staying(r *rand.Rand) {
	n := b.o.scaled(10)
	ps := b.draw(r, 1, all(b.ordinary, b.deputy, b.township, b.tenureIn(overdueFrom, 1000)))
	ps = append(ps, b.draw(r, b.o.scaled(3), all(b.ordinary, b.tenureIn(eligibleFrom, overdueFrom-1)))...)
	ps = append(ps, b.draw(r, n-len(ps), all(b.ordinary, b.tenureIn(1, eligibleFrom-1)))...)
	for _, p := range ps {
		pin(b.cadreAt(p), posting.Stay, "")
	}
	b.note("不动", "pinned to stay", b.holders(ps)...)
}

// duties sends some to villages and one on a support mission, all beyond the plan period.
func (b *builder) duties(r *rand.Rand) {
	ps := b.draw(r, b.o.scaled(4), all(b.ordinary, b.deputy, b.tenureIn(14, overdueFrom-1)))
	for i, p := range ps {
		c := b.cadreAt(p)
		c.Duty, c.DutyUntil = posting.Village, PlanDate()+posting.Month(between(r, horizonLen, 20))
		if i == len(ps)-1 {
			c.Duty, c.DutyUntil = posting.Support, PlanDate()+posting.Month(between(r, 16, 30))
		}
	}
	b.note("援派驻村", "on village or support duty", b.holders(ps)...)
}

// exceptions records two: an overdue deputy stays until his project ends (R01), and a secretary of some age may take a
// post two weights lighter (R51).
func (b *builder) exceptions(r *rand.Rand) {
	for _, p := range b.draw(r, 1, all(b.ordinary, b.deputy, b.tenureIn(overdueFrom, 1000))) {
		b.except(p, "R01", "重点工程尚未竣工，暂留原岗位")
	}
	for _, p := range b.draw(r, 1, all(b.ordinary, b.township, b.weighs(5), b.tenureIn(eligibleFrom, overdueFrom-1))) {
		b.except(p, "R51", "本人申请改任人大主席")
	}
}

func (b *builder) except(p int, clause, ground string) {
	n := b.from.exceptions + len(b.in.Exceptions) + 1
	b.in.Exceptions = append(b.in.Exceptions, posting.Exception{No: fmt.Sprintf("E%02d", n), Clause: clause, Subject: b.cadreAt(p).ID,
		Ground: ground, Approver: "县委常委会", Document: fmt.Sprintf("干批〔%d〕%d号", planYear-1, 10+n), Until: posting.NewMonth(planYear, 12)})
	b.note("经批准的例外（"+clause+"）", "recorded exception ("+clause+")", b.cadreAt(p).ID)
}

func (b *builder) mustMove(r *rand.Rand) {
	ps := b.draw(r, 1, all(b.ordinary, b.township, b.deputy, b.weighs(2), b.tenureIn(minimumTerm+2, eligibleFrom-1)))
	for _, p := range ps {
		pin(b.cadreAt(p), posting.MustMove, "")
	}
	b.note("必动", "must move", b.holders(ps)...)
}

// unsuited names units that two cadres are not to be given.
func (b *builder) unsuited(r *rand.Rand) {
	ps := b.draw(r, b.o.scaled(2), all(b.ordinary, b.deputy, b.tenureIn(eligibleFrom, overdueFrom-1)))
	for _, p := range ps {
		u := (b.seats[p].unit + 1 + r.IntN(len(b.units)-1)) % len(b.units)
		b.cadreAt(p).Unsuited, b.cadreAt(p).DecidedBy = []string{b.in.Units[u].ID}, board
	}
	b.note("不宜", "not suited to a unit", b.holders(ps)...)
}

// notNow sets holds, reviews and deferrals; whose they are is told to nobody, the story included.
func (b *builder) notNow(r *rand.Rand) {
	long := all(b.ordinary, b.deputy, b.tenureIn(eligibleFrom, overdueFrom-1))
	any := all(b.ordinary, b.deputy, b.tenureIn(1, overdueFrom-1))
	for i, p := range append(b.draw(r, b.o.scaled(2), long), b.draw(r, b.o.scaled(2), any)...) {
		b.cadreAt(p).Hold = true
		if i%2 == 0 {
			b.cadreAt(p).HoldUntil = PlanDate() + posting.Month(between(r, 3, 9))
		}
	}
	for i, p := range append(b.draw(r, b.o.scaled(2), long), b.draw(r, 1, any)...) {
		b.cadreAt(p).Care = true
		if i == 0 {
			b.cadreAt(p).Consents = []string{b.in.Units[b.seats[p].unit].ID}
		}
	}
	for _, p := range b.draw(r, b.o.scaled(2), any) {
		b.cadreAt(p).Review = true
	}
}
