package generate

import (
	"math/rand/v2"

	"cadre/internal/i18n"
	"cadre/posting"
)

// countyAuthority is the planning authority of a county that stands alone.
const countyAuthority = "县管"

// Part is one special case of a generated instance and whom it concerns: ids of cadres, posts or units.
type Part struct {
	Title i18n.Text
	IDs   []string
}

// Generated is an instance with the list of its special cases.
type Generated struct {
	Instance *posting.Instance
	Cast     []Part
	Planted  *Planted // what stands in the way of any plan, nil nothing
}

// County generates a county. It fails on options out of range and never otherwise.
func County(o Options) (*Generated, error) {
	if err := KindCounty.Check(o); err != nil {
		return nil, err
	}
	b := newBuilder(o, countyAuthority, o.county().Zh, counters{})
	b.county()
	return &Generated{Instance: b.in, Cast: b.cast, Planted: b.plant()}, nil
}

// counters are how many of each have been numbered before: parts of one instance number on.
type counters struct{ cadres, arrivals, posts, units, places, exceptions int }

func newBuilder(o Options, authority, name string, from counters) *builder {
	b := &builder{o: o, in: &posting.Instance{Name: name}, authority: authority, from: from, postRow: map[string]int{}, kin: map[string]bool{},
		ages:    func(level posting.Level, _ int) (int, int) { return typicalAge(level) },
		retires: func(_ posting.Level, sex string, birth posting.Month) posting.Month { return retirement(sex, birth) }}
	b.childhoods = b.townships() + 1
	return b
}

// after is where the part that follows numbers on.
func (b *builder) after() counters {
	n := b.from
	for i := range b.in.Cadres {
		if b.in.Cadres[i].Arrival() {
			n.arrivals++
		}
	}
	n.cadres, n.posts, n.units = n.cadres+len(b.in.Cadres), n.posts+len(b.in.Posts), n.units+len(b.in.Units)
	n.places, n.exceptions = n.places+len(b.in.Places), n.exceptions+len(b.in.Exceptions)
	return n
}

// county takes the steps of a county, one after another.
func (b *builder) county() {
	b.land()
	b.organs()
	b.standing()
	b.people()
	b.families()
	b.decisions()
	b.housing()
	b.history()
	b.records()
}

// builder grows an instance; each step reads what the earlier ones left.
type builder struct {
	o     Options
	in    *posting.Instance
	spots []spot // of the places, parallel to in.Places
	units []organ
	seats []seat // parallel to in.Posts
	cast  []Part

	authority string
	from      counters
	postRow   map[string]int  // position of each post by id
	kin       map[string]bool // ids of those with a tie

	childhoods int                                                  // one grew up at one of so many places
	ages       func(level posting.Level, unit int) (mean, half int) // of those who hold a level
	retires    func(level posting.Level, sex string, birth posting.Month) posting.Month
}

// organ is what the generator knows of a unit beside its row.
type organ struct {
	style    style
	township bool
	posts    []int // positions of its posts
}

// seat is how a post stands on the plan date, and what is already settled about its holder.
type seat struct {
	unit    int
	vacant  bool
	by      int // position of the post whose holder holds this one as a concurrent post, none
	taken   bool
	tenure  int // months
	deduct  int // months of them that do not count
	holder  int // position of the holder among the cadres, none
	retires posting.Month
	leaves  posting.LeaveClass
	month   posting.Month // of leaving
	sex     string
	party   string
	people  string   // 民族
	fields  []string // beside the post's own
	licence string
	recent  bool // on probation
}

const none = -1

// held tells whether somebody's main post it is on the plan date.
func (s *seat) held() bool { return !s.vacant && s.by == none }

// note records a special case for the story and the census.
func (b *builder) note(zh, en string, ids ...string) {
	b.cast = append(b.cast, Part{i18n.T(zh, en), ids})
}

// draw takes up to n seats, in random order, that are held, not yet part of a special case, and fit.
func (b *builder) draw(r *rand.Rand, n int, fit func(p int) bool) []int {
	var out []int
	for _, p := range r.Perm(len(b.seats)) {
		if s := &b.seats[p]; len(out) < n && s.held() && !s.taken && fit(p) {
			s.taken = true
			out = append(out, p)
		}
	}
	return out
}

// all tells whether every test holds.
func all(tests ...func(int) bool) func(int) bool {
	return func(p int) bool {
		for _, t := range tests {
			if !t(p) {
				return false
			}
		}
		return true
	}
}

func (b *builder) leading(p int) bool   { return b.in.Posts[p].Leading }
func (b *builder) middle(p int) bool    { return !b.in.Posts[p].Leading }
func (b *builder) local(p int) bool     { return b.in.Posts[p].Authority == b.authority }
func (b *builder) principal(p int) bool { return b.in.Posts[p].Role.Principal() }
func (b *builder) deputy(p int) bool    { return b.in.Posts[p].Level == posting.TownshipDeputy }
func (b *builder) township(p int) bool  { return b.units[b.seats[p].unit].township }

// ordinary tells whether a leading post of the team is open to anybody of its level, and moving its holder opens no
// second seat.
func (b *builder) ordinary(p int) bool {
	q := &b.in.Posts[p]
	return b.leading(p) && b.local(p) && !q.Nominated && q.NeedLicence == "" && q.NeedEthnicity == "" && q.Team && !b.carries(p)
}

// carries tells whether the holder of p has a concurrent post with it, which a move would leave empty.
func (b *builder) carries(p int) bool {
	for _, q := range b.units[b.seats[p].unit].posts {
		if b.seats[q].by == p {
			return true
		}
	}
	return false
}
func (b *builder) weighs(w int) func(int) bool {
	return func(p int) bool { return b.in.Posts[p].Weight == w }
}
func (b *builder) postIDs(ps []int) []string {
	ids := make([]string, len(ps))
	for i, p := range ps {
		ids[i] = b.in.Posts[p].ID
	}
	return ids
}

// holders are the ids of those who hold the posts.
func (b *builder) holders(ps []int) []string {
	ids := make([]string, len(ps))
	for i, p := range ps {
		ids[i] = b.in.Cadres[b.seats[p].holder].ID
	}
	return ids
}
