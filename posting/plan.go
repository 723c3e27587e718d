package posting

// Move is what an assignment means for the person.
type Move string

const (
	MoveStay     Move = "stay"
	MoveTransfer Move = "transfer" // to another unit, same level
	MoveRotate   Move = "rotate"   // to another post of the unit, same level
	MoveAdvance  Move = "advance"  // 进一步使用: same level, heavier post
	MovePromote  Move = "promote"  // to a higher level
	MoveSecond   Move = "second"
	MoveSupport  Move = "support"
	MoveArrive   Move = "arrive"
	MoveRelieve  Move = "relieve"
	MoveLeave    Move = "leave"
)

// Plan is plan.json: the contract's document, written by planning and read by anybody. Field names and senses are
// fixed (docs/plan.schema.json); texts are in the language of the run.
type Plan struct {
	Version       int     `json:"version"`
	Status        string  `json:"status"` // optimal, feasible
	Limit         string  `json:"limit"`  // none, gap, time, work, interrupted, memory
	Deterministic bool    `json:"deterministic"`
	Objective     float64 `json:"objective"`
	Bound         float64 `json:"bound"`
	Gap           float64 `json:"gap"`
	PerCadre      float64 `json:"gap_points_per_cadre"`
	ClaimedBound  float64 `json:"claimed_bound"`
	Certified     bool    `json:"certified"`

	Levels      []LevelValue       `json:"levels"`
	Assignments []Assignment       `json:"assignments"`
	Unfilled    []Unfilled         `json:"unfilled"`
	Unplaced    []Unplaced         `json:"unplaced"`
	Audit       AuditReport        `json:"audit"`
	Candidates  CandidateCount     `json:"candidates"`
	Metrics     map[string]float64 `json:"metrics"`
	Opinions    OpinionState       `json:"opinions"`
	Final       bool               `json:"final"` // 定稿: no difference awaits an answer, and it was asked for
	Inputs      Inputs             `json:"inputs"`
	Process     Process            `json:"process"`
}

// OpinionState is how far the opinions on the moves of a plan have come: on how many moves somebody was asked, how many
// differ or have difficulties, and which of these have no answer yet. Silence is neither consent nor a veto.
type OpinionState struct {
	Moves       int           `json:"moves"`       // moves, placements and secondments of the plan
	NotAsked    int           `json:"not_asked"`   // of these, those on which nobody's opinion is recorded
	Differences int           `json:"differences"` // opinions on them that differ or tell of difficulties
	Open        []OpenOpinion `json:"open"`        // of these, those without an answer
}

// OpenOpinion is a difference that awaits the organisation's answer. Its ground stands in the office's papers only.
type OpenOpinion struct {
	Cadre  string        `json:"cadre"`
	Post   string        `json:"post"`
	From   OpinionSource `json:"from"`
	Stance Stance        `json:"stance"`
}

// LevelValue is one objective level of a plan; Value and Bound are already divided by Scale.
type LevelValue struct {
	Name   string  `json:"name"`
	Unit   string  `json:"unit"`
	Scale  int64   `json:"scale"`
	Value  float64 `json:"value"`
	Bound  float64 `json:"bound"`
	GapAbs float64 `json:"gap_abs"`
	GapRel float64 `json:"gap_rel"`
	Status string  `json:"status"` // optimal, feasible, unsolved
}

// Assignment is one spell of one person that begins in Period, stays included. Only Cadre, To and Period are a
// plan; the rest is derived, and the auditor recomputes it.
type Assignment struct {
	Cadre     string   `json:"cadre"`
	From      string   `json:"from"`
	To        string   `json:"to"` // "" for one who leaves
	Also      []string `json:"also"`
	Appoint   []string `json:"appoint"`
	Remove    []string `json:"remove"`
	Move      Move     `json:"move"`
	Period    int      `json:"period"`
	Date      Month    `json:"date"`
	Until     Month    `json:"until"`
	ReturnsTo string   `json:"returns_to"`
	Keeps     string   `json:"keeps"`
	Firm      bool     `json:"firm"`
	Order     int      `json:"order"` // place in the executable order of its period, 0 for stays; equal within a cycle
	Grounds   []string `json:"grounds"`
	Reasons   []string `json:"reasons"`
}

// Unfilled is a seat that the plan leaves empty, and how it could be filled.
type Unfilled struct {
	Post    string   `json:"post"`
	How     string   `json:"how"`
	Reasons []string `json:"reasons"`
}

// Unplaced is an arrival without a post.
type Unplaced struct {
	Cadre   string   `json:"cadre"`
	Reasons []string `json:"reasons"`
}

// AuditReport is the judgement of every clause on a plan. Levels and Metrics are the auditor's own recomputation.
type AuditReport struct {
	Satisfied    []ClauseCount      `json:"satisfied"`
	Violated     []Finding          `json:"violated"`
	Missed       []Finding          `json:"missed"`
	Waived       []Finding          `json:"waived"`
	Unverifiable []Finding          `json:"unverifiable"`
	Levels       []LevelValue       `json:"levels"`
	Metrics      map[string]float64 `json:"metrics"`
}

// ClauseCount says in how many judgements a clause was kept.
type ClauseCount struct {
	Clause string `json:"clause"`
	Count  int    `json:"count"`
	Text   string `json:"text"`
}

// Finding is one judgement of one clause: who and what it is about, what was measured against which limit.
type Finding struct {
	Clause    string   `json:"clause"`
	Subjects  []string `json:"subjects"`
	Period    int      `json:"period"`
	Measured  float64  `json:"measured"`
	Limit     float64  `json:"limit"`
	Unit      string   `json:"unit"`
	Exception string   `json:"exception,omitempty"` // number of the exception, or "pin", by which it is waived
	Text      string   `json:"text"`
}

// CandidateCount says how many (cadre, post) pairs the model offered and whether a limit left some out.
type CandidateCount struct {
	Limit   int    `json:"limit"` // per cadre, 0 none
	Kept    int    `json:"kept"`
	Dropped int    `json:"dropped"`
	Scope   string `json:"scope"` // all, list
}

// Inputs identifies what a plan was made from.
type Inputs struct {
	Instance string `json:"instance_sha256"`
	Policy   string `json:"policy_sha256"`
	Model    string `json:"model_sha256"`
	Engine   string `json:"engine"`
	Seed     int64  `json:"seed"`
	Solver   string `json:"solver"`
	Date     Month  `json:"date"`
}
