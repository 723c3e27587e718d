package workbook

import (
	"cmp"
	"slices"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// data are all tables as read.
type data struct {
	cadres, arrivals *records[person]
	posts            *records[posting.Post]
	units            *records[posting.Unit]
	localities       *records[posting.Place]
	ties             *records[posting.Tie]
	history          *records[posting.Stint]
	departures       *records[posting.Departure]
	exceptions       *records[posting.Exception]
	done             *records[posting.Done]
	trips            *records[posting.Trip]
	ledger           *records[posting.LedgerRow]
	followUps        *records[posting.FollowUp]
	opinions         *records[posting.Opinion]
	wishes           *records[posting.Wish]
	ratings          *records[posting.Rating]
	documents        *records[posting.Document]
	tests            *records[RuleTest]
	previous         *records[posting.Planned]
}

// Tables describes the tables in the order of reading, with their columns.
func Tables() []TableDoc {
	l := allCodes()
	return []TableDoc{
		doc(cadresTable(l)), doc(postsTable(l)), doc(unitsTable(l)), doc(placesTable()), doc(arrivalsTable(l)),
		doc(departuresTable(l)), doc(tiesTable(l)), doc(historyTable()), doc(exceptionsTable()), doc(documentsTable()), doc(doneTable()),
		doc(previousTable()), doc(tripsTable()), doc(ledgerTable()), doc(followUpsTable(l)), doc(opinionsTable(l)), doc(wishesTable()), doc(ratingsTable()),
		doc(testsTable()),
	}
}

// TableDoc is a table with its columns, apart from the record type.
type TableDoc struct {
	TableInfo
	Columns []Heading
}

func doc[T any](t table[T]) TableDoc { return TableDoc{t.TableInfo, t.headings()} }

// readTables decodes every sheet and reports the required tables that are missing.
func readTables(found *shelf, ps *Problems) *data {
	l, sheets := allCodes(), found.sheets
	for _, t := range found.tables {
		if t.Required && sheets[t.ID] == nil {
			ps.add("E1001", place{}, i18n.F("缺少必需的表 %s；可用的名称：%s（CSV 文件为 %s.csv）", "required table %[3]s is missing; accepted names: %[2]s (as CSV: %[3]s.csv)",
				t.Zh, strings.Join(t.names(), "、"), t.ID))
		}
	}
	d := &data{
		cadres:     readTable(cadresTable(l), sheets["cadres"], ps),
		posts:      readTable(postsTable(l), sheets["posts"], ps),
		units:      readTable(unitsTable(l), sheets["units"], ps),
		localities: readTable(placesTable(), sheets["places"], ps),
		arrivals:   readTable(arrivalsTable(l), sheets["arrivals"], ps),
		departures: readTable(departuresTable(l), sheets["departures"], ps),
		ties:       readTable(tiesTable(l), sheets["ties"], ps),
		history:    readTable(historyTable(), sheets["history"], ps),
		exceptions: readTable(exceptionsTable(), sheets["exceptions"], ps),
		documents:  readTable(documentsTable(), sheets["documents"], ps),
		done:       readTable(doneTable(), sheets["done"], ps),
		previous:   readTable(previousTable(), sheets["previous"], ps),
		trips:      readTable(tripsTable(), sheets["trips"], ps),
		ledger:     readTable(ledgerTable(), sheets["ledger"], ps),
		followUps:  readTable(followUpsTable(l), sheets["followups"], ps),
		opinions:   readTable(opinionsTable(l), sheets["opinions"], ps),
		wishes:     readTable(wishesTable(), sheets["wishes"], ps),
		ratings:    readTable(ratingsTable(), sheets["ratings"], ps),
		tests:      readTable(testsTable(), sheets["tests"], ps),
	}
	return d
}

// instance assembles the domain's view in official order.
func (d *data) instance() *posting.Instance {
	in := &posting.Instance{
		Posts: d.posts.items, Units: d.units.items, Places: d.localities.items, Ties: d.ties.items, History: d.history.items,
		Departures: d.departures.items, Exceptions: d.exceptions.items, Documents: d.documents.items, Done: d.done.items, Previous: d.previous.items, Trips: d.trips.items,
		Ledger: d.ledger.items, FollowUps: d.followUps.items, Opinions: d.opinions.items, Wishes: d.wishes.items, Ratings: d.ratings.items,
	}
	fillOrder(in.Posts, func(p *posting.Post) *int { return &p.Order }, 0)
	fillOrder(in.Units, func(u *posting.Unit) *int { return &u.Order }, 0)
	fillOrder(in.Places, func(p *posting.Place) *int { return &p.Order }, 0)
	last := fillOrder(d.cadres.items, func(c *person) *int { return &c.Order }, 0)
	fillOrder(d.arrivals.items, func(c *person) *int { return &c.Order }, last)
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			in.Cadres = append(in.Cadres, r.items[i].Cadre)
		}
	}
	Sort(in)
	return in
}

// Sort brings every slice into official order: by Order and id; tables without an order by the people or places they
// name, in the official order of these, then by time and text.
func Sort(in *posting.Instance) {
	slices.SortStableFunc(in.Cadres, func(a, b posting.Cadre) int { return official(a.Order, b.Order, a.ID, b.ID) })
	slices.SortStableFunc(in.Posts, func(a, b posting.Post) int { return official(a.Order, b.Order, a.ID, b.ID) })
	slices.SortStableFunc(in.Units, func(a, b posting.Unit) int { return official(a.Order, b.Order, a.ID, b.ID) })
	slices.SortStableFunc(in.Places, func(a, b posting.Place) int { return official(a.Order, b.Order, a.ID, b.ID) })
	rank := map[string]int{}
	for i := range in.Cadres {
		rank[in.Cadres[i].ID] = i
	}
	slices.SortStableFunc(in.Ties, func(a, b posting.Tie) int {
		return cmp.Or(cmp.Compare(rank[a.A], rank[b.A]), cmp.Compare(rank[a.B], rank[b.B]), cmp.Compare(a.Kin, b.Kin))
	})
	slices.SortStableFunc(in.History, func(a, b posting.Stint) int {
		return cmp.Or(cmp.Compare(rank[a.Cadre], rank[b.Cadre]), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To),
			cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Exchanged, b.Exchanged))
	})
	slices.SortStableFunc(in.Departures, func(a, b posting.Departure) int {
		return cmp.Or(cmp.Compare(rank[a.Cadre], rank[b.Cadre]), cmp.Compare(a.Month, b.Month))
	})
	slices.SortStableFunc(in.Exceptions, func(a, b posting.Exception) int { return cmp.Compare(a.No, b.No) })
	slices.SortStableFunc(in.Documents, func(a, b posting.Document) int { return cmp.Compare(a.No, b.No) })
	slices.SortStableFunc(in.Done, func(a, b posting.Done) int {
		return cmp.Or(cmp.Compare(rank[a.Cadre], rank[b.Cadre]), cmp.Compare(a.Month, b.Month), cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From))
	})
	sortRecords(in, rank)
	place := map[string]int{}
	for i := range in.Places {
		place[in.Places[i].ID] = i
	}
	slices.SortStableFunc(in.Previous, func(a, b posting.Planned) int {
		return cmp.Or(cmp.Compare(rank[a.Cadre], rank[b.Cadre]), cmp.Compare(a.Period, b.Period), cmp.Compare(a.To, b.To))
	})
	slices.SortStableFunc(in.Trips, func(a, b posting.Trip) int {
		return cmp.Or(cmp.Compare(place[a.From], place[b.From]), cmp.Compare(place[a.To], place[b.To]))
	})
}

// sortRecords sorts the tables of what was borne, followed up, said, wished and rated; rank is the official order of cadres.
func sortRecords(in *posting.Instance, rank map[string]int) {
	by := func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b)) }
	slices.SortStableFunc(in.Ledger, func(a, b posting.LedgerRow) int { return cmp.Or(by(a.Cadre, b.Cadre), cmp.Compare(a.Year, b.Year)) })
	slices.SortStableFunc(in.FollowUps, func(a, b posting.FollowUp) int {
		return cmp.Or(by(a.Cadre, b.Cadre), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Round, b.Round), cmp.Compare(a.Post, b.Post))
	})
	slices.SortStableFunc(in.Opinions, func(a, b posting.Opinion) int {
		return cmp.Or(by(a.Cadre, b.Cadre), cmp.Compare(a.Post, b.Post), cmp.Compare(a.From, b.From), cmp.Compare(a.Date, b.Date))
	})
	slices.SortStableFunc(in.Wishes, func(a, b posting.Wish) int {
		return cmp.Or(by(a.Cadre, b.Cadre), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Target, b.Target))
	})
	slices.SortStableFunc(in.Ratings, func(a, b posting.Rating) int { return cmp.Or(cmp.Compare(a.By, b.By), by(a.Cadre, b.Cadre)) })
}

func official(a, b int, ida, idb string) int { return cmp.Or(cmp.Compare(a, b), cmp.Compare(ida, idb)) }

// spot is a row of the source, with its columns by field id.
type spot struct {
	sheet *sheet
	row   int
	cols  map[string]int
}

// spots notes where each row with an id stands.
func (d *data) spots() map[string]map[string]spot {
	cadres := located(d.cadres, func(c *person) string { return c.ID })
	for id, p := range located(d.arrivals, func(c *person) string { return c.ID }) {
		if _, ok := cadres[id]; !ok {
			cadres[id] = p
		}
	}
	return map[string]map[string]spot{
		"cadres":     cadres,
		"posts":      located(d.posts, func(p *posting.Post) string { return p.ID }),
		"units":      located(d.units, func(u *posting.Unit) string { return u.ID }),
		"places":     located(d.localities, func(p *posting.Place) string { return p.ID }),
		"exceptions": located(d.exceptions, func(e *posting.Exception) string { return e.No }),
		"tests":      located(d.tests, func(t *RuleTest) string { return t.No }),
	}
}

func located[T any](r *records[T], id func(*T) string) map[string]spot {
	out := make(map[string]spot, len(r.items))
	for i := range r.items {
		if key := id(&r.items[i]); key != "" {
			if _, ok := out[key]; !ok {
				out[key] = spot{r.sheet, r.rows[i], r.cols}
			}
		}
	}
	return out
}

// fillOrder gives rows without an order their place after base, counted from 1, and returns the highest order.
func fillOrder[T any](items []T, order func(*T) *int, base int) int {
	highest := base
	for i := range items {
		if p := order(&items[i]); *p == 0 {
			*p = base + i + 1
		}
		highest = max(highest, *order(&items[i]))
	}
	return highest
}
