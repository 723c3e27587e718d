package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// retiresAt is the month of retirement by level, sex and birth: women from 县处级副职 up retire with the men.
func retiresAt(level posting.Level, sex string, birth posting.Month) posting.Month {
	if level >= posting.CountyDeputy {
		sex = "男"
	}
	return retirement(sex, birth)
}

// agesAt are mean age and half the spread of those who hold a level in a unit of the pool. The published means (leading teams:
// province 53.5, prefecture 49.1, county 43.1; 39 of 100 county secretaries 45 or younger) are met with the months that a
// long tenure adds.
func (p *pool) agesAt(level posting.Level, unit int) (mean, half int) {
	out := unit < len(p.areas) // the teams of the areas come first
	switch {
	case level >= posting.BureauDeputy:
		return 53, 4
	case level == posting.CountyHead && out:
		return 46, 6
	case level == posting.CountyDeputy && out:
		return 42, 6
	case level >= posting.CountyDeputy && p.levels == cityLadder:
		return 48, 6
	case level == posting.CountyHead:
		return 45, 7
	case level == posting.CountyDeputy || level == posting.TownshipHead:
		return 41, 7
	}
	return 35, 6
}

// people draws the holders of all held seats in official order, then those who come and go.
func (p *pool) people() {
	r, names := p.o.rand(stagePeople), p.o.rand(stageNames)
	for q := range p.seats {
		if s := &p.seats[q]; s.held() {
			s.holder = len(p.in.Cadres)
			c := p.person(r, names, q)
			p.atLevel(r, &c, s)
			p.in.Cadres = append(p.in.Cadres, c)
		}
	}
	p.departures()
	for n := range max(1, p.cadres/arrivalsPer) {
		c := p.arrival(r, names, pick(r, []posting.Level{p.levels.head, p.levels.deputy, p.levels.deputy, p.levels.sectionHead}), n+1)
		c.Order, c.Fields = p.from.cadres+len(p.in.Cadres)+1, []string{"党务", pick(r, allFields())}
		p.in.Cadres = append(p.in.Cadres, c)
	}
}

// arrivalsPer is for how many cadres one arrives; licensed is the share of those who have the licence of another speciality.
const (
	arrivalsPer = 300
	licensed    = 0.02
)

// atLevel adds what the rules on terms ask of those at county level and above, and now and then a licence.
func (p *pool) atLevel(r *rand.Rand, c *posting.Cadre, s *seat) {
	if c.Level >= posting.CountyDeputy {
		c.AreaMonths = min(overdueFrom-1, int(PlanDate()-c.LevelSince))
		if s.unit < len(p.areas) { // those out in the areas were sent there
			c.AreaMonths = min(c.AreaMonths, int(PlanDate()-c.UnitSince))
		}
	}
	if len(c.Licences) == 0 && chance(r, licensed) {
		c.Licences = []string{pick(r, []string{engineerLicence, engineerLicence, teacherLicence, doctorLicence})}
	}
}

// Shares of those on whom a decision was recorded before the batch.
const (
	stayShare      = 0.03
	fixedShare     = 0.002
	mustMoveShare  = 0.002
	unsuitedShare  = 0.005
	holdShare      = 0.01
	careShare      = 0.008
	reviewShare    = 0.005
	dutyShare      = 0.013
	doneShare      = 0.01
	exceptionShare = 0.003
)

// of is a share of the pool's cadres.
func (p *pool) of(share float64) int { return int(share*float64(len(p.in.Cadres)) + 0.5) }

// decisions records what was decided about people of the pool before the batch.
func (p *pool) decisions() {
	r := p.o.rand(stageDecisions)
	long := all(p.ordinary, p.deputyHere, p.tenureIn(eligibleFrom, overdueFrom-1))
	for range p.of(doneShare) / 2 {
		p.swap(r, all(p.middle, p.weighs(2), p.plain, p.tenureIn(1, eligibleFrom)))
	}
	for _, q := range p.draw(r, p.of(stayShare), all(p.plain, p.tenureIn(1, overdueFrom-1))) {
		pin(p.cadreAt(q), posting.Stay, "")
	}
	for _, q := range p.draw(r, p.of(fixedShare), long) {
		pin(p.cadreAt(q), posting.Fixed, p.in.Posts[q].ID)
	}
	for _, q := range p.draw(r, p.of(mustMoveShare), all(p.middle, p.plain, p.weighs(2), p.tenureIn(minimumTerm+2, eligibleFrom))) {
		pin(p.cadreAt(q), posting.MustMove, "")
	}
	for _, q := range p.draw(r, p.of(unsuitedShare), long) {
		u := (p.seats[q].unit + 1 + r.IntN(len(p.units)-1)) % len(p.units)
		p.cadreAt(q).Unsuited, p.cadreAt(q).DecidedBy = []string{p.in.Units[u].ID}, board
	}
	for _, q := range p.draw(r, p.of(dutyShare), all(p.plain, p.tenureIn(14, overdueFrom-1))) {
		c := p.cadreAt(q)
		c.Duty, c.DutyUntil = pick(r, []posting.Duty{posting.Village, posting.Village, posting.Support}), PlanDate()+posting.Month(between(r, horizonLen, 30))
	}
	p.deferrals(r)
	for range p.of(exceptionShare) {
		for _, q := range p.draw(r, 1, all(p.ordinary, p.tenureIn(1, minimumTerm-1))) {
			p.except(q, "R07", "工作需要，经批准提前交流")
		}
	}
}

// deferrals sets holds, reviews and care.
func (p *pool) deferrals(r *rand.Rand) {
	anybody := all(p.plain, p.tenureIn(1, overdueFrom-1))
	for i, q := range p.draw(r, p.of(holdShare), anybody) {
		p.cadreAt(q).Hold = true
		if i%2 == 0 {
			p.cadreAt(q).HoldUntil = PlanDate() + posting.Month(between(r, 3, 9))
		}
	}
	for _, q := range p.draw(r, p.of(careShare), anybody) {
		p.cadreAt(q).Care = true
	}
	for _, q := range p.draw(r, p.of(reviewShare), anybody) {
		p.cadreAt(q).Review = true
	}
}

// plain tells whether nobody leaves the seat, and it is under the pool's own authority.
func (p *pool) plain(q int) bool { return p.seats[q].leaves == "" && p.local(q) }

// deputyHere tells whether the post is a deputy's at the level of the pool.
func (p *pool) deputyHere(q int) bool { return p.in.Posts[q].Level == p.levels.deputy && p.plain(q) }
