package generate

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"

	"cadre/internal/i18n"
	"cadre/posting"
)

// What can be planted so that no plan exists. Each needs recorded decisions only, which are hard: the tables stay sound.
const (
	PlantAny  = "infeasible" // the seed chooses one of the others
	PlantSeat = "seat"       // two cadres are fixed on one seat
	PlantKin  = "kin"        // two of kin are fixed on seats under one superior
	PlantStay = "stay"       // somebody must move whom no post of his level takes
)

// Plants lists what can be planted, PlantAny first.
func Plants() []string { return []string{PlantAny, PlantSeat, PlantKin, PlantStay} }

// Planted is what stands in the way of any plan: the clauses that clash, and about whom.
type Planted struct {
	Kind     string    `json:"kind"`
	Clauses  []string  `json:"clauses"`
	Subjects []string  `json:"subjects"` // ids of cadres and posts
	Text     i18n.Text `json:"text"`
}

// plant changes recorded decisions so that the instance has no plan; nil where the options plant nothing.
func (b *builder) plant() *Planted {
	r, kind := b.o.rand(stagePlant), b.o.Plant
	if kind == PlantAny {
		kind = pick(r, Plants()[1:])
	}
	switch kind {
	case PlantSeat:
		return b.plantSeat(r)
	case PlantKin:
		return b.plantKin(r)
	case PlantStay:
		return b.plantStay(r)
	}
	return nil
}

// unbound draws seats whose holders nothing else was decided about.
func (b *builder) unbound(r *rand.Rand, n int, fit func(int) bool) []int {
	undecided := func(p int) bool {
		c := b.cadreAt(p)
		return b.local(p) && b.seats[p].leaves == "" && c.Disposition == posting.Normal && !c.Hold && !c.Review && !c.Care &&
			c.Duty == posting.NoDuty && !b.tied(c.ID) && len(c.Also) == 0 && b.in.Posts[p].NeedLicence == "" && b.in.Posts[p].NeedEthnicity == ""
	}
	return b.draw(r, n, all(undecided, fit))
}

// plantSeat fixes two deputies on the seat of a third.
func (b *builder) plantSeat(r *rand.Rand) *Planted {
	ps := b.unbound(r, 3, all(b.leading, b.second, b.weighs(2)))
	for _, p := range ps[1:] {
		pin(b.cadreAt(p), posting.Fixed, b.in.Posts[ps[0]].ID)
	}
	return &Planted{PlantSeat, []string{"PIN", "R20"}, append(b.holders(ps[1:]), b.in.Posts[ps[0]].ID),
		i18n.T("两人被定岗到同一个岗位", "two cadres are fixed on one seat")}
}

// plantKin makes two members of one team kin and fixes both on their seats.
func (b *builder) plantKin(r *rand.Rand) *Planted {
	beside := func(p int) int {
		for _, q := range b.units[b.seats[p].unit].posts {
			if q > p && b.seats[q].held() && b.in.Posts[q].Superior != "" && b.in.Posts[q].Superior == b.in.Posts[p].Superior && b.seats[q].leaves == "" &&
				b.cadreAt(q).Disposition == posting.Normal && !b.tied(b.cadreAt(q).ID) {
				return q
			}
		}
		return none
	}
	p := b.unbound(r, 1, func(p int) bool { return b.leading(p) && beside(p) != none })[0]
	q := beside(p)
	one, two := b.cadreAt(p), b.cadreAt(q)
	pin(one, posting.Fixed, one.Post)
	pin(two, posting.Fixed, two.Post)
	b.tie(one, two, posting.Collateral)
	return &Planted{PlantKin, []string{"PIN", "R15"}, []string{one.ID, two.ID},
		i18n.T("同一领导之下的两名亲属都被定在原岗位", "two of kin under one superior are both fixed where they are")}
}

// plantStay tells somebody of a staff type and level that no other post has to move.
func (b *builder) plantStay(r *rand.Rand) *Planted {
	p := b.unbound(r, 1, all(b.leading, b.second))[0]
	c := b.cadreAt(p)
	c.Staff, c.Level = posting.Enterprise, posting.SectionDeputy
	pin(c, posting.MustMove, "")
	return &Planted{PlantStay, []string{"PIN"}, []string{c.ID},
		i18n.T("必动的一名干部没有合适去向", "one who must move has no lawful destination")}
}

func (b *builder) second(p int) bool { return b.in.Posts[p].Role == posting.Deputy }

// write writes planted.json beside the input; nothing for nil.
func (p *Planted) write(dir string) error {
	if p == nil {
		return nil
	}
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "planted.json"), append(text, '\n'), 0o644)
}
