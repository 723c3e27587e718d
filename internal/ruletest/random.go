package ruletest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"cadre/posting"
)

// planDate is the plan date of every random world.
const planDate = "2026-01"

// draw picks at random. It makes the same choices for the same seed.
type draw struct{ *rand.Rand }

// chance is true in n of 100 cases.
func (d draw) chance(n int) bool { return d.IntN(100) < n }

// pick is one of the values.
func pick[T any](d draw, values ...T) T { return values[d.IntN(len(values))] }

// some is one of the values, or, in n of 100 cases, the blank.
func some[T any](d draw, n int, values ...T) T {
	var blank T
	if d.chance(n) {
		return blank
	}
	return pick(d, values...)
}

// month is one of the months a threshold away from the plan date, give or take one.
func (d draw) month(years ...int) posting.Month {
	base := posting.NewMonth(2026, 1)
	return base - posting.Month(12*pick(d, years...)) + posting.Month(d.IntN(3)-1)
}

// burdenLevel is the level that a leximin clause has to itself.
const burdenLevel = "burden"

// Random is the world of a seed: at most six cadres and six posts in one period, or three and four in two, with every
// feature of the rule kinds in play.
func Random(seed uint64) *World {
	d := draw{rand.New(rand.NewPCG(seed, 0))}
	w := &World{Seed: seed}
	periods, cadres, posts := 1, pick(d, 2, 3, 3, 3, 4, 4, 5, 6), pick(d, 2, 3, 4, 4, 5, 5, 6)
	theme := some(d, 40, themes...)
	if d.chance(30) || about(theme, "secondment", "support_mission") && d.chance(40) {
		periods, cadres, posts = 2, pick(d, 2, 3), pick(d, 2, 3, 4)
	}
	w.Head = fmt.Sprintf("version: 1\nplan_date: %s\nauthority: 县管\nhorizon: {periods: %d, months: %d}\nregime: %s\nlevels:\n",
		planDate, periods, pick(d, 12, 12, 6), pick(d, "ordinary", "ordinary", "election", "stability"))
	for _, name := range []string{"first", "second", burdenLevel, "third", "weighted"} {
		w.Head += fmt.Sprintf("  - {name: %[1]s, zh: %[1]s, en: %[1]s, unit: case}\n", name)
	}
	w.Clauses = d.clauses(theme)
	w.Instance = d.instance(cadres, posts, theme)
	w.Head = d.caps(w.Head)
	return w
}

// caps gives a level a cap now and then.
func (d draw) caps(head string) string {
	for _, name := range []string{"first", "second", "third", "weighted"} {
		if d.chance(5) {
			head = strings.Replace(head, "{name: "+name, fmt.Sprintf("{most: %d, name: %s", d.IntN(3), name), 1)
		}
	}
	return head
}

func (d draw) instance(cadres, posts int, theme []string) posting.Instance {
	in := posting.Instance{Name: "random"}
	for i := range 3 {
		in.Places = append(in.Places, d.place(i))
	}
	for i := range d.IntN(2) + 2 {
		in.Units = append(in.Units, d.unit(i))
	}
	for i := range posts {
		in.Posts = append(in.Posts, d.post(i, len(in.Units)))
	}
	for i := range in.Posts {
		if p := &in.Posts[i]; d.chance(50) {
			p.Superior = in.Posts[d.IntN(posts)].ID
			if p.Superior == p.ID {
				p.Superior = ""
			}
		}
	}
	seats := d.Perm(posts)
	for i := range cadres {
		in.Cadres = append(in.Cadres, d.cadre(i, posts))
		d.seat(&in.Cadres[i], i, seats)
	}
	missions := 12
	if about(theme, "support_mission") {
		missions = 50
	}
	d.terms(&in, missions)
	d.events(&in)
	d.history(&in, theme)
	d.records(&in, theme)
	d.previous(&in)
	return in
}

// seat gives a cadre a main post of his own, now and then one that is taken, or makes him an arrival.
func (d draw) seat(c *posting.Cadre, i int, seats []int) {
	switch {
	case i >= len(seats) || i > 0 && d.chance(12):
		c.Arrives, c.PostSince, c.Deduct = pick(d, posting.NewMonth(2025, 11), posting.NewMonth(2026, 5), posting.NewMonth(2027, 1)), 0, 0
		if i >= len(seats) || d.chance(80) {
			return
		}
		c.Arrives = posting.NewMonth(2028, 6)
	case d.chance(8):
		c.Post = postID(seats[d.IntN(len(seats))])
	default:
		c.Post = postID(seats[i])
	}
	if c.Post != "" && d.chance(12) {
		if also := postID(seats[d.IntN(len(seats))]); also != c.Post {
			c.Also = []string{also}
		}
	}
}

func cadreID(i int) string { return string(rune('A' + i)) }
func postID(i int) string  { return fmt.Sprintf("P%d", i+1) }
func unitID(i int) string  { return fmt.Sprintf("U%d", i+1) }
func placeID(i int) string { return fmt.Sprintf("Z%d", i+1) }

func (d draw) place(i int) posting.Place {
	p := posting.Place{ID: placeID(i), Order: i + 1, Name: "地" + placeID(i), Tier: pick(d, posting.Unknown, 2, 3, 3, 4),
		Hardship: pick(d, posting.Unknown, 0, 1, 2), Lodging: pick(d, posting.Unknown, 0, 1, 1, 2), Outside: pick(d, 0, 0, 0, 1),
		Zone: some(d, 20, "东片", "西片")}
	if i > 0 && d.chance(40) {
		p.Parent = placeID(0)
	}
	if p.Lodging < p.Outside {
		p.Outside = 0
	}
	return p
}

func (d draw) unit(i int) posting.Unit {
	return posting.Unit{ID: unitID(i), Order: i + 1, Name: "单位" + unitID(i), Kind: some(d, 5, posting.Township, posting.Township, posting.Department, posting.MassOrg),
		Place: some(d, 8, placeID(0), placeID(1), placeID(2)), System: some(d, 25, "综合", "农业"), Tier: pick(d, posting.Unknown, 2, 3),
		Regulates: some(d, 40, []string{"建筑"}, []string{"运输", "建筑"}), Heads: d.headcount(), Deps: d.headcount(), Middle: d.headcount()}
}

func (d draw) headcount() int { return pick(d, posting.Unknown, posting.Unknown, 0, 1, 1, 2) }

func (d draw) post(i, units int) posting.Post {
	role := pick(d, posting.PartyPrincipal, posting.GovernmentPrincipal, posting.Deputy, posting.Deputy, posting.Deputy, posting.Member,
		posting.MiddleHead, posting.MiddleDeputy, posting.OtherStaff)
	leading := role <= posting.Member
	return posting.Post{ID: postID(i), Order: i + 1, Name: "岗" + postID(i), Unit: unitID(d.IntN(units)), Role: role,
		Level:   pick(d, posting.TownshipDeputy, posting.TownshipDeputy, posting.TownshipDeputy, posting.TownshipHead),
		Leading: leading != d.chance(5), Team: leading != d.chance(10), Key: d.chance(40), Counts: !d.chance(15),
		Weight: pick(d, posting.Unknown, 1, 2, 2, 3), Fields: some(d, 60, []string{"财政"}, []string{"农业", "财政"}),
		Function: some(d, 40, "组织", "财务", "宣传"),
		Filling:  pick(d, posting.Fillable, posting.Fillable, posting.Fillable, posting.MustFill, posting.ReservePromotion, posting.ReserveArrival, posting.Frozen),
		Approval: pick(d, posting.ByParty, posting.ByParty, posting.ByCongress, posting.ByElection, posting.ByDual), Audited: d.chance(30), Authority: pick(d, "县管", "县管", "县管", "县管", "县管", "市管", ""), Nominated: d.chance(8),
		HomeArea: d.chance(35), LiveIn: d.chance(15), Staff: some(d, 75, posting.Administrative, posting.Institution),
		NeedParty: some(d, 80, "中共党员"), NeedEthnicity: some(d, 90, "回族"), NeedDegree: some[posting.Degree](d, 80, 3), NeedLicence: some(d, 90, "会计师"),
		NeedGrassroots: some(d, 85, 24)}
}

func (d draw) cadre(i, posts int) posting.Cadre {
	c := posting.Cadre{ID: cadreID(i), Order: i + 1, Name: "郑" + cadreID(i), Sex: some(d, 10, "男", "女"), Birth: d.birth(),
		Ethnicity: some(d, 20, "汉族", "汉族", "回族"), GrewUp: some(d, 30, placeID(0), placeID(1), placeID(2), posting.Elsewhere),
		Party: some(d, 15, "中共党员", "中共党员", "中共预备党员", "群众"), Degree: some[posting.Degree](d, 15, 2, 3, 4), Licences: some(d, 70, []string{"会计师"}),
		Fields: some(d, 30, []string{"农业"}, []string{"财政"}, []string{"党务"}), Appraisals: d.appraisals(),
		Temperament: some(d, 40, []string{"沉稳"}, []string{"果断", "沉稳"}, []string{"果断"}),
		Level:       some(d, 8, posting.TownshipDeputy, posting.TownshipDeputy, posting.TownshipDeputy, posting.TownshipHead), Deduct: some(d, 80, 1),
		Staff: some(d, 20, posting.Administrative, posting.Institution), Authority: pick(d, "县管", "县管", "县管", "县管", "市管", ""),
		Grassroots: pick(d, posting.Unknown, 0, 23, 24), Home: some(d, 20, placeID(0), placeID(1), placeID(2), posting.Elsewhere),
		Lodging: some(d, 70, placeID(0), placeID(1)), FamilySize: pick(d, posting.Unknown, 3, 4), ExamYear: some(d, 70, 2026, 2027),
		ParentCare: some(d, 50, posting.No, posting.Yes), Hardship: some(d, 70, posting.No, posting.Yes), Reserve: d.chance(10)}
	if !d.chance(10) {
		c.PostSince = d.month(1, 2, 3, 4, 5, 5, 6, 9, 10, 10, 12)
	}
	d.facts(&c)
	d.decisions(&c, posts)
	d.protections(&c)
	return c
}

// birth lies near retirement, near the age of the young, or in between.
func (d draw) birth() posting.Month {
	if d.chance(10) {
		return 0
	}
	return posting.NewMonth(pick(d, 1966, 1967, 1968, 1971, 1972, 1973, 1980, 1989, 1990, 1991), d.IntN(12)+1)
}

func (d draw) appraisals() []posting.Appraisal {
	var out []posting.Appraisal
	for year := 2022; year <= 2026; year++ {
		if d.chance(30) {
			out = append(out, posting.Appraisal{Year: year, Grade: pick(d, "优秀", "称职")})
		}
	}
	return out
}

func (d draw) decisions(c *posting.Cadre, posts int) {
	c.Disposition = posting.Normal
	if d.chance(30) {
		c.Disposition = pick(d, posting.Stay, posting.MustMove, posting.Fixed)
	}
	if c.Disposition == posting.Fixed {
		c.FixedPost = postID(d.IntN(posts))
	}
	if d.chance(10) {
		c.Unsuited = []string{pick(d, postID(d.IntN(posts)), unitID(d.IntN(2)))}
	}
}

func (d draw) protections(c *posting.Cadre) {
	c.Hold, c.Care, c.Review = d.chance(10), d.chance(15), d.chance(6)
	if c.Hold {
		c.HoldUntil = d.end()
	}
	if c.Care {
		c.Consents = some(d, 50, []string{posting.Anywhere}, []string{"U1"}, []string{"P1", "P2"})
	}
	if d.chance(12) {
		c.Duty, c.DutyUntil = pick(d, posting.Support, posting.Village, posting.Secondment, posting.TaskForce), d.end()
	}
	if d.chance(8) {
		c.Probation = pick(d, posting.NewMonth(2025, 12), posting.NewMonth(2026, 1), posting.NewMonth(2026, 12))
	}
}

// end is the last month of something: open, just over, just not, or within the horizon.
func (d draw) end() posting.Month {
	return pick(d, 0, posting.NewMonth(2025, 12), posting.NewMonth(2026, 1), posting.NewMonth(2026, 6), posting.NewMonth(2026, 12), posting.NewMonth(2027, 1))
}

// events are ties, departures, exceptions, earlier moves and trips.
func (d draw) events(in *posting.Instance) {
	n := len(in.Cadres)
	for range d.IntN(4) {
		if a, b := d.IntN(n), d.IntN(n); a != b {
			in.Ties = append(in.Ties, posting.Tie{A: cadreID(a), B: cadreID(b),
				Kin: pick(d, posting.Spouse, posting.Spouse, posting.Spouse, posting.Lineal, posting.Collateral, posting.InLaw)})
		}
	}
	for i := range in.Cadres {
		if d.chance(10) && !in.Cadres[i].Arrival() {
			in.Departures = append(in.Departures, posting.Departure{Cadre: cadreID(i),
				Month: pick(d, posting.NewMonth(2026, 3), posting.NewMonth(2027, 3), posting.NewMonth(2030, 1)),
				Class: pick(d, posting.LeaveRetirement, posting.LeaveTransfer, posting.LeaveRelief)})
		}
		for range pick(d, 0, 0, 0, 0, 0, 0, 1, 2) {
			from := d.IntN(len(in.Posts))
			in.Done = append(in.Done, posting.Done{Cadre: cadreID(i), From: postID(from), To: postID(d.IntN(len(in.Posts))), Month: posting.NewMonth(2025, 10)})
		}
	}
	for i := range d.IntN(5) {
		in.Exceptions = append(in.Exceptions, d.exception(i, in))
	}
	for a := range in.Places {
		for b := range a {
			if d.chance(80) {
				in.Trips = append(in.Trips, posting.Trip{From: placeID(b), To: placeID(a), Minutes: pick(d, 30, 60, 61, 76, 200)})
			}
		}
	}
}

func (d draw) exception(i int, in *posting.Instance) posting.Exception {
	return posting.Exception{No: fmt.Sprintf("E%d", i+1), Clause: clauseID(d.IntN(mostClauses)),
		Subject: pick(d, cadreID(d.IntN(len(in.Cadres))), cadreID(d.IntN(len(in.Cadres))), postID(d.IntN(len(in.Posts))), unitID(d.IntN(len(in.Units)))),
		Ground:  "工作需要", Approver: "县委", Document: "县委〔2025〕1号", Until: d.end()}
}

// previous draws a plan before: most often none, else where some of the people were to be.
func (d draw) previous(in *posting.Instance) {
	if d.chance(50) {
		return
	}
	for i := range in.Cadres {
		if d.chance(70) {
			to := in.Cadres[i].Post
			if to == "" || d.chance(60) {
				to = pick(d, in.Posts...).ID
			}
			in.Previous = append(in.Previous, posting.Planned{Cadre: in.Cadres[i].ID, To: to, Period: 1 + d.IntN(2)})
		}
	}
}
