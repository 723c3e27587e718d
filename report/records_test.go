package report

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadre/internal/i18n"
	"cadre/planning"
	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// recorded is the fixture with opinions, a ledger and an earlier round.
func recorded() *planning.Outcome {
	o := fixture()
	in := o.Index.Instance
	in.Opinions = []posting.Opinion{
		{Cadre: "C1", Post: "P2", From: posting.SendingUnit, Stance: posting.Differs, Ground: "GROUNDTEXT"},
		{Cadre: "C2", From: posting.Interview, Stance: posting.Difficulties, Difficulty: "住房", Answer: "ANSWERTEXT"},
		{Cadre: "C3", Post: "P9", From: posting.ReceivingUnit, Stance: posting.Differs},
		{Cadre: "C4", From: posting.Interview, Stance: posting.Agrees, Ground: "AGREEDTEXT"},
	}
	in.FollowUps = []posting.FollowUp{{Cadre: "C2", Post: "P2", Date: posting.NewMonth(2025, 1), Reported: posting.NewMonth(2025, 1), Promised: []string{"住房"}, Housing: posting.No}}
	in.Ledger = []posting.LedgerRow{{Cadre: "C1", Year: 2024, Hardship: 24}}
	o.Plan.Opinions = posting.OpinionState{Moves: 5, NotAsked: 3, Differences: 2, Open: []posting.OpenOpinion{{Cadre: "C1", Post: "P2"}}}
	o.Policy.Clauses = append(o.Policy.Clauses, *clauseOf("hardship_balance"))
	return o
}

func clauseOf(kind string) *policy.Clause {
	p := policy.Builtin()
	for i := range p.Clauses {
		if p.Clauses[i].Kind == kind {
			return &p.Clauses[i]
		}
	}
	return nil
}

// Every difference stands with its state; grounds are for the office alone.
func TestAnswers(t *testing.T) {
	got := newPapers(recorded(), options(t, i18n.Zh, Office)).answers()
	var states []string
	for _, r := range got.rows {
		states = append(states, r.cells[0].(string)+r.cells[8].(string))
	}
	if want := "C1待答复 C2已答复 C3与本方案安排无关"; strings.Join(states, " ") != want {
		t.Errorf("got %v, want %s", states, want)
	}
	for audience, seen := range map[string]bool{Leaders: false, Office: true, Analyst: true, "unit:U1": false, "person:C1": false} {
		book := outputs(t, recorded(), options(t, i18n.Zh, audience))["plan.xlsx"]
		for _, word := range []string{"GROUNDTEXT", "ANSWERTEXT"} {
			if strings.Contains(book, word) != seen {
				t.Errorf("%s for %s: shown %t, want %t", word, audience, !seen, seen)
			}
		}
	}
}

// The draft becomes final on every paper.
func TestFinalTitle(t *testing.T) {
	o := recorded()
	o.Plan.Final = true
	for paper, text := range outputs(t, o, options(t, i18n.Zh, Office)) {
		if paper == "summary" || paper == "html" || paper == "plan.xlsx" {
			if !strings.Contains(text, "建议方案（定稿）") || strings.Contains(text, "讨论稿") {
				t.Errorf("%s is not called final", paper)
			}
		}
	}
}

// readable fills in what the reader of tables asks for beyond the fixture.
func readable(in *posting.Instance) posting.Instance {
	out := *in
	out.FollowUps, out.Ledger = nil, nil
	for i := range out.Posts {
		p := &out.Posts[i]
		p.Weight, p.Role, p.Filling = posting.Unknown, max(p.Role, posting.PartyPrincipal), posting.Fillable
	}
	for i := range out.Units {
		out.Units[i].Kind, out.Units[i].Tier = posting.Department, posting.Unknown
	}
	return out
}

// The follow-up sheet and the ledger go back into the tables as they are.
func TestRecordsReadBack(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.Zh, i18n.En} {
		o := recorded()
		dir := t.TempDir()
		if err := WriteXLSX(filepath.Join(dir, "plan.xlsx"), o, options(t, lang, Office)); err != nil {
			t.Fatal(err)
		}
		in := readable(o.Index.Instance)
		tables := filepath.Join(dir, "tables")
		if err := workbook.WriteCSV(tables, &in); err != nil {
			t.Fatal(err)
		}
		book := openBook(t, filepath.Join(dir, "plan.xlsx"))
		for file, sheet := range map[string]i18n.Text{"followups": i18n.T("跟踪台账", "followups"), "ledger": i18n.T("台账", "ledger")} {
			rows, err := book.GetRows(sheet.In(lang))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := csv.NewWriter(&b).WriteAll(rows[tableHead-1:]); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(tables, file+".csv"), []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		back, problems, err := workbook.Read(tables, workbook.Options{})
		if err != nil || back == nil {
			t.Fatal(err, problems.All())
		}
		if n := len(back.FollowUps); n != 5 || back.FollowUps[0].Cadre != "C1" || back.FollowUps[0].Post != "P2" || back.FollowUps[0].Remind != posting.NewMonth(2026, 7) {
			t.Errorf("%s: %d rows, the first %+v", lang, n, back.FollowUps)
		}
		if n := len(back.Ledger); n == 0 || back.Ledger[0] != (posting.LedgerRow{Cadre: "C1", Year: 2024, Hardship: 24}) {
			t.Errorf("%s: %+v", lang, back.Ledger)
		}
	}
}

// A secondment keeps the post at home: the seat is not open, and the papers say so.
func TestSecondmentOnPaper(t *testing.T) {
	o := fixture()
	a := &o.Plan.Assignments[1]
	a.Move, a.Keeps, a.Remove, a.Until = posting.MoveSecond, "P2", nil, posting.NewMonth(2027, 12)
	p := newPapers(o, options(t, i18n.Zh, Office))
	if got := p.destination(p.changes[1]); got != "挂职：县信访办主任（至2027.12，保留原职）" {
		t.Errorf("destination %q", got)
	}
	if p.final[1] != o.Index.PostAt("P2") {
		t.Error("the post at home is given up")
	}
}

// The days between giving up and taking a seat stand beside the move.
func TestVacantDays(t *testing.T) {
	o := fixture()
	o.Plan.Assignments[0].Date += 2 // 赵一 takes in March what 钱二 leaves in January
	p := newPapers(o, options(t, i18n.Zh, Office))
	if got := p.vacantDays(p.changes[0]); got != 59 {
		t.Errorf("%d days, want 31 + 28", got)
	}
	if got := p.facts(p.changes[0]); !strings.Contains(got, "岗位空缺59天") {
		t.Errorf("facts: %s", got)
	}
}
