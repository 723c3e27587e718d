package posting

// Word is a decision that a meeting takes on one line of a plan.
type Word string

// The words of the decision column.
const (
	Agreed     Word = "同意"     // the move is to be made as planned
	NoChange   Word = "不作调整"   // the cadre stays where he is
	Another    Word = "另行考虑人选" // the seat is to be filled, by somebody else
	Assigned   Word = "指定到岗"   // the cadre is to go to the post named
	NotSuited  Word = "不宜到该岗"  // the cadre is not to go to the post planned
	Deferred   Word = "缓议至"    // the cadre is left out until the month named
	TakenBack  Word = "收回"     // an earlier decision no longer stands; never written in the column, where a blank says so
	NoDecision Word = ""
)

// Stage is the meeting or step at which a decision is taken.
type Stage string

// The words of the stage column.
const (
	DepartmentMeeting Stage = "部务会"
	SecretaryMeeting  Stage = "书记专题会"
	StandingCommittee Stage = "常委会"
	Talk              Stage = "谈话"
	UnitOpinion       Stage = "单位意见"
)

// Decision is a decision on one cadre in one round: stage and decision, never who said what.
type Decision struct {
	Cadre    string `json:"cadre"`
	Post     string `json:"post"` // planned for him in that round; the post he holds where he was to stay, "" where he leaves
	Decision Word   `json:"decision"`
	Stage    Stage  `json:"stage"`
	To       string `json:"to"`    // of 指定到岗
	Until    Month  `json:"until"` // of 缓议至
}

// Round is the record of one round (全程纪实): the plan that was put up, and what was decided on it.
type Round struct {
	Round     int        `json:"round"`
	Plan      string     `json:"plan_sha256"`
	Decisions []Decision `json:"decisions"`
}

// Process is how a plan came about: its number among the rounds, the plan before, of which as much as possible is kept, and
// the record of all earlier rounds. A plan made afresh is round 1 without a plan before.
type Process struct {
	Round         int       `json:"round"`
	ChangesBefore string    `json:"changes_before"` // the goal before which changes to the plan before count; "" where there is none
	Previous      []Planned `json:"previous"`
	Rounds        []Round   `json:"rounds"`
}

// Standing are the decisions that hold after all rounds, one for each cadre, the latest; in order of first decision.
func (p *Process) Standing() []Decision {
	var out []Decision
	at := map[string]int{}
	for _, r := range p.Rounds {
		for _, d := range r.Decisions {
			if i, ok := at[d.Cadre]; ok {
				out[i] = d
				continue
			}
			at[d.Cadre] = len(out)
			out = append(out, d)
		}
	}
	kept := out[:0]
	for _, d := range out {
		if d.Decision != TakenBack && d.Decision != NoDecision {
			kept = append(kept, d)
		}
	}
	return kept
}
