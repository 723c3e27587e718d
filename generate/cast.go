package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// specialSeats casts the cases that hang on a seat.
func (b *builder) specialSeats(r *rand.Rand) {
	b.pairOverdue(r)
	b.stuckHead(r)
	b.ethnicHead(r)
	b.kinPair(r)
	b.nonParty(r)
	b.probation(r)
	b.nearRetirement(r)
	b.deducted(r)
}

// pairOverdue makes both principals of one township overdue: only one can go in a batch (R01 against R09).
func (b *builder) pairOverdue(r *rand.Rand) {
	second := func(p int) int { return b.units[b.seats[p].unit].posts[1] }
	free := func(p int) bool { return !b.carries(second(p)) }
	for _, p := range b.draw(r, 1, all(b.ordinary, b.fullUnit, b.township, b.weighs(5), b.alone, free)) {
		head := second(p)
		b.seats[head].taken = true
		b.seats[p].tenure, b.seats[head].tenure = between(r, overdueFrom, 132), between(r, overdueFrom, 128)
		b.note("党政正职均满十年的乡镇", "township whose two principals are both overdue", b.in.Units[b.seats[p].unit].ID)
	}
}

// alone tells whether no other seat of the unit's principals is part of a special case.
func (b *builder) alone(p int) bool {
	for _, q := range b.units[b.seats[p].unit].posts {
		if q != p && b.seats[q].taken && b.principal(q) || b.in.Posts[q].NeedEthnicity != "" {
			return false
		}
	}
	return true
}

// stuckHead makes the director of the hospital overdue: no other post of his staff type and weight exists.
func (b *builder) stuckHead(r *rand.Rand) {
	ps := b.draw(r, 1, func(p int) bool { return b.in.Posts[p].NeedLicence == doctorLicence })
	for _, p := range ps {
		b.seats[p].tenure, b.seats[p].licence = between(r, overdueFrom+10, 150), doctorLicence
	}
	b.note("满十年而无合适去向的单位正职岗位", "post of the overdue head without a lawful destination", b.postIDs(ps)...)
}

func (b *builder) ethnicHead(r *rand.Rand) {
	ps := b.draw(r, 1, func(p int) bool { return b.in.Posts[p].NeedEthnicity != "" })
	for _, p := range ps {
		b.seats[p].people = minority + "族"
		b.seats[p].tenure = between(r, 14, 40)
	}
	b.note("民族乡乡长岗位", "head's post of the 民族乡", b.postIDs(ps)...)
}

// kinPair takes two deputy heads of one township, who stand under the same head (R15).
func (b *builder) kinPair(r *rand.Rand) {
	open := func(p int) bool {
		posts := b.units[b.seats[p].unit].posts
		return b.township(p) && p == posts[7] && b.seats[posts[8]].held() && !b.seats[posts[8]].taken
	}
	for _, p := range b.draw(r, 1, all(b.ordinary, open)) {
		other := b.units[b.seats[p].unit].posts[8]
		b.seats[other].taken = true
		b.seats[p].tenure, b.seats[other].tenure = between(r, minimumTerm+2, 55), between(r, 8, 20)
		b.in.Ties = append(b.in.Ties, posting.Tie{A: b.in.Posts[p].ID, B: b.in.Posts[other].ID, Kin: posting.InLaw})
		b.note("任职回避的一对（岗位）", "the pair whose posts clash (R15)", b.postIDs([]int{p, other})...)
	}
}

// nonParty casts five who are not members of the Party, the head of a split bureau among them.
func (b *builder) nonParty(r *rand.Rand) {
	head := all(b.ordinary, b.inStyle(split), func(p int) bool { return b.in.Posts[p].Role == posting.GovernmentPrincipal })
	free := func(p int) bool { return b.in.Posts[p].NeedParty == "" && b.deputy(p) }
	n := b.o.scaled(5)
	ps := b.draw(r, 1, head)
	ps = append(ps, b.draw(r, (n-len(ps))/2, all(b.ordinary, b.township, free))...)
	ps = append(ps, b.draw(r, n-len(ps), all(b.ordinary, b.inStyle(bureau), free))...)
	for i, p := range ps {
		b.seats[p].party = otherParties()[i%len(otherParties())]
		b.seats[p].tenure = b.shortTenure(r, p)
	}
	b.note("非中共党员所在岗位", "posts held by people who are not members of the Party", b.postIDs(ps)...)
}

func (b *builder) probation(r *rand.Rand) {
	ps := b.draw(r, b.o.scaled(3), all(b.ordinary, b.deputy))
	for _, p := range ps {
		b.seats[p].recent, b.seats[p].tenure = true, between(r, 3, 10)
	}
	b.note("试用期内的岗位", "posts whose holders are on probation", b.postIDs(ps)...)
}

// nearRetirement casts deputies who retire soon after the plan period; one of them is overdue (R01 against R25).
func (b *builder) nearRetirement(r *rand.Rand) {
	ps := b.draw(r, b.o.scaled(5), all(b.ordinary, b.deputy, b.light))
	for i, p := range ps {
		b.seats[p].retires = PlanDate() + posting.Month(between(r, horizonLen+2, nearMonths-4))
		b.seats[p].tenure = between(r, 50, 100)
		if i == 0 {
			b.seats[p].tenure = between(r, overdueFrom, 150)
		}
	}
	b.note("满十年而临近退休的岗位", "post of the overdue deputy close to retirement", b.postIDs(ps[:min(1, len(ps))])...)
}

// deducted casts a deputy who has passed ten years in post but for months that do not count.
func (b *builder) deducted(r *rand.Rand) {
	ps := b.draw(r, 1, all(b.ordinary, b.deputy, b.township))
	for _, p := range ps {
		b.seats[p].tenure, b.seats[p].deduct = overdueFrom+4, between(r, 6, 12)
	}
	b.note("扣减后不满十年的岗位", "post whose holder stays below ten years after the deduction", b.postIDs(ps)...)
}

// nearMonths is the county's reading of R25 in the policy of the example.
const nearMonths = 36

// light tells whether nobody of the unit is overdue yet: a small team lets only one go (R10).
func (b *builder) light(p int) bool { return b.load(p) == 0 }

// load counts the overdue holders in the team of p's unit.
func (b *builder) load(p int) int {
	n := 0
	for _, q := range b.units[b.seats[p].unit].posts {
		if b.in.Posts[q].Team && b.seats[q].tenure >= overdueFrom {
			n++
		}
	}
	return n
}

// longHeld casts overdue and eligible holders up to the shares of the options: principals by number, so that each of
// them finds others of his weight to change with, deputies for the rest; and the middle level.
func (b *builder) longHeld(r *rand.Rand) {
	leaders := 0
	for p := range b.seats {
		if b.leading(p) && b.local(p) && b.seats[p].held() {
			leaders++
		}
	}
	room := func(p int) bool { return b.light(p) || b.township(p) && b.load(p) == 1 }
	first := all(b.ordinary, b.light, b.principal, b.alone)
	b.age(r, overdueFrom, 1, all(first, b.weighs(5)))
	b.age(r, overdueFrom, 1, all(first, b.weighs(4)))
	for range max(0, int(b.o.Overdue*float64(leaders))-b.count(overdueFrom)) {
		b.age(r, overdueFrom, 1, all(b.ordinary, room, b.deputy, b.heavier(1)))
	}
	b.age(r, eligibleFrom, b.o.scaled(6), all(b.ordinary, b.principal, b.weighs(5)))
	b.age(r, eligibleFrom, b.o.scaled(6), all(b.ordinary, b.principal, b.weighs(4)))
	most := int((b.o.Overdue + b.o.Eligible) * float64(leaders))
	b.age(r, eligibleFrom, max(0, most-b.count(eligibleFrom)), all(b.ordinary, b.deputy, b.heavier(1)))
	b.ageMiddle(r)
}

// heavier tells whether a post weighs more than w.
func (b *builder) heavier(w int) func(int) bool {
	return func(p int) bool { return b.in.Posts[p].Weight > w }
}

// count is the number of leading seats held at least so many months.
func (b *builder) count(months int) int {
	n := 0
	for p := range b.seats {
		if b.leading(p) && b.local(p) && b.seats[p].tenure >= months {
			n++
		}
	}
	return n
}

// age gives up to n seats a tenure from the stated months on and returns how many it found.
func (b *builder) age(r *rand.Rand, from, n int, fit func(int) bool) int {
	fresh := func(p int) bool { return b.seats[p].tenure == 0 }
	ps := b.draw(r, n, all(fresh, fit))
	most := overdueFrom - 6
	if from == overdueFrom {
		most = overdueFrom + 36
	}
	for _, p := range ps {
		b.seats[p].tenure = between(r, from, most)
		b.seats[p].taken = false // its tenure keeps it from being drawn again here; decisions may still fall on it
	}
	return len(ps)
}

// ageMiddle casts the middle level: the stated share five years or more in post, a few of them beyond ten.
func (b *builder) ageMiddle(r *rand.Rand) {
	n := 0
	for p := range b.seats {
		if b.middle(p) && b.seats[p].held() {
			n++
		}
	}
	long := int(b.o.Middle * float64(n))
	old := b.age(r, overdueFrom, long/9, b.middle)
	b.age(r, eligibleFrom, long-old, b.middle)
}
