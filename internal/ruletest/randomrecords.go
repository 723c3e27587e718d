package ruletest

import "cadre/posting"

// grade is one of the grades of the yearly appraisal, or blank.
func (d draw) grade() string { return some(d, 30, "优秀", "优秀", "称职") }

// tri is one of the three answers.
func (d draw) tri() posting.Tri { return pick(d, posting.Blank, posting.No, posting.Yes) }

// records are the tables that are carried from round to round, and what people and units have said.
func (d draw) records(in *posting.Instance, theme []string) {
	cadre := func() string { return cadreID(d.IntN(len(in.Cadres))) }
	for range d.rows(5, about(theme, "hardship_balance", "wishes")) {
		in.Ledger = append(in.Ledger, posting.LedgerRow{Cadre: cadre(), Year: 2025, Hardship: pick(d, 0, 6, 12, 24, 30, 60), Far: pick(d, 0, 0, 6, 12),
			Apart: pick(d, 0, 0, 12), Care: pick(d, 0, 0, 12), Overdue: pick(d, 0, 0, 5), Unmet: pick(d, 0, 1, 3)})
	}
	for range d.rows(4, about(theme, "fit", "support_mission")) {
		in.FollowUps = append(in.FollowUps, posting.FollowUp{Cadre: cadre(), Post: d.somePost(in, 20), Date: d.moved(), Family: d.tri(),
			HalfYear: d.grade(), OneYear: d.grade(), ReturnsTo: d.somePost(in, 70)})
	}
	for range d.IntN(2) {
		in.Opinions = append(in.Opinions, posting.Opinion{Cadre: cadre(), Post: d.somePost(in, 20), From: posting.Interview,
			Stance: pick(d, posting.Agrees, posting.Differs, posting.Difficulties), Answer: some(d, 50, "已答复")})
	}
	d.wishes(in)
	d.ratings(in)
}

// moved is when an earlier move took effect: years that count for appraisals, and some that do not.
func (d draw) moved() posting.Month {
	return pick(d, 0, posting.NewMonth(2021, 12), posting.NewMonth(2022, 1), posting.NewMonth(2024, 12), posting.NewMonth(2025, 1),
		posting.NewMonth(2025, 6), posting.NewMonth(2025, 7), posting.NewMonth(2026, 2))
}

func (d draw) somePost(in *posting.Instance, blank int) string {
	if d.chance(blank) {
		return ""
	}
	return postID(d.IntN(len(in.Posts)))
}

// wishes are up to two ranked ones of a person, and a refusal.
func (d draw) wishes(in *posting.Instance) {
	target := func() string {
		return pick(d, postID(d.IntN(len(in.Posts))), unitID(d.IntN(len(in.Units))), placeID(d.IntN(len(in.Places))))
	}
	for i := range in.Cadres {
		for n := range pick(d, 0, 0, 1, 2) {
			in.Wishes = append(in.Wishes, posting.Wish{Cadre: cadreID(i), Rank: n*pick(d, 1, 3) + 1, Target: target()})
		}
		if d.chance(15) {
			in.Wishes = append(in.Wishes, posting.Wish{Cadre: cadreID(i), Target: target(), Refuse: true})
		}
	}
}

// ratings are of some units and posts, each of which ranks whom it rates in an order of its own.
func (d draw) ratings(in *posting.Instance) {
	var raters []string
	for i := range in.Units {
		raters = append(raters, unitID(i))
	}
	for i := range in.Posts {
		raters = append(raters, postID(i))
	}
	for _, by := range raters {
		if !d.chance(30) {
			continue
		}
		for rank, c := range d.Perm(len(in.Cadres)) {
			if !d.chance(50) {
				continue
			}
			r := posting.Rating{By: by, Cadre: cadreID(c), Rank: rank + 1, Grade: pick(d, posting.Unknown, 1, 2, 4), Veto: d.chance(15)}
			if d.chance(20) {
				r.Rank = posting.Unknown
			}
			in.Ratings = append(in.Ratings, r)
		}
	}
}
