package planning

import (
	"cadre/constraints"
	"cadre/policy"
	"cadre/posting"
)

// setDates gives every change the first month in which it can take effect, whatever others do: the start of its period, but
// not before the arrival, the departure, or the month after the last of a mission or secondment that ends with it or opens
// the seat.
func setDates(x *posting.Index, all []posting.Assignment) {
	away := map[int]int{} // by cadre: the period in which he gives up his posts
	for i := range all {
		if len(all[i].Remove) > 0 {
			away[x.CadreAt(all[i].Cadre)] = all[i].Period
		}
	}
	for i := range all {
		a := &all[i]
		if a.Move == posting.MoveStay {
			continue
		}
		c := x.CadreAt(a.Cadre)
		a.Date = max(x.Calendar.Start(a.Period), x.Cadres[c].Arrives, departureMonth(x, a), dutyOver(x, a, c))
		for _, h := range endedOn(x, a) {
			if gone, gives := away[h]; !gives || gone > a.Period { // else his own date says when the seat is free
				a.Date = max(a.Date, x.Cadres[h].DutyUntil+1)
			}
		}
	}
}

// dutyOver is the month after the last of his mission or secondment, where the change ends it; 0 else.
func dutyOver(x *posting.Index, a *posting.Assignment, c int) posting.Month {
	end := x.Ends(c)
	if end == 0 || a.Period < end || a.To == "" {
		return 0
	}
	ends := x.OnMission(c) && a.Move != posting.MoveSecond
	for _, p := range x.Cadres[c].Also {
		ends = ends || x.Seconded(x.PostAt(p))
	}
	if !ends {
		return 0
	}
	return x.Cadres[c].DutyUntil + 1
}

// endedOn lists those who hold the seat of a secondment beside their own until the period in which it begins.
func endedOn(x *posting.Index, a *posting.Assignment) []int {
	var out []int
	if a.Move != posting.MoveSecond {
		return nil
	}
	for _, h := range x.Holders(x.PostAt(a.To)) {
		if x.Ends(h) == a.Period {
			out = append(out, h)
		}
	}
	return out
}

func departureMonth(x *posting.Index, a *posting.Assignment) posting.Month {
	if a.Move != posting.MoveLeave && a.Move != posting.MoveRelieve {
		return 0
	}
	for _, d := range x.Departures {
		if d.Cadre == a.Cadre {
			return d.Month
		}
	}
	return 0
}

// until is the last month of a secondment, or of a mission that begins; not known for all else.
func until(x *posting.Index, pol *policy.Policy, a *posting.Assignment) posting.Month {
	q := x.PostAt(a.To)
	if a.Move == posting.MoveStay || q == posting.None {
		return 0
	}
	if months := constraints.TermMonths(x, pol, q); months > 0 {
		return a.Date + posting.Month(months) - 1
	}
	return 0
}
