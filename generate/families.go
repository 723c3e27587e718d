package generate

import (
	"math/rand/v2"

	"cadre/posting"
)

// families draws homes, burdens and ties.
func (b *builder) families() {
	r := b.o.rand(stageFamilies)
	for i := range b.in.Cadres {
		b.household(r, &b.in.Cadres[i])
	}
	b.kinByPost()
	var spouses, kin []string
	for range int(b.o.Couples * float64(b.o.Size)) {
		spouses = append(spouses, b.couple(r)...)
	}
	for range int(b.o.Kin * float64(b.o.Size)) {
		kin = append(kin, b.relatives(r)...)
	}
	b.undated(r)
	b.note("夫妻", "couples", spouses...)
	b.note("其他亲属", "other kin", kin...)
}

// household draws home, size, exam year and care of parents.
func (b *builder) household(r *rand.Rand, c *posting.Cadre) {
	if !c.Arrival() {
		c.Home = b.home(r, c)
	}
	if !chance(r, b.o.Blank) {
		c.FamilySize = pick(r, []int{1, 1, 1, 1, 1, 2, 2, 3, 4})
	}
	age := int(PlanDate()-c.Birth) / 12
	if age >= 38 && age <= 50 && chance(r, 0.14) {
		c.ExamYear = planYear + r.IntN(3)
	}
	if c.ParentCare = posting.No; chance(r, 0.13) {
		c.ParentCare = posting.Yes
	}
	if chance(r, 3*b.o.Blank) {
		c.ParentCare = posting.Blank
	}
	if c.Hardship = posting.No; chance(r, 0.02) {
		c.Hardship = posting.Yes
	}
}

// home is the county seat for most, the place of work or another town for some, elsewhere for a few.
func (b *builder) home(r *rand.Rand, c *posting.Cadre) string {
	x := r.Float64()
	switch {
	case x < b.o.Blank/3:
		return ""
	case x < 0.75:
		return b.in.Places[seatPlace].ID
	case x < 0.88:
		return b.in.Places[b.placeOf(b.postAt(c.Post))].ID
	case x < 0.96 && b.childhoods > 1:
		return b.in.Places[1+r.IntN(b.childhoods-1)].ID
	}
	return posting.Elsewhere
}

func (b *builder) postAt(id string) int { return b.postRow[id] }

// kinByPost turns the ties that were cast on seats into ties of their holders.
func (b *builder) kinByPost() {
	for i := range b.in.Ties {
		t := &b.in.Ties[i]
		t.A = b.in.Cadres[b.seats[b.postAt(t.A)].holder].ID
		t.B = b.in.Cadres[b.seats[b.postAt(t.B)].holder].ID
		b.kin[t.A], b.kin[t.B] = true, true
	}
}

// tied tells whether the cadre has a tie already.
func (b *builder) tied(id string) bool { return b.kin[id] }

// stranger draws a seated cadre under the county's authority without a tie, other than in the unit.
func (b *builder) stranger(r *rand.Rand, fit func(*posting.Cadre) bool) *posting.Cadre {
	for _, i := range r.Perm(len(b.in.Cadres)) {
		if c := &b.in.Cadres[i]; !c.Arrival() && c.Authority == b.authority && !b.tied(c.ID) && fit(c) {
			return c
		}
	}
	return nil
}

// unitID is the unit of a cadre's main post.
func (b *builder) unitID(c *posting.Cadre) string { return b.in.Posts[b.postAt(c.Post)].Unit }

// couple ties a man and a woman of nearly the same age in two units, who live together.
func (b *builder) couple(r *rand.Rand) []string {
	wife := b.stranger(r, func(c *posting.Cadre) bool { return c.Sex == "女" })
	if wife == nil {
		return nil
	}
	husband := b.stranger(r, func(c *posting.Cadre) bool {
		gap := int(wife.Birth - c.Birth)
		return c.Sex == "男" && gap > -24 && gap < 72 && b.unitID(c) != b.unitID(wife)
	})
	if husband == nil {
		return nil
	}
	wife.Home, wife.ExamYear, wife.FamilySize = husband.Home, husband.ExamYear, husband.FamilySize
	return b.tie(wife, husband, posting.Spouse)
}

// relatives ties two cadres of two units: parent and child where the ages allow, siblings or cousins with one
// surname, or in-laws.
func (b *builder) relatives(r *rand.Rand) []string {
	a := b.stranger(r, func(*posting.Cadre) bool { return true })
	if a == nil {
		return nil
	}
	kin := pick(r, []posting.Kin{posting.Lineal, posting.Collateral, posting.Collateral, posting.InLaw})
	other := b.stranger(r, func(c *posting.Cadre) bool {
		gap := int(c.Birth-a.Birth) / 12
		surname := firstRune(c.Name) == firstRune(a.Name)
		return c.ID != a.ID && b.unitID(c) != b.unitID(a) && (kin == posting.InLaw ||
			kin == posting.Collateral && surname && gap > -15 && gap < 15 || kin == posting.Lineal && surname && a.Sex == "男" && gap >= 22)
	})
	if other == nil {
		return nil
	}
	return b.tie(a, other, kin)
}

func firstRune(s string) rune { return []rune(s)[0] }

func (b *builder) tie(a, c *posting.Cadre, kin posting.Kin) []string {
	b.in.Ties = append(b.in.Ties, posting.Tie{A: a.ID, B: c.ID, Kin: kin})
	b.kin[a.ID], b.kin[c.ID] = true, true
	return []string{a.ID, c.ID}
}

// undated blanks the month of appointment of a few middle-level cadres, as registers of sections do: their tenure
// cannot be verified.
func (b *builder) undated(r *rand.Rand) {
	n := int(b.o.Blank * 16)
	ps := b.draw(r, n, all(b.middle, b.tenureIn(minimumTerm, 1000)))
	for _, p := range ps {
		b.cadreAt(p).PostSince = 0
	}
	b.note("任现职时间空白", "month of appointment blank", b.holders(ps)...)
}
