package generate

import (
	"math/rand/v2"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// Months in one post that the rules of a county turn on.
const (
	minimumTerm  = 36  // R07
	eligibleFrom = 60  // R06, R12-R14
	overdueFrom  = 120 // R01
)

// standing settles how every seat stands on the plan date: vacant, held, for how long, and who is about to leave.
func (b *builder) standing() {
	r := b.o.rand(stageSeats)
	b.vacancies(r)
	b.overstaffed(r)
	b.leavers(r)
	b.engineers(r)
	b.specialSeats(r)
	b.longHeld(r)
	for p := range b.seats {
		if s := &b.seats[p]; s.held() && s.tenure == 0 {
			s.tenure = b.shortTenure(r, p)
		}
	}
}

// vacate empties one seat that fits, at most one in a unit, and says how it may be filled.
func (b *builder) vacate(r *rand.Rand, f posting.Filling, fit func(int) bool) []int {
	alone := func(p int) bool {
		for _, q := range b.units[b.seats[p].unit].posts {
			if b.seats[q].vacant {
				return false
			}
		}
		return true
	}
	ps := b.draw(r, 1, all(fit, alone))
	for _, p := range ps {
		b.seats[p].vacant = true
		b.in.Posts[p].Filling = f
	}
	return ps
}

func (b *builder) named(suffix string) func(int) bool {
	return func(p int) bool { return strings.HasSuffix(b.in.Posts[p].Name, suffix) }
}

func (b *builder) vacancies(r *rand.Rand) {
	far := func(p int) bool {
		return b.township(p) && b.in.Places[b.placeOf(p)].Tier >= 4 && b.in.Posts[p].Role == posting.Deputy
	}
	quiet := all(b.ordinary, b.inStyle(bureau), b.withoutEngineer)
	reserved := b.vacate(r, posting.ReservePromotion, all(quiet, b.principal, b.weighs(4)))
	frozen := b.vacate(r, posting.Frozen, all(quiet, b.deputy, b.weighs(2)))
	must := b.vacate(r, posting.MustFill, all(b.ordinary, b.named("纪委书记")))
	open := b.vacate(r, posting.Fillable, all(b.ordinary, far, b.weighs(2)))
	open = append(open, b.vacate(r, posting.Fillable, all(b.ordinary, b.inStyle(bureau), b.weighs(2)))...)
	for range b.o.scaled(2) {
		open = append(open, b.vacate(r, posting.Fillable, all(b.middle, b.named("副股长")))...)
	}
	b.note("预留提拔的空缺岗位", "vacant seat reserved for promotion", b.postIDs(reserved)...)
	b.note("冻结的空缺岗位", "frozen vacant seat", b.postIDs(frozen)...)
	b.note("必须填补的空缺岗位", "vacant seat that must be filled", b.postIDs(must)...)
	b.note("本批可填的空缺岗位", "vacant seats open in this batch", b.postIDs(open)...)
}

func (b *builder) placeOf(p int) int {
	id := b.in.Units[b.seats[p].unit].Place
	for i := range b.in.Places {
		if b.in.Places[i].ID == id {
			return i
		}
	}
	return seatPlace
}

func (b *builder) inStyle(s style) func(int) bool {
	return func(p int) bool {
		u := b.seats[p].unit
		return b.in.Units[u].Kind == posting.Department && b.units[u].style == s
	}
}

// atSeat tells whether the post is one of a department.
func (b *builder) atSeat(p int) bool { return b.in.Units[b.seats[p].unit].Kind == posting.Department }

func (b *builder) withoutEngineer(p int) bool {
	for _, q := range b.units[b.seats[p].unit].posts {
		if b.in.Posts[q].NeedLicence == engineerLicence {
			return false
		}
	}
	return true
}

// overstaffed cuts the headcount of deputies in units where every seat is held.
func (b *builder) overstaffed(r *rand.Rand) {
	var ids []string
	for _, u := range r.Perm(len(b.units)) {
		full := b.in.Units[u].Kind != posting.InstitutionUnit && b.units[u].style != tax && b.units[u].style != military
		for _, p := range b.units[u].posts {
			full = full && !b.seats[p].vacant
		}
		if full && len(ids) < b.o.scaled(2) {
			b.in.Units[u].Deps--
			ids = append(ids, b.in.Units[u].ID)
		}
	}
	b.note("超配单位", "units above their headcount", ids...)
}

// leaving is one kind of departure.
type leaving struct {
	class posting.LeaveClass
	fit   func(int) bool
	fill  posting.Filling
}

// leavers settles who retires and who leaves otherwise in the plan period. One of the retirements is that of an
// engineer, with which the chain of four begins; see engineers.
func (b *builder) leavers(r *rand.Rand) {
	plain := all(b.ordinary, b.fullUnit)
	office := all(plain, b.inStyle(bureau), b.withoutEngineer) // a seat beside an engineer's would end the chain early
	head := all(office, b.principal, b.weighs(4))
	list := []leaving{
		{posting.LeaveRetirement, head, posting.ReservePromotion},
		{posting.LeaveRetirement, all(plain, b.named("人大主席")), posting.Fillable},
		{posting.LeaveRetirement, all(plain, b.named("人大主席")), posting.Fillable},
		{posting.LeaveRetirement, all(plain, b.township, b.deputy, b.weighs(2)), posting.Fillable},
		{posting.LeaveRetirement, all(office, b.deputy, b.weighs(3)), posting.Fillable},
		{posting.LeavePromotion, all(plain, b.township, b.weighs(5)), posting.Fillable},
		{posting.LeaveTransfer, all(plain, b.township, b.deputy, b.weighs(3)), posting.Fillable},
		{posting.LeaveTransfer, all(plain, b.withoutEngineer, b.atSeat, b.deputy, b.weighs(2)), posting.Fillable},
		{posting.LeaveResignation, all(plain, b.township, b.deputy, b.weighs(2)), posting.Fillable},
	}
	for _, l := range list {
		for _, p := range b.draw(r, 1, l.fit) {
			b.leave(r, p, l)
		}
	}
}

// fullUnit tells whether nobody of the unit leaves yet and no seat of it is vacant.
func (b *builder) fullUnit(p int) bool {
	for _, q := range b.units[b.seats[p].unit].posts {
		if b.seats[q].vacant || b.seats[q].leaves != "" {
			return false
		}
	}
	return true
}

func (b *builder) leave(r *rand.Rand, p int, l leaving) {
	s := &b.seats[p]
	s.leaves, s.month = l.class, PlanDate()+posting.Month(between(r, 1, 10))
	s.tenure = between(r, 40, 110)
	if l.class == posting.LeaveRetirement {
		s.retires = s.month
	}
	if l.fill != posting.Fillable {
		b.in.Posts[p].Filling = l.fill
		b.cast = append(b.cast, Part{i18n.T("预留提拔的即将空出岗位", "seat about to open, reserved for promotion"), b.postIDs([]int{p})})
	}
}

// engineers lays the chain of four: of the posts that ask an engineer's licence one holder retires, the others are
// overdue, and each knows the field of the post before his own.
func (b *builder) engineers(r *rand.Rand) {
	var ps []int
	for _, p := range r.Perm(len(b.seats)) {
		if b.in.Posts[p].NeedLicence == engineerLicence {
			ps = append(ps, p)
			b.seats[p].taken, b.seats[p].licence = true, engineerLicence
		}
	}
	if len(ps) == 0 {
		return
	}
	b.leave(r, ps[0], leaving{class: posting.LeaveRetirement, fill: posting.Fillable})
	for i, p := range ps[1:] {
		b.seats[p].tenure = between(r, overdueFrom, overdueFrom+25)
		b.seats[p].fields = b.in.Posts[ps[i]].Fields
	}
	b.note("四人连锁：从第一个岗位退休空出起依次补位", chainTitle, b.postIDs(ps)...)
}

// shortTenure draws months below the eligible ones; nominated posts and those with a concurrent post turn over faster.
func (b *builder) shortTenure(r *rand.Rand, p int) int {
	if b.in.Posts[p].Nominated || b.carries(p) {
		return between(r, 4, minimumTerm-2)
	}
	return min(eligibleFrom-3, 3+int(r.ExpFloat64()*14)+between(r, 0, 22))
}

const chainTitle = "chain of four: from the first seat, which a retirement opens"
