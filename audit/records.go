package audit

import "cadre/posting"

// records are the rows of the record tables by cadre, each in the order of the input; rows of whoever is not in the
// table of cadres are left out.
type records struct {
	stints    [][]*posting.Stint
	ledger    [][]*posting.LedgerRow
	followUps [][]*posting.FollowUp
	wishes    [][]*posting.Wish
	ratings   [][]*posting.Rating
	rate      map[string]bool // by post or unit: rates somebody
	rank      map[string]bool // by post or unit: rates somebody by rank
}

func readRecords(x *posting.Index) records {
	out := records{
		stints:    byCadre(x, x.History, func(r *posting.Stint) string { return r.Cadre }),
		ledger:    byCadre(x, x.Ledger, func(r *posting.LedgerRow) string { return r.Cadre }),
		followUps: byCadre(x, x.FollowUps, func(r *posting.FollowUp) string { return r.Cadre }),
		wishes:    byCadre(x, x.Wishes, func(r *posting.Wish) string { return r.Cadre }),
		ratings:   byCadre(x, x.Ratings, func(r *posting.Rating) string { return r.Cadre }),
		rate:      map[string]bool{}, rank: map[string]bool{},
	}
	for i := range x.Ratings {
		r := &x.Ratings[i]
		out.rate[r.By], out.rank[r.By] = true, out.rank[r.By] || r.Rank != posting.Unknown
	}
	return out
}

func byCadre[R any](x *posting.Index, rows []R, cadre func(*R) string) [][]*R {
	out := make([][]*R, len(x.Cadres))
	for i := range rows {
		if c := x.CadreAt(cadre(&rows[i])); c != posting.None {
			out[c] = append(out[c], &rows[i])
		}
	}
	return out
}
