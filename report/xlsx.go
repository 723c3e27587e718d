package report

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/workbook"
)

// WriteXLSX writes plan.xlsx: 先看这里 first, then the sheets that the audience sees, in official order. Sheets are
// locked without a password but for the columns that meetings fill in. The same outcome gives the same bytes.
func WriteXLSX(path string, o *planning.Outcome, opt Options) error {
	p := newPapers(o, opt)
	return writeBook(path, p, p.readFirst, p.planTables())
}

// planTables are the sheets of plan.xlsx for the audience.
func (p *papers) planTables() []*table {
	all := []*table{p.nominations()}
	if p.follows() {
		all = append(all, p.roundTable())
		if p.aud.Whole() && p.plan.Process.Round > 1 {
			all = append(all, p.record())
		}
	}
	if p.x.Calendar.Periods > 1 {
		if p.aud.Whole() {
			all = append(all, p.years())
		}
		all = append(all, p.coming())
	}
	all = append(all, p.moves())
	if p.aud.Whole() {
		all = append(all, p.chainTable())
	}
	if p.aud.Who != Person {
		all = append(all, p.teams(), p.openSeats())
	}
	all = append(all, p.approvals())
	if p.aud.Whole() {
		all = append(all, p.shareTable())
	}
	all = append(all, p.roster())
	if t := p.overdueTable(); len(t.rows) > 0 {
		all = append(all, t)
	}
	all = append(all, p.verify())
	if p.aud.Whole() {
		all = append(all, p.waivers(), p.checks())
	}
	if p.aud.office() {
		all = append(append(all, p.records()...), p.balance(), p.annex())
	}
	if p.aud.Who == Analyst {
		all = append(all, p.weighed())
	}
	return all
}

// fixedTime is the created and modified time that every workbook bears, so that equal plans give equal bytes.
const fixedTime = "2000-01-01T00:00:00Z"

// book is a workbook under construction; the first error stays.
type book struct {
	f      *excelize.File
	p      *papers
	err    error
	styles map[look]int
}

// look is what distinguishes the styles of a book.
type look struct {
	tone   tone
	part   part
	number bool
	open   bool
}

// part is a part of a sheet.
type part int

const (
	body part = iota
	title
	heading
	remark
)

func writeBook(path string, p *papers, first func() []line, tables []*table) error {
	b := &book{f: excelize.NewFile().SetZipWriter(newOrderedZip), p: p, styles: map[look]int{}}
	defer b.f.Close()
	b.do(b.f.SetDefaultFont(bodyFont))
	b.firstSheet(first(), tables)
	for _, t := range tables {
		b.sheet(t)
	}
	b.do(b.f.SetDocProps(&excelize.DocProperties{Created: fixedTime, Modified: fixedTime, Creator: "cadre", LastModifiedBy: "cadre",
		Title: p.say(p.title())}))
	if b.err == nil {
		b.err = b.f.SaveAs(path)
	}
	if b.err != nil {
		return i18n.E("写出工作簿：%s", "write the workbook: %s", b.err)
	}
	return nil
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

const bodyFont = "宋体"

// fills are the colours of the tones, light enough to print; "" none.
var fills = [tones]string{plain: "", moving: "E8F1FA", coming: "E9F5E9", leaving: "EFEFEF", alarm: "FDEDE0"}

func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := &excelize.Style{Font: &excelize.Font{Family: bodyFont, Size: 10}, Protection: &excelize.Protection{Locked: !l.open},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}
	switch l.part {
	case title:
		s.Font, s.Alignment = &excelize.Font{Family: "黑体", Size: 16, Bold: true}, &excelize.Alignment{Vertical: "center"}
	case remark:
		s.Font, s.Alignment = &excelize.Font{Family: bodyFont, Size: 10, Color: "555555"}, &excelize.Alignment{Vertical: "center"}
	case heading:
		s.Font.Bold, s.Alignment.Horizontal = true, "center"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D6E0EC"}}
	case body:
		if fills[l.tone] != "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fills[l.tone]}}
		}
		if l.number {
			s.Alignment.Horizontal = "center"
		} else {
			s.NumFmt = textFormat
		}
	}
	if l.part == body || l.part == heading {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
		}
	}
	id, err := b.f.NewStyle(s)
	b.do(err)
	b.styles[l] = id
	return id
}

// textFormat is the built-in format @: a cell that begins with = + - or @ stays the text it is, also when it is edited.
const textFormat = 49

// tableHead is the row of the headings; the title and the note stand above it.
const tableHead = 3

func (b *book) newSheet(name string) {
	if b.f.SheetCount == 1 && len(b.f.GetSheetList()) == 1 && b.f.GetSheetName(0) == "Sheet1" {
		b.do(b.f.SetSheetName("Sheet1", name))
		return
	}
	_, err := b.f.NewSheet(name)
	b.do(err)
}

// sheet adds a table. What a sheet is dressed with comes before its rows, which are streamed.
func (b *book) sheet(t *table) {
	b.newSheet(t.name)
	b.dropDowns(t)
	b.dress(t)
	s := b.stream(t.name)
	heads := make([]any, len(t.columns))
	for j, c := range t.columns {
		heads[j] = b.cell(c.head, look{part: heading})
		s.width(j+1, c.width)
	}
	s.row(1, titleHeight, b.cell(t.name, look{part: title}))
	s.row(2, 0, b.cell(b.above(t), look{part: remark}))
	s.row(tableHead, 0, heads...)
	for i, r := range t.rows {
		b.row(s, t, i, r)
	}
	s.end()
}

// stream writes the rows of a sheet, one after another.
type stream struct {
	*book
	w *excelize.StreamWriter
}

func (b *book) stream(sheet string) *stream {
	w, err := b.f.NewStreamWriter(sheet)
	b.do(err)
	return &stream{b, w}
}

func (s *stream) width(column, width int) {
	if s.err == nil {
		s.do(s.w.SetColWidth(column, column, float64(width)))
	}
}

// row writes row y; height 0 leaves it to the program that opens the sheet.
func (s *stream) row(y int, height float64, cells ...any) {
	if s.err == nil {
		s.do(s.w.SetRow(fmt.Sprintf("A%d", y), cells, excelize.RowOpts{Height: height}))
	}
}

func (s *stream) end() {
	if s.err == nil {
		s.do(s.w.Flush())
	}
}

// above is the line between title and headings: the note of the table, or that it has no rows. Below the headings nothing may
// stand but rows: the sheets are read back.
func (b *book) above(t *table) string {
	if len(t.rows) == 0 {
		return b.p.say(none)
	}
	return t.note
}

func (b *book) row(s *stream, t *table, i int, r row) {
	lines, cells := 1, make([]any, len(r.cells))
	for j, v := range r.cells {
		text, is := v.(string)
		cells[j] = b.cell(v, look{tone: r.tone, number: !is, open: t.columns[j].open})
		if is {
			lines = max(lines, linesOf(text, t.columns[j].width))
		}
	}
	s.row(tableHead+1+i, rowHeight(4, lines), cells...)
}

// titleHeight is the height of the title, in points.
const titleHeight = 28

// lineHeight is the height of one line of body text, in points.
const lineHeight = 14

// rowHeight is the height of a row with so many lines of text, as far as a row can be high.
func rowHeight(edge, lines int) float64 {
	return min(float64(edge+lines*lineHeight), excelize.MaxRowHeight)
}

// linesOf is how many lines a text takes in a column.
func linesOf(s string, columnWidth int) int {
	n := 0
	for _, part := range strings.Split(s, "\n") {
		n += max(1, (displayWidth(part)+columnWidth-2)/max(1, columnWidth-1))
	}
	return n
}

// cell is a value with its look. A text is never read as a formula: it is written as an inline string.
func (b *book) cell(v any, l look) excelize.Cell { return excelize.Cell{StyleID: b.style(l), Value: v} }

func (b *book) dropDowns(t *table) {
	for j, c := range t.columns {
		if len(c.words) == 0 || len(t.rows) == 0 {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", columnName(j+1), tableHead+1, tableHead+len(t.rows)))
		b.do(v.SetDropList(c.words))
		v.SetError(excelize.DataValidationErrorStyleStop, c.head, b.p.list(c.words))
		b.do(b.f.AddDataValidation(t.name, v))
		if t.shades[j] {
			b.shade(t, j)
		}
	}
}

// shade colours the cells of a column: the first word of its list in one colour, any other word in another.
func (b *book) shade(t *table, j int) {
	letter := columnName(j + 1)
	cells := fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", letter, tableHead+1, tableHead+len(t.rows))
	format := func(criteria, colour string) excelize.ConditionalFormatOptions {
		style, err := b.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
		b.do(err)
		return excelize.ConditionalFormatOptions{Type: "formula", Criteria: criteria, Format: &style}
	}
	first := fmt.Sprintf("$%s%d", letter, tableHead+1)
	b.do(b.f.SetConditionalFormat(t.name, cells, []excelize.ConditionalFormatOptions{
		format(fmt.Sprintf("%s=%q", first, t.columns[j].words[0]), "CFE8CF"), format(fmt.Sprintf("LEN(%s)>0", first), "FBE3C0")}))
}

// dress freezes the heading, locks the sheet and sets up the print: landscape A4, the heading on every page.
func (b *book) dress(t *table) {
	first := columnName(min(3, len(t.columns)))
	if t.columns[0].head != b.p.say(colID.head) {
		first = "A"
	}
	panes := &excelize.Panes{Freeze: true, YSplit: tableHead, TopLeftCell: fmt.Sprintf("%s%d", first, tableHead+1), ActivePane: "bottomLeft"}
	if first != "A" {
		panes.XSplit, panes.ActivePane = 2, "bottomRight"
	}
	b.do(b.f.SetPanes(t.name, panes))
	last := columnName(len(t.columns))
	b.do(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: t.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", t.name, tableHead, tableHead)}))
	if len(t.rows) > 0 {
		b.do(b.f.AutoFilter(t.name, fmt.Sprintf("A%d:%s%d", tableHead, last, tableHead+len(t.rows)), nil))
	}
	b.printSetup(t.name, "landscape", 0)
	b.lock(t.name)
}

// a4 is the number of the paper size.
const a4 = 9

// printSetup fits the sheet to the width of the page, and to so many pages in height, 0 as many as it takes.
func (b *book) printSetup(sheet, orientation string, tall int) {
	size, wide, fit := a4, 1, true
	b.do(b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}))
	b.do(b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	pages := b.p.say(i18n.T("第 &P 页，共 &N 页", "page &P of &N"))
	b.do(b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + b.p.say(b.p.title()) + "&R" + b.p.say(internal), OddFooter: "&L" + b.p.say(pageOne) + "&R" + pages}))
	narrow, edge := 0.4, 0.7
	b.do(b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &edge, Bottom: &edge}))
}

// lock protects a sheet without a password: against slips, not against people.
func (b *book) lock(sheet string) {
	b.do(b.f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true}))
}

// line is a line of the first sheet.
type line struct {
	part        part
	left, right string
	formula     string // in the place of right
}

// firstSheet is 先看这里: what the papers are, the key numbers, and what is in which sheet.
func (b *book) firstSheet(lines []line, tables []*table) {
	name := b.p.say(i18n.T("先看这里", "Read first"))
	b.newSheet(name)
	lines = append(lines, line{part: heading, left: b.p.say(i18n.T("工作表", "sheet")), right: b.p.say(i18n.T("内容", "what is in it"))})
	for _, t := range tables {
		lines = append(lines, line{left: t.name, right: b.contents(t)})
	}
	b.printSetup(name, "landscape", 1)
	b.lock(name)
	s := b.stream(name)
	s.width(1, 28)
	s.width(2, firstWidth)
	for i, l := range lines {
		b.line(s, i+1, l)
	}
	s.end()
}

// firstWidth is the width of the second column of the first sheet, in characters.
const firstWidth = 92

// line writes a line of the first sheet.
func (b *book) line(s *stream, y int, l line) {
	left, right := b.cell(l.left, look{part: l.part}), b.cell(l.right, look{part: l.part})
	right.Formula = l.formula
	switch l.part {
	case body, heading:
		s.row(y, rowHeight(6, linesOf(l.right, firstWidth)), left, right)
	case title:
		s.row(y, titleHeight, left)
	default:
		s.row(y, 0, left)
	}
}

// contents says how many rows a sheet has, and what it is for.
func (b *book) contents(t *table) string {
	what, ok := purposes[t.id]
	if !ok {
		what = i18n.T(t.note, t.note)
	}
	return b.p.say(i18n.F("%[1]s（%[2]d 行）", "%[1]s (%[2]d rows)", what, len(t.rows)))
}

// purposes say what each sheet is for, by table.
var purposes = map[string]i18n.Text{
	"nominations": i18n.T("逐人列出拟任、拟免和理由；会议意见填在“决定”“阶段”“备注”三栏，其他单元格已锁定（无密码）。缓议至何时、指定到哪个岗位，写在备注", "who is appointed and removed, and why; meetings fill in decision, stage and remarks, all other cells are locked (no password); the month of a deferral or the post assigned goes to the remarks"),
	"round":       i18n.T("本轮与上一轮去向不同的人员和原因", "who is placed otherwise than in the plan before, and why"),
	"record":      i18n.T("各轮各阶段的决定；不记何人何意见", "decisions by round and stage; never who said what"),
	"years":       i18n.T("各批次的人数：应交流、拟调整、离任、比例要求；以后各批只供参考", "counts of each batch: due, moves, departures, shares; later ones are advisory"),
	"coming":      i18n.T("以后各批次到期应交流的人员；不涉及去向", "who becomes due in later batches; no destinations"),
	"moves":       i18n.T("每一项调整的方式、依据和有关情况", "kind, grounds and facts of every move"),
	"chains":      i18n.T("前后相接的调整，一条一行", "moves that hang together, one line each"),
	"teams":       i18n.T("各单位班子调整前后的人数和结构，只列数字", "numbers and structure of the teams before and after; counts only"),
	"open":        i18n.T("方案执行后仍然空缺的岗位，以及建议的补充方式", "seats that stay open, and how they could be filled"),
	"approvals":   i18n.T("每一项任免要走的程序和要征求的意见", "procedure and opinions that each appointment and removal asks for"),
	"shares":      i18n.T("各项年度交流比例的要求和落实情况", "yearly shares asked and reached"),
	"roster":      i18n.T("方案计算之前确定的应交流、可交流人员", "who was due or eligible, fixed before the plan was made"),
	"overdue":     i18n.T("应当交流而本批未能安排的人员和原因，以及待安排的调入人员", "people due to move and not placed, with the cause; arrivals to be placed"),
	"verify":      i18n.T("资料不全、不能判断的事项，请核实后补充", "what the data could not decide; please verify"),
	"waivers":     i18n.T("按组织决定或者经批准的例外，没有执行条款的情况；以及政策依据待说明的调整", "where clauses are not applied by recorded decisions and approved exceptions; and moves whose ground is to be stated"),
	"checks":      i18n.T("每一条款核对的结果，只列次数", "the result of checking every clause, in counts"),
	"answers":     i18n.T("对调整有不同意见或者困难的，逐条列出组织答复；全部答复后方可定稿", "opinions that differ and difficulties, with the answer to each; a plan is final only when all are answered"),
	"reminders":   i18n.T("以往各轮交流干部到期应办和答应而未落实的事项", "what earlier rounds owe: steps that are due, promises not kept"),
	"followups":   i18n.T("本轮跟踪落实情况，随办随填，下一轮读入", "the follow-up of this round, filled in as things happen and read with the next"),
	"ledger":      i18n.T("艰苦岗位经历与家庭困难累计（月数），结转下一轮", "hard service and family burdens in months, carried to the next round"),
	"balance":     i18n.T("调整到艰苦边远地区的人员按类别核对，只列人数，供组织部门掌握", "who goes to hard places, by group; counts only, for the office"),
	"annex":       i18n.T("各级目标的数值、界限和差距", "value, bound and gap of the ordered goals"),
	"weighed":     i18n.T("倾向性条款的计分，仅供分析人员", "points of the weighed clauses, for the analyst only"),
	"due":         i18n.T("任职达到应交流年限的人员", "people due to move"),
	"may":         i18n.T("符合交流条件、可以交流的人员", "people who are eligible and may move"),
	"notnow":      i18n.T("本批不作安排的人员", "people not arranged for in this batch"),
	"others":      i18n.T("任职尚未达到可交流年限等其他人员", "all others"),
	"overview":    i18n.T("每个方案一行：改动、结果、人数和未满足的要求", "one line a plan: what changes, outcome, numbers and what is not met"),
	"people":      i18n.T("各方案去向不同的人员，逐人并列", "everybody whom some plan places otherwise, side by side"),
	"changes":     i18n.T("每个方案与基准方案相比的变化：原去向、新去向", "what each plan changes against the base plan, before and after"),
	"moving":      i18n.T("在所有方案中都调整的人员，和只在部分方案中调整的人员", "who moves in all plans, and who in some"),
	"metrics":     i18n.T("各方案的数值，括号内为与基准方案之差", "numbers of each plan, in brackets the difference from the base plan"),
	"gates":       i18n.T("预先约定的门槛是否通过", "whether the gates agreed before are passed"),
	"unmet":       i18n.T("各方案未满足的要求和数量", "what each plan does not meet, and by how much"),
	"pairs":       i18n.T("任意两个方案之间去向不同的人数", "how many people any two plans place differently"),
	"seats":       i18n.T("空缺和将要腾出的岗位，每个岗位列出数名人选的有关情况，不排名次", "open and opening seats, with facts on a few candidates each, not ranked"),
}

// readFirst are the key numbers of 先看这里.
func (p *papers) readFirst() []line {
	lines := p.banner(p.title(), i18n.T("项目", "item"))
	for _, k := range p.keyNumbers() {
		lines = append(lines, line{left: k[0], right: k[1]})
	}
	if p.aud.Whole() {
		lines = append(lines, p.tallies()...)
	}
	return append(lines, line{part: remark})
}

// tallies count what the meeting has filled in, while it does.
func (p *papers) tallies() []line {
	t := p.nominations()
	if len(t.rows) == 0 {
		return nil
	}
	letter := columnName(len(t.columns) - 2)
	cells := fmt.Sprintf("'%s'!$%[2]s$%[3]d:$%[2]s$%[4]d", t.name, letter, tableHead+1, tableHead+len(t.rows))
	formula := fmt.Sprintf(`%d-COUNTBLANK(%s)&" / %[1]d"`, len(t.rows), cells)
	for i, w := range p.words(workbook.DecisionWords) {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		formula += fmt.Sprintf(`&"%s%s "&COUNTIF(%s,"%[2]s")`, sep, w, cells)
	}
	return []line{{left: p.say(i18n.T("已填决定", "decisions filled in")), formula: formula}}
}

func (p *papers) banner(name, item i18n.Text) []line {
	return []line{
		{part: title, left: p.say(name)},
		{part: remark, left: p.say(internal)},
		{part: remark, left: p.say(pageOne)},
		{part: remark, left: p.say(i18n.F("%[1]s，基准日 %[2]s", "%[1]s, plan date %[2]s", p.pol.Name, p.x.Calendar.Date.String()))},
		{part: remark},
		{part: heading, left: p.say(item), right: p.say(i18n.T("情况", "number"))},
	}
}

func columnName(n int) string {
	s, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "A"
	}
	return s
}

// displayWidth counts Chinese and other wide characters as two.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
