package constraints

import (
	"slices"

	"cadre/policy"
	"cadre/posting"
)

// qualification: the person has what the post asks for. No rows.
type qualification struct{}

func (qualification) judge(s *scene, c *policy.Clause, sp spell) verdict {
	p, q := &s.Cadres[sp.cadre], &s.Posts[sp.post]
	var v verdict
	for _, item := range c.List("items") {
		switch meets(item, p, q) {
		case posting.No:
			v.breach++
		case posting.Blank:
			v.unknown = true
		}
	}
	v.unknown = v.unknown && v.breach == 0
	return v
}

func (qualification) facet(s *scene, q int) facet {
	p := &s.Posts[q]
	return facet{p.NeedParty, p.NeedEthnicity, p.NeedDegree, p.NeedLicence, p.NeedGrassroots}
}

// meets tells whether p is known to meet the item that q states; an item that q does not state is met.
func meets(item string, p *posting.Cadre, q *posting.Post) posting.Tri {
	switch item {
	case "party":
		return same(q.NeedParty, p.Party)
	case "ethnicity":
		return same(q.NeedEthnicity, p.Ethnicity)
	case "degree":
		return atLeast(int(q.NeedDegree), int(p.Degree), 0)
	case "grassroots":
		return atLeast(q.NeedGrassroots, p.Grassroots, posting.Unknown)
	}
	return tri(q.NeedLicence == "" || slices.Contains(p.Licences, q.NeedLicence))
}

func same(need, has string) posting.Tri {
	if need != "" && has == "" {
		return posting.Blank
	}
	return tri(need == "" || need == has)
}

func atLeast(need, has, blank int) posting.Tri {
	if need > 0 && has == blank {
		return posting.Blank
	}
	return tri(need <= 0 || has >= need)
}

func tri(b bool) posting.Tri {
	if b {
		return posting.Yes
	}
	return posting.No
}
