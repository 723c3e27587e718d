package scenario

import (
	"cadre/policy"
	"cadre/posting"
)

// Digest is what a comparison needs of a plan; the rest stays on disk.
type Digest struct {
	Moves    []Placed           // all who do not stay, in official order
	Unfilled []string           // posts left empty
	Metrics  map[string]float64 // see Metrics
	Missed   []Missed           // requirements not met, in order of the policy
	Gap      float64
	Proven   bool // every level within the gap asked
}

// Placed is where a plan puts a cadre who does not stay; To is "" for one who leaves.
type Placed struct {
	Cadre, From, To string
	Move            posting.Move
	Period          int
}

// Missed is a clause that a plan does not meet in full, with the people, posts or units short of it. Weighed
// considerations are not among them: they speak for or against, and are never met in full.
type Missed struct {
	Clause   string
	Amount   float64
	Subjects []string
}

// digest condenses a plan made under a policy.
func digest(p *posting.Plan, pol *policy.Policy) *Digest {
	d := &Digest{Metrics: Metrics(p), Gap: p.Gap, Proven: p.Status == "optimal"}
	for _, a := range p.Assignments {
		if a.Move != posting.MoveStay {
			d.Moves = append(d.Moves, Placed{a.Cadre, a.From, a.To, a.Move, a.Period})
		}
	}
	for _, u := range p.Unfilled {
		d.Unfilled = append(d.Unfilled, u.Post)
	}
	at := map[string]int{}
	for _, f := range p.Audit.Missed {
		c := clauseShown(pol, f.Clause)
		if c == nil || c.Modality == policy.Weighted {
			continue
		}
		i, ok := at[f.Clause]
		if !ok {
			i = len(d.Missed)
			at[f.Clause] = i
			d.Missed = append(d.Missed, Missed{Clause: f.Clause})
		}
		d.Missed[i].Amount += short(f)
		d.Missed[i].Subjects = append(d.Missed[i].Subjects, f.Subjects...)
	}
	return d
}

// short is by how much a finding misses its limit, at least one.
func short(f posting.Finding) float64 {
	if d := f.Measured - f.Limit; d > 1 {
		return d
	} else if -d > 1 {
		return -d
	}
	return 1
}

func clauseShown(pol *policy.Policy, id string) *policy.Clause {
	for i := range pol.Clauses {
		if c := &pol.Clauses[i]; c.Shown() == id {
			return c
		}
	}
	return nil
}
