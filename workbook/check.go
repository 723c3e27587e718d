package workbook

import (
	"crypto/sha256"
	"strings"

	"cadre/internal/i18n"
	"cadre/posting"
)

// check looks for what no single cell shows: references, doubles, seats, cycles and dates. A date that is not known
// leaves out the checks against the plan date.
func (d *data) check(date posting.Month, ps *Problems) {
	d.checkReferences(ps)
	d.checkIDs(ps)
	d.checkIdentities(ps)
	d.checkHolders(ps)
	d.checkHeadcounts(ps)
	d.checkCycles(ps)
	d.checkRepeats(ps)
	d.checkTerms(ps)
	d.checkRecords(ps)
	d.checkDocuments(ps)
	d.checkTests(ps)
	d.checkPast(date, ps)
	d.checkLives(ps)
	d.checkEvents(date, ps)
}

func (d *data) checkIDs(ps *Problems) {
	d.checkCadreIDs(ps)
	checkUnique(d.posts, "id", func(p *posting.Post) string { return p.ID }, ps)
	checkUnique(d.units, "id", func(u *posting.Unit) string { return u.ID }, ps)
	checkUnique(d.localities, "id", func(p *posting.Place) string { return p.ID }, ps)
	checkUnique(d.exceptions, "no", func(e *posting.Exception) string { return e.No }, ps)
	checkUnique(d.tests, "no", func(t *RuleTest) string { return t.No }, ps)
	checkUnique(d.documents, "no", func(e *posting.Document) string { return e.No }, ps)
}

func checkUnique[T any](r *records[T], column string, id func(*T) string, ps *Problems) {
	first := map[string]int{}
	for i := range r.items {
		key := id(&r.items[i])
		if j, ok := first[key]; ok && key != "" {
			ps.add("E1402", r.cell(i, column), i18n.F("编号 %s 与第 %d 行重复", "id %s stands in row %d already", quote(key), r.rows[j]))
			continue
		}
		first[key] = i
	}
}

// checkCadreIDs tells a doubled id from a person who was entered once for each of two posts.
func (d *data) checkCadreIDs(ps *Problems) {
	type entry struct {
		at   place
		post string
	}
	first := map[string]entry{}
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			c := &r.items[i]
			e, doubled := first[c.ID]
			switch {
			case c.ID == "":
			case !doubled:
				first[c.ID] = entry{r.cell(i, "id"), c.Post}
			case e.post != "" && c.Post != "" && e.post != c.Post:
				ps.add("E1404", r.cell(i, "post"), i18n.F("%[1]s 有两个主要职务 %[2]s 和 %[3]s；请只留一行，另一职务写入 兼任",
					"%[1]s has two main posts, %[2]s and %[3]s; keep one row and list the other under also", quote(c.ID), quote(e.post), quote(c.Post)))
			default:
				ps.add("E1402", r.cell(i, "id"), i18n.F("编号 %s 已在 %s 出现", "id %s stands in %s already", quote(c.ID), e.at.String()))
			}
		}
	}
}

// checkIdentities finds one person under two ids: by identity number (an error) or by name and birth month (a
// warning). Messages show places, never the number.
func (d *data) checkIdentities(ps *Problems) {
	type namesake struct {
		name  string
		birth posting.Month
	}
	byNumber := map[[sha256.Size]byte]place{}
	byName := map[namesake]place{}
	for _, r := range []*records[person]{d.cadres, d.arrivals} {
		for i := range r.items {
			c := &r.items[i]
			known := c.identity != [sha256.Size]byte{}
			if known {
				at := r.cell(i, "identity")
				if old, ok := byNumber[c.identity]; ok {
					ps.add("E1403", at, i18n.F("身份证号与 %s 相同；同一人只能有一个编号", "has the identity number of %s; one person has one id", old.String()))
				} else {
					byNumber[c.identity] = at
				}
				if c.idBirth.Known() && c.Birth.Known() && c.idBirth != c.Birth {
					ps.add("W1402", r.cell(i, "birth_month"), i18n.T("出生年月与身份证号不一致", "differs from the birth month in the identity number"))
				}
			}
			who := namesake{c.Name, c.Birth}
			if old, ok := byName[who]; ok && !known && c.Birth.Known() {
				ps.add("W1401", r.cell(i, "name"), i18n.F("与 %s 姓名、出生年月相同；是否同一人？", "has the name and birth month of %s: the same person?", old.String()))
			} else if !ok && c.Name != "" {
				byName[who] = r.cell(i, "name")
			}
		}
	}
}

// checkHolders looks at who holds which post on the plan date.
func (d *data) checkHolders(ps *Problems) {
	holder := map[string]place{}
	for i := range d.cadres.items {
		c := &d.cadres.items[i]
		at := d.cadres.cell(i, "post")
		if c.Post == "" {
			if d.cadres.cols["post"] != 0 {
				ps.add("E1601", at, i18n.F("%s 没有现任职务；待安排的人员请列入 拟调入 表", "%s holds no post; people to be placed belong in the arrivals table", quote(c.ID)))
			}
			continue
		}
		for _, other := range c.Also {
			if other == c.Post {
				ps.add("E1405", d.cadres.cell(i, "also"), i18n.F("%s 既是主要职务又是兼任；请从 兼任 中删去", "%s is the main post and a concurrent one; delete it here", quote(c.Post)))
			}
		}
		if old, ok := holder[c.Post]; ok {
			ps.add("W1602", at, i18n.F("岗位 %s 另有一名主要任职者（%s），按超配读入", "post %s has another main holder (%s); read as above headcount", quote(c.Post), old.String()))
			continue
		}
		holder[c.Post] = at
	}
	for i := range d.arrivals.items {
		if p := d.arrivals.items[i].Post; p != "" {
			ps.add("E1602", d.arrivals.cell(i, "post"), i18n.F("拟调入人员不能有现任职务 %s；指定岗位请写 定岗:%[1]s", "one who is to arrive cannot hold post %s yet; to fix a post write 定岗:%[1]s", p))
		}
	}
}

// checkHeadcounts warns of units with more holders than their headcount allows. Posts that do not count are left
// out; a concurrent post counts where its own flag says so.
func (d *data) checkHeadcounts(ps *Problems) {
	type team struct {
		unit  string
		grade posting.Grade
	}
	seat := map[string]team{}
	for i := range d.posts.items {
		if p := &d.posts.items[i]; p.Counts {
			seat[p.ID] = team{p.Unit, p.Role.Grade()}
		}
	}
	held := map[team]int{}
	for i := range d.cadres.items {
		c := &d.cadres.items[i]
		for _, id := range append([]string{c.Post}, c.Also...) {
			if t, ok := seat[id]; ok {
				held[t]++
			}
		}
	}
	columns := map[posting.Grade]string{posting.GradeHead: "heads", posting.GradeDeputy: "deputies", posting.GradeMiddle: "middle"}
	for i := range d.units.items {
		u := &d.units.items[i]
		for _, g := range []posting.Grade{posting.GradeHead, posting.GradeDeputy, posting.GradeMiddle} {
			n, limit := held[team{u.ID, g}], u.Headcount(g)
			if limit != posting.Unknown && n > limit {
				ps.add("W1601", d.units.cell(i, columns[g]), i18n.F("%s 职数 %d，实配 %d，超配 %d；照此读入，只减不增", "%s: headcount %d, holders %d, %d above; read as it is, it may only fall",
					u.Name, limit, n, n-limit))
			}
		}
	}
}

// checkDocuments reports exceptions that rest on a document of which the table of documents, where there is one, knows nothing.
func (d *data) checkDocuments(ps *Problems) {
	if d.documents.sheet == nil || d.documents.cols["no"] == 0 {
		return
	}
	known := map[string]bool{}
	for i := range d.documents.items {
		known[d.documents.items[i].No] = true
	}
	for i := range d.exceptions.items {
		e := &d.exceptions.items[i]
		if e.Document == "" || known[e.Document] {
			continue
		}
		text := i18n.F("文号 %s 不在 文件 表中", "document %s is not in the table of documents", quote(e.Document))
		if n := nearest(e.Document, sortedKeys(known)); n != "" {
			text = i18n.F("%s；最接近的是 %s", "%s; did you mean %s?", text, n)
		}
		ps.add("E1407", d.exceptions.cell(i, "document"), text)
	}
}

func (d *data) checkCycles(ps *Problems) {
	checkCycle(d.units, "parent", func(u *posting.Unit) (string, string) { return u.ID, u.Parent }, ps)
	checkCycle(d.localities, "parent", func(p *posting.Place) (string, string) { return p.ID, p.Parent }, ps)
	checkCycle(d.posts, "superior", func(p *posting.Post) (string, string) { return p.ID, p.Superior }, ps)
}

// checkCycle follows each chain upwards and reports every cycle once, at the row by which it was entered first.
func checkCycle[T any](r *records[T], column string, link func(*T) (id, up string), ps *Problems) {
	row, up := map[string]int{}, map[string]string{}
	for i := range r.items {
		id, above := link(&r.items[i])
		row[id], up[id] = i, above
	}
	walk := map[string]int{} // the walk in which an id was met, from 1
	for i := range r.items {
		id, _ := link(&r.items[i])
		var path []string
		for ; id != "" && walk[id] == 0; id = up[id] {
			walk[id] = i + 1
			path = append(path, id)
		}
		if id == "" || walk[id] != i+1 {
			continue
		}
		for path[0] != id {
			path = path[1:]
		}
		chain := strings.Join(append(path, id), " → ")
		ps.add("E1302", r.cell(row[id], column), i18n.F("上下级关系成环：%s", "is part of a cycle: %s", chain))
	}
}

// checkRepeats finds facts that were stated twice, and ties and trips that lead nowhere.
func (d *data) checkRepeats(ps *Problems) {
	left := map[string]int{}
	for i := range d.departures.items {
		id := d.departures.items[i].Cadre
		if row, ok := left[id]; ok && id != "" {
			ps.add("E1406", d.departures.cell(i, "cadre"), i18n.F("%s 的离任在第 %d 行已列", "the departure of %s stands in row %d already", quote(id), row))
			continue
		}
		left[id] = d.departures.rows[i]
	}
	for i := range d.ties.items {
		if t := &d.ties.items[i]; t.A == t.B && t.A != "" {
			ps.add("E1303", d.ties.cell(i, "b"), i18n.F("%s 与本人不构成亲属关系", "%s is no kin of the same person", quote(t.A)))
		}
	}
	first := map[[2]string]int{}
	for i := range d.trips.items {
		t := &d.trips.items[i]
		pair := [2]string{min(t.From, t.To), max(t.From, t.To)}
		j, ok := first[pair]
		if ok && d.trips.items[j].Minutes != t.Minutes {
			ps.add("E1406", d.trips.cell(i, "minutes"), i18n.F("与第 %d 行的同一路程不一致（%d 分钟）", "row %d gives the same way %d minutes", d.trips.rows[j], d.trips.items[j].Minutes))
		}
		if !ok {
			first[pair] = i
		}
	}
}
