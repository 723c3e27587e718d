// Package workbook reads and writes what the planner holds in hand: the input tables as one xlsx workbook or as a
// folder of CSV files, and plans as json, xlsx or csv.
//
// [Open] finds the input, [Source.Read] turns it into a posting.Instance. One declaration per table (tables_*.go)
// says which columns it has, under which headings, how each is read and written, and what it may refer to; reader,
// writer, hash and docs/tables.md all follow from it. Whatever is wrong with the content is collected in [Problems],
// each with a stable code and the sheet and cell; an error value is returned only for what cannot be read at all.
//
// Identity numbers are compared by their hash while reading and are neither kept nor printed. The reason of a hold, a
// review or a deferral has no column: it cannot be imported.
//
// The package imports posting, internal/i18n, excelize and golang.org/x/text, nothing of the solving side.
package workbook
