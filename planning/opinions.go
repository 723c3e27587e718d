package planning

import "cadre/posting"

// Speaks tells whether an opinion is about a change of the plan: about the cadre's move as such, or about his move to
// that post. Opinions about other posts are about other plans: they are shown, and need no answer for this one.
func Speaks(o *posting.Opinion, a *posting.Assignment) bool {
	return o.Cadre == a.Cadre && a.Move != posting.MoveStay && (o.Post == "" || o.Post == a.To)
}

// Differs tells whether an opinion asks for an answer.
func Differs(o *posting.Opinion) bool {
	return o.Stance == posting.Differs || o.Stance == posting.Difficulties
}

// opinions sums up what was said of the changes of a plan. Departures are decided elsewhere and ask nobody here.
func opinions(x *posting.Index, plan []posting.Assignment) posting.OpinionState {
	state := posting.OpinionState{Open: []posting.OpenOpinion{}}
	byCadre := map[string][]*posting.Opinion{}
	for i := range x.Opinions {
		byCadre[x.Opinions[i].Cadre] = append(byCadre[x.Opinions[i].Cadre], &x.Opinions[i])
	}
	for i := range plan {
		a := &plan[i]
		if a.Move == posting.MoveStay || a.To == "" {
			continue
		}
		state.Moves++
		if !heard(a, byCadre[a.Cadre], &state) {
			state.NotAsked++
		}
	}
	return state
}

// heard notes the opinions on one change, and tells whether anybody was asked.
func heard(a *posting.Assignment, all []*posting.Opinion, state *posting.OpinionState) bool {
	asked := false
	for _, o := range all {
		if !Speaks(o, a) || o.Stance == posting.NotAsked {
			continue
		}
		asked = true
		if !Differs(o) {
			continue
		}
		state.Differences++
		if o.Answer == "" {
			state.Open = append(state.Open, posting.OpenOpinion{Cadre: o.Cadre, Post: a.To, From: o.From, Stance: o.Stance})
		}
	}
	return asked
}
