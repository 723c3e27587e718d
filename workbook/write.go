package workbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"cadre/internal/i18n"
	"cadre/posting"
)

// grid is a table as text: what is written and hashed.
type grid struct {
	TableInfo
	columns []Heading
	rows    [][]string
}

// grids lays an instance out in tables. Optional tables without rows are left out.
func grids(in *posting.Instance) []grid {
	l := allCodes()
	var cadres, arrivals []person
	for _, c := range in.Cadres {
		if c.Arrival() {
			arrivals = append(arrivals, person{Cadre: c})
		} else {
			cadres = append(cadres, person{Cadre: c})
		}
	}
	all := []grid{
		layOut(cadresTable(l), cadres), layOut(postsTable(l), in.Posts), layOut(unitsTable(l), in.Units),
		layOut(placesTable(), in.Places), layOut(arrivalsTable(l), arrivals), layOut(departuresTable(l), in.Departures),
		layOut(tiesTable(l), in.Ties), layOut(historyTable(), in.History), layOut(exceptionsTable(), in.Exceptions),
		layOut(documentsTable(), in.Documents),
		layOut(doneTable(), in.Done), layOut(previousTable(), in.Previous), layOut(tripsTable(), in.Trips), layOut(ledgerTable(), in.Ledger),
		layOut(followUpsTable(l), in.FollowUps), layOut(opinionsTable(l), in.Opinions), layOut(wishesTable(), in.Wishes), layOut(ratingsTable(), in.Ratings),
	}
	return slices.DeleteFunc(all, func(g grid) bool { return !g.Required && len(g.rows) == 0 })
}

func layOut[T any](t table[T], items []T) grid {
	g := grid{TableInfo: t.TableInfo}
	var written []*column[T]
	for i := range t.columns {
		if c := &t.columns[i]; c.ID != "identity" { // never kept, so never written
			written = append(written, c)
			g.columns = append(g.columns, c.Heading)
		}
	}
	for i := range items {
		row := make([]string, len(written))
		for j, c := range written {
			row[j] = c.get(&items[i])
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// encode is the CSV file of the grid, with field ids as headings.
func (g *grid) encode() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(g.headings()) // a bytes.Buffer does not fail
	w.WriteAll(g.rows)
	return b.Bytes()
}

// headings are the field ids.
func (g *grid) headings() []string {
	out := make([]string, len(g.columns))
	for i := range g.columns {
		out[i] = g.columns[i].ID
	}
	return out
}

// Hash is the sha256 of the content in the form of its CSV tables: the same for xlsx and CSV, whatever the order of
// rows and columns. The instance's name does not enter.
func Hash(in *posting.Instance) string {
	h := sha256.New()
	sorted := clone(in)
	Sort(sorted)
	for _, g := range grids(sorted) {
		fmt.Fprintf(h, "%s\n%s\n", g.ID, g.encode())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// clone copies the slices of an instance, so that they can be sorted.
func clone(in *posting.Instance) *posting.Instance {
	out := *in
	out.Cadres, out.Posts = slices.Clone(in.Cadres), slices.Clone(in.Posts)
	out.Units, out.Places = slices.Clone(in.Units), slices.Clone(in.Places)
	out.Ties, out.History = slices.Clone(in.Ties), slices.Clone(in.History)
	out.Departures, out.Exceptions = slices.Clone(in.Departures), slices.Clone(in.Exceptions)
	out.Documents = slices.Clone(in.Documents)
	out.Done, out.Trips = slices.Clone(in.Done), slices.Clone(in.Trips)
	out.Ledger, out.FollowUps = slices.Clone(in.Ledger), slices.Clone(in.FollowUps)
	out.Opinions, out.Wishes, out.Ratings = slices.Clone(in.Opinions), slices.Clone(in.Wishes), slices.Clone(in.Ratings)
	out.Previous = slices.Clone(in.Previous)
	return &out
}

// WriteCSV writes the tables of an instance as CSV files (UTF-8, field ids as headings) into an existing or new
// folder, where it removes nothing. The same instance gives the same bytes.
func WriteCSV(dir string, in *posting.Instance) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return i18n.E("表不能写出：%s", "cannot write the tables: %s", err)
	}
	for _, g := range grids(in) {
		if err := os.WriteFile(filepath.Join(dir, g.ID+".csv"), g.encode(), 0o644); err != nil {
			return i18n.E("表不能写出：%s", "cannot write the tables: %s", err)
		}
	}
	return nil
}
