// Package planning is the library's front door: [Run] takes an instance, a policy and options, and hands back an
// [Outcome]: a plan that has passed its audit, or a proof that there is none. [Brief] tells without a solver who must,
// may and may not move, and which seats are open.
//
// It may import posting, policy, constraints, mip, solver/... and audit; it reads and writes no files.
package planning

import (
	"time"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
	"cadre/solver"
	"cadre/solver/certify"
	"cadre/solver/lexico"
)

// Outcome is what a run came to. Plan is nil unless Status is Optimal or Feasible.
type Outcome struct {
	Index    *posting.Index
	Policy   *policy.Policy
	Status   solver.Status
	Limit    solver.Limit
	Plan     *posting.Plan
	Briefing *Briefing
	Conflict *Conflict // where Status is Infeasible
	Near     *NearPlan // what comes nearest there, nil where none was found
	Refuted  bool      // whether that there is no plan is proven in exact arithmetic, and not the backend's word alone
	Model    *mip.Model
	// ModelFile is Model as a file, where Options ask for it and there is a plan.
	ModelFile []byte
	Values    []float64 // of Model's columns, nil without a plan
	// Certificate proves the plan's bounds; nil where Plan.Certified is false.
	Certificate *certify.Certificate
	Clock       []Phase      // wall times, for run.json only
	Trace       []string     // what a chain of backends did, for logs and run.json
	hash        string       // of Model, where there is a plan
	left        *lexico.Warm // what solving left behind, for Memory
}

// Phase is one step of a run and the wall time it took.
type Phase struct {
	Name string        `json:"name"`
	Took time.Duration `json:"took_ns"`
}

// Briefing is what planners hold against their own list before any solver runs. Positions are those of the Index;
// every slice is in official order.
type Briefing struct {
	Due    []Listed // 应交流
	May    []Listed // 可交流
	NotNow []Listed // 暂不列入本批: never with a reason
	Others []Listed // 不列入
	Coming []Coming // who becomes due in a later period of the horizon
	Seats  []Seat   // vacant on the plan date or opening in the first period, within the policy's authority
}

// Coming is a cadre who becomes due to move in a later period, if he has not moved by then.
type Coming struct {
	Listed     // as of the start of that period
	Period int // the first in which he is due
}

// Listed is one cadre of a list with what put him there.
type Listed struct {
	Cadre   int
	Months  int      // tenure in the main post, less the deduction
	Known   bool     // false where the date is blank
	Clauses []string // printed ids of the clauses that list him
}

// Why a seat of a mission or secondment opens.
const (
	MissionEnds    = "mission"    // its holder returns
	SecondmentEnds = "secondment" // its holder has his own post beside it
)

// Seat is an open or opening post, with three to five who could take it. They stand in official order and bear
// no rank: the list helps people to compare facts, it does not choose.
type Seat struct {
	Post       int
	Opens      string // vacant, departure:<class>, MissionEnds or SecondmentEnds
	Leaver     int    // the cadre who gives it up, posting.None
	Candidates []int  // cadres with a lawful destination here
	Eligible   int    // how many there are in all
}

// Conflict is a set of clauses, posts and people that cannot all be kept. Minimal tells whether each member was
// proven necessary by solving without it.
type Conflict struct {
	Groups  []Group
	Minimal bool
}

// Group is one member of a conflict: a clause, about these subjects (ids).
type Group struct {
	Clause   string
	Subjects []string
}
