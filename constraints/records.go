package constraints

import "cadre/posting"

// records are the tables that speak of single people, by cadre id, in the order of the input.
type records struct {
	ledger    map[string][]*posting.LedgerRow
	followUps map[string][]*posting.FollowUp
	wishes    map[string][]*posting.Wish
	ratings   map[rating]*posting.Rating // the first of each
	raters    map[string]bool            // units and posts that rate anybody
}

// rating is who rates whom: the id of a unit or post, and of a cadre.
type rating struct{ by, cadre string }

func recordsOf(in *posting.Instance) records {
	r := records{
		ledger:    filed(in.Ledger, func(x *posting.LedgerRow) string { return x.Cadre }),
		followUps: filed(in.FollowUps, func(x *posting.FollowUp) string { return x.Cadre }),
		wishes:    filed(in.Wishes, func(x *posting.Wish) string { return x.Cadre }),
		ratings:   map[rating]*posting.Rating{}, raters: map[string]bool{},
	}
	for i := range in.Ratings {
		x := &in.Ratings[i]
		r.raters[x.By] = true
		if key := (rating{x.By, x.Cadre}); r.ratings[key] == nil {
			r.ratings[key] = x
		}
	}
	return r
}

func filed[T any](rows []T, key func(*T) string) map[string][]*T {
	out := map[string][]*T{}
	for i := range rows {
		k := key(&rows[i])
		out[k] = append(out[k], &rows[i])
	}
	return out
}
