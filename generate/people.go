package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"cadre/posting"
)

// Ages. A cadre begins work at workAge or later; the table of the retirement reform of 2024 is that of R25.
const (
	workAge     = 21
	maleAge     = 60
	femaleAge   = 55
	mostDelay   = 36 // months
	stepMonths  = 4
	womenShare  = 0.24
	reformYear  = 2025
	nativeShare = 0.9 // of those whose 籍贯 is this county
)

// retirement is the month of retirement of a cadre below 县处级, after the reform of 2024.
func retirement(sex string, birth posting.Month) posting.Month {
	age := maleAge
	if sex == "女" {
		age = femaleAge
	}
	base, reform := birth+posting.Month(12*age), posting.NewMonth(reformYear, 1)
	if base < reform {
		return base
	}
	return base + min(mostDelay, (base-reform)/stepMonths+1)
}

// birthFor is the latest birth month with which one of the level and sex retires in the month.
func (b *builder) birthFor(level posting.Level, sex string, month posting.Month) posting.Month {
	birth := month - posting.Month(12*femaleAge)
	for b.retires(level, sex, birth) > month {
		birth--
	}
	return birth
}

// people draws the holders of all held seats in official order, then the arrivals.
func (b *builder) people() {
	r, names := b.o.rand(stagePeople), b.o.rand(stageNames)
	for p := range b.seats {
		if b.seats[p].held() {
			b.seats[p].holder = len(b.in.Cadres)
			b.in.Cadres = append(b.in.Cadres, b.person(r, names, p))
		}
	}
	b.concurrentHolders()
	b.departures()
	b.arrivals(r, names)
}

// concurrentHolders gives the concurrent posts to those who hold the main ones.
func (b *builder) concurrentHolders() {
	var ids []string
	for p := range b.seats {
		if by := b.seats[p].by; by != none {
			c := b.cadreAt(by)
			c.Also = append(c.Also, b.in.Posts[p].ID)
			ids = append(ids, c.ID)
		}
	}
	b.note("兼任", "holders of concurrent posts", ids...)
}

// person draws the holder of seat p: who he is, then what he has done.
func (b *builder) person(r, names *rand.Rand, p int) posting.Cadre {
	s, post := &b.seats[p], &b.in.Posts[p]
	n := b.from.cadres + len(b.in.Cadres) + 1
	c := posting.Cadre{ID: fmt.Sprintf("C%03d", n), Order: n, Sex: sexOf(r, s.sex), Post: post.ID, Level: post.Level, Staff: post.Staff,
		Authority: post.Authority, Disposition: posting.Normal, FamilySize: posting.Unknown, Grassroots: posting.Unknown}
	c.Name = personName(names, c.Sex)
	c.PostSince, c.Deduct = PlanDate()-posting.Month(s.tenure), s.deduct
	c.Birth = b.birth(r, &c, s)
	b.career(r, &c, s)
	b.background(r, &c, s)
	c.Fields = b.fieldsOf(r, p)
	c.Appraisals = appraisals(r)
	if s.licence != "" {
		c.Licences = []string{s.licence}
	}
	if post.NeedLicence == teacherLicence {
		c.Licences = []string{teacherLicence}
	}
	return c
}

func sexOf(r *rand.Rand, settled string) string {
	if settled != "" {
		return settled
	}
	if chance(r, womenShare) {
		return "女"
	}
	return "男"
}

func personName(r *rand.Rand, sex string) string {
	surnames, given := []rune(commonSurnames), []rune(maleGiven)
	if chance(r, 0.45) {
		surnames = []rune(otherSurnames)
	}
	if sex == "女" {
		given = []rune(femaleGiven)
	}
	name := []rune{pick(r, surnames)}
	length := 3
	if chance(r, 0.25) {
		length = 2
	}
	for len(name) < length {
		if c := pick(r, given); !slices.Contains(name, c) {
			name = append(name, c)
		}
	}
	return string(name)
}

// typicalAge is the mean age, and half the spread, at which a level is held in a county.
func typicalAge(l posting.Level) (mean, half int) {
	switch l {
	case posting.SectionDeputy:
		return 33, 6
	case posting.SectionHead:
		return 40, 7
	case posting.TownshipDeputy:
		return 39, 8
	case posting.TownshipHead:
		return 46, 7
	}
	return 49, 4
}

// birth draws a birth month that agrees with the level, the months in post and the retirement that is settled; all
// others retire well after the horizon.
func (b *builder) birth(r *rand.Rand, c *posting.Cadre, s *seat) posting.Month {
	if s.retires.Known() {
		return b.birthFor(c.Level, c.Sex, s.retires)
	}
	mean, half := b.ages(c.Level, s.unit)
	age := max(mean+between(r, -half, half), mean-half-2+s.tenure/12)
	birth := PlanDate() - posting.Month(12*age+between(r, 0, 11))
	for b.retires(c.Level, c.Sex, birth) < PlanDate()+nearMonths+6 {
		birth += 12
	}
	return birth
}

// career draws the months of entry, level, unit and Party.
func (b *builder) career(r *rand.Rand, c *posting.Cadre, s *seat) {
	c.WorkSince = min(c.Birth+posting.Month(12*workAge+between(r, 0, 40)), c.PostSince-12)
	c.LevelSince = c.PostSince
	if !s.recent && chance(r, 0.5) {
		c.LevelSince = max(c.WorkSince+12, c.PostSince-posting.Month(between(r, 6, 60)))
	}
	if s.recent {
		c.Probation = c.PostSince + 11
	}
	c.UnitSince = c.PostSince
	if chance(r, 0.35) {
		c.UnitSince = max(c.WorkSince, c.PostSince-posting.Month(between(r, 6, 50)))
	}
	c.Degree = posting.Degree(pick(r, []int{2, 3, 3, 3, 3, 3, 3, 4, 4}))
	c.Grassroots = b.grassroots(r, c)
	b.party(r, c, s)
}

func (b *builder) grassroots(r *rand.Rand, c *posting.Cadre) int {
	if chance(r, b.o.Blank) {
		return posting.Unknown
	}
	served := int(PlanDate() - c.WorkSince)
	if chance(r, 0.25) {
		return between(r, 0, min(served, 20))
	}
	return between(r, min(served, 24), min(served, 200))
}

func (b *builder) party(r *rand.Rand, c *posting.Cadre, s *seat) {
	if c.Party = s.party; c.Party == "" {
		c.Party = partyMember
		c.PartySince = min(c.Birth+posting.Month(12*between(r, 20, 29)), c.PostSince)
	}
}

// background draws ethnicity, native place and the place where one grew up, which is blank for most.
func (b *builder) background(r *rand.Rand, c *posting.Cadre, s *seat) {
	c.Ethnicity = s.people
	if c.Ethnicity == "" {
		c.Ethnicity = pick(r, []string{"汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "汉族", minority + "族", "土家族"})
	}
	c.NativePlace = "外县"
	if chance(r, nativeShare) {
		c.NativePlace = b.in.Name
	}
	if c.GrewUp = b.grewUp(r); c.GrewUp == b.in.Units[s.unit].Place {
		c.GrewUp = "" // a known breach of area avoidance would not have been appointed
	}
	c.Reserve = c.Birth > PlanDate()-12*35 && c.Level >= posting.TownshipDeputy && chance(r, 0.4)
}

// blankGrewUp is the share of rosters' 成长地 that is blank, far above that of other facts.
const blankGrewUp = 0.75

func (b *builder) grewUp(r *rand.Rand) string {
	switch {
	case chance(r, blankGrewUp):
		return ""
	case chance(r, 0.3):
		return posting.Elsewhere
	}
	return b.in.Places[r.IntN(b.childhoods)].ID
}

// fieldsOf are the fields of the post that its holder has come to know, of the post before, and one or two more by chance.
func (b *builder) fieldsOf(r *rand.Rand, p int) []string {
	fields := append(slices.Clone(b.in.Posts[p].Fields), b.seats[p].fields...)
	other, party := pick(r, allFields()), chance(r, 0.35)
	if b.seats[p].licence != engineerLicence { // engineers know their own line of work only
		fields = append(fields, other)
	}
	if party && b.seats[p].licence != engineerLicence {
		fields = append(fields, "党务")
	}
	var out []string
	for _, f := range fields {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func appraisals(r *rand.Rand) []posting.Appraisal {
	var out []posting.Appraisal
	for year := planYear - 4; year < planYear; year++ {
		grade := "称职"
		if chance(r, 0.2) {
			grade = "优秀"
		} else if chance(r, 0.01) {
			grade = "基本称职"
		}
		out = append(out, posting.Appraisal{Year: year, Grade: grade})
	}
	return out
}
