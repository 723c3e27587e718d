package workbook

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"cadre/internal/i18n"
	"cadre/posting"
)

// drawInstance makes any instance that the reader accepts: consistent in its references, free in everything else.
func drawInstance(t *rapid.T) *posting.Instance {
	in := &posting.Instance{}
	places := drawIDs(t, "L", 1, 4)
	units := drawIDs(t, "U", 1, 4)
	posts := drawIDs(t, "P", 1, 8)
	for i, id := range places {
		in.Places = append(in.Places, posting.Place{ID: id, Order: i + 1, Name: drawText(t), Parent: earlier(t, places, i),
			Tier: drawNumber(t, 1, 5), Hardship: drawNumber(t, 0, 6), Lodging: drawNumber(t, 0, 90), Outside: drawCount(t, 5)})
	}
	for i, id := range units {
		in.Units = append(in.Units, posting.Unit{ID: id, Order: i + 1, Name: drawText(t), Kind: pick(t, posting.Township, posting.MassOrg),
			Parent: earlier(t, units, i), Place: pick(t, append(places, "")...), System: drawBlank(t), Tier: drawNumber(t, 1, 5),
			Heads: drawNumber(t, 0, 3), Deps: drawNumber(t, 0, 9), Middle: drawNumber(t, 0, 9)})
	}
	for i, id := range posts {
		in.Posts = append(in.Posts, drawPost(t, id, i, units, posts))
	}
	for i, id := range posts { // one holder each at most, so that nothing is doubled; somebody, as no table may be empty
		if i == 0 || rapid.Bool().Draw(t, "held") {
			in.Cadres = append(in.Cadres, drawCadre(t, "C"+strconv.Itoa(i), i+1, id, places, posts))
		}
	}
	arrival := drawCadre(t, "N1", 100, "", places, posts)
	arrival.Arrives = posting.NewMonth(2026, 3)
	in.Cadres = append(in.Cadres, arrival)
	drawEvents(t, in)
	Sort(in)
	in.Name, in.Hash = "county", Hash(in)
	return in
}

func drawPost(t *rapid.T, id string, i int, units, posts []string) posting.Post {
	flag := func() bool { return rapid.Bool().Draw(t, "flag") }
	return posting.Post{ID: id, Order: i + 1, Name: drawText(t), Unit: pick(t, units...),
		Role: posting.Role(rapid.IntRange(1, 7).Draw(t, "role")), Level: posting.Level(rapid.IntRange(1, 8).Draw(t, "level")),
		Leading: flag(), Team: flag(), Key: flag(), Counts: flag(), Superior: earlier(t, posts, i), Weight: drawNumber(t, 1, 5),
		Fields: drawList(t), Filling: pick(t, posting.Fillable, posting.Frozen), Approval: pick(t, posting.ByParty, posting.ByDual),
		Authority: drawBlank(t), Nominated: flag(), HomeArea: flag(), LiveIn: flag(), Audited: flag(),
		Term: pick(t, posting.TermOrdinary, posting.TermMission), TermMonths: drawCount(t, 36), Staff: pick(t, posting.Administrative, ""),
		NeedParty: drawBlank(t), NeedEthnicity: drawBlank(t), NeedDegree: posting.Degree(rapid.IntRange(0, 5).Draw(t, "degree")),
		NeedLicence: drawBlank(t), NeedGrassroots: drawCount(t, 60)}
}

func drawCadre(t *rapid.T, id string, order int, post string, places, posts []string) posting.Cadre {
	flag := func() bool { return rapid.Bool().Draw(t, "flag") }
	tri := func() posting.Tri { return posting.Tri(rapid.IntRange(0, 2).Draw(t, "tri")) }
	home := append([]string{"", posting.Elsewhere}, places...)
	c := posting.Cadre{ID: id, Order: order, Name: "王" + id, Sex: pick(t, "", "男", "女"), Birth: drawMonth(t, 1960, 1985),
		Ethnicity: drawBlank(t), NativePlace: drawBlank(t), GrewUp: pick(t, home...), Party: drawBlank(t),
		PartySince: drawMonth(t, 2005, 2010), WorkSince: drawMonth(t, 2003, 2010), Degree: posting.Degree(rapid.IntRange(0, 5).Draw(t, "degree")),
		Licences: drawList(t), Fields: drawList(t), Level: posting.Level(rapid.IntRange(0, 8).Draw(t, "level")),
		LevelSince: drawMonth(t, 2012, 2020), Post: post, PostSince: drawMonth(t, 2012, 2025), Deduct: drawCount(t, 20),
		UnitSince: drawMonth(t, 2012, 2020), Staff: pick(t, posting.Participating, ""), Authority: drawBlank(t),
		Grassroots: drawNumber(t, 0, 100), Reserve: flag(), Home: pick(t, home...), Lodging: pick(t, append(places, "")...),
		FamilySize: drawNumber(t, 0, 9), ExamYear: pick(t, 0, 2027), ParentCare: tri(), Hardship: tri(),
		Disposition: pick(t, posting.Normal, posting.Stay, posting.MustMove, posting.Fixed), DecidedBy: drawBlank(t),
		Hold: flag(), HoldUntil: drawMonth(t, 2026, 2028), Care: flag(), Review: flag(),
		Duty: pick(t, posting.NoDuty, posting.Village), DutyUntil: drawMonth(t, 2026, 2028), Probation: drawMonth(t, 2026, 2028),
		OriginLevel: posting.Level(rapid.IntRange(0, 8).Draw(t, "level")), ReturnsTo: pick(t, append(posts, "")...), Temperament: drawList(t)}
	if flag() {
		c.Consents = []string{posting.Anywhere}
	}
	if flag() {
		c.Unsuited = []string{posts[0]}
	}
	if flag() {
		c.Appraisals = []posting.Appraisal{{Year: 2024, Grade: "优秀"}, {Year: 2025, Grade: "基本称职"}}
	}
	if c.Disposition == posting.Fixed {
		c.FixedPost = pick(t, posts...)
	}
	if other := pick(t, posts...); post != "" && other != post {
		c.Also = []string{other}
	}
	return c
}

func drawEvents(t *rapid.T, in *posting.Instance) {
	last := in.Cadres[len(in.Cadres)-1].ID
	for i := range in.Cadres[:len(in.Cadres)-1] {
		id := in.Cadres[i].ID
		if rapid.Bool().Draw(t, "events") {
			in.Ties = append(in.Ties, posting.Tie{A: id, B: last, Kin: pick(t, posting.Spouse, posting.InLaw)})
			in.Departures = append(in.Departures, posting.Departure{Cadre: id, Month: posting.NewMonth(2026, 5), Class: posting.LeaveRetirement})
			in.Done = append(in.Done, posting.Done{Cadre: id, From: in.Posts[0].ID, To: in.Cadres[i].Post, Month: posting.NewMonth(2025, 11)})
			in.History = append(in.History, posting.Stint{Cadre: id, Unit: drawText(t), Post: drawBlank(t), From: drawMonth(t, 2003, 2008),
				To: drawMonth(t, 2009, 2011), Exchanged: posting.Tri(rapid.IntRange(0, 2).Draw(t, "tri"))})
			in.Exceptions = append(in.Exceptions, posting.Exception{No: "E" + strconv.Itoa(i), Clause: "R07", Subject: id, Ground: drawText(t),
				Approver: drawText(t), Document: drawText(t), Until: drawMonth(t, 2026, 2027)})
		}
	}
	for i := range in.Cadres {
		drawRecords(t, in, i)
	}
	for _, e := range in.Exceptions {
		if !slices.ContainsFunc(in.Documents, func(d posting.Document) bool { return d.No == e.Document }) {
			in.Documents = append(in.Documents, posting.Document{No: e.Document, Title: drawBlank(t), Body: drawBlank(t), Date: drawMonth(t, 2020, 2025)})
		}
	}
	for i := 1; i < len(in.Places); i++ {
		in.Trips = append(in.Trips, posting.Trip{From: in.Places[0].ID, To: in.Places[i].ID, Minutes: drawCount(t, 200)})
	}
}

// drawRecords are what was borne, promised, said, wished and rated of one cadre.
func drawRecords(t *rapid.T, in *posting.Instance, i int) {
	id, post := in.Cadres[i].ID, in.Posts[0].ID
	tri := func() posting.Tri { return posting.Tri(rapid.IntRange(0, 2).Draw(t, "tri")) }
	if !rapid.Bool().Draw(t, "records") {
		return
	}
	in.Ledger = append(in.Ledger, posting.LedgerRow{Cadre: id, Year: 2024, Hardship: drawCount(t, 72), Far: drawCount(t, 12), Apart: drawCount(t, 12),
		Care: drawCount(t, 12), Overdue: drawCount(t, 12), Unmet: drawCount(t, 3)})
	in.FollowUps = append(in.FollowUps, posting.FollowUp{Round: drawBlank(t), Cadre: id, Post: post, Date: drawMonth(t, 2023, 2025), Reported: drawMonth(t, 2023, 2025),
		Housing: tri(), SpouseJob: tri(), School: tri(), Family: tri(), Medical: tri(), Allowance: tri(), Promised: pick(t, nil, []string{"住房", "医疗"}),
		HalfYear: pick(t, "", "优秀"), OneYear: pick(t, "", "称职"), Midterm: pick(t, "", "称职"), Final: pick(t, "", "优秀"),
		ReturnsTo: pick(t, "", post), Remind: drawMonth(t, 2026, 2027), Note: drawBlank(t)})
	in.Opinions = append(in.Opinions, posting.Opinion{Cadre: id, Post: pick(t, "", post), From: posting.Interview, Stance: pick(t, posting.Agrees, posting.Difficulties),
		Difficulty: pick(t, "", "住房"), Ground: drawBlank(t), Answer: drawBlank(t), Date: drawMonth(t, 2025, 2025)})
	in.Wishes = append(in.Wishes, posting.Wish{Cadre: id, Rank: 1, Target: post}, posting.Wish{Cadre: id, Target: in.Places[0].ID, Refuse: true})
	in.Ratings = append(in.Ratings, posting.Rating{By: in.Units[0].ID, Cadre: id, Rank: i + 1, Grade: drawNumber(t, 1, 5), Veto: rapid.Bool().Draw(t, "veto")})
}

func drawIDs(t *rapid.T, prefix string, least, most int) []string {
	ids := make([]string, rapid.IntRange(least, most).Draw(t, prefix))
	for i := range ids {
		ids[i] = prefix + strconv.Itoa(i)
	}
	return ids
}

func pick[T any](t *rapid.T, from ...T) T { return rapid.SampledFrom(from).Draw(t, "pick") }

// earlier keeps parent chains free of cycles.
func earlier(t *rapid.T, ids []string, i int) string { return pick(t, append(ids[:i:i], "")...) }

func drawText(t *rapid.T) string {
	return rapid.StringMatching(`[一-龥（），a-z"]{0,5}[一-龥][a-z\n =]?[一-龥]`).Draw(t, "text")
}

func drawBlank(t *rapid.T) string {
	if rapid.Bool().Draw(t, "blank") {
		return ""
	}
	return drawText(t)
}

func drawList(t *rapid.T) []string {
	return pick(t, nil, []string{"财政"}, []string{"财政", "农业（畜牧）"})
}

func drawNumber(t *rapid.T, least, most int) int {
	return pick(t, posting.Unknown, rapid.IntRange(least, most).Draw(t, "n"))
}

func drawCount(t *rapid.T, most int) int { return rapid.IntRange(0, most).Draw(t, "n") }

func drawMonth(t *rapid.T, from, to int) posting.Month {
	if rapid.IntRange(0, 4).Draw(t, "blank") == 0 {
		return 0
	}
	return posting.NewMonth(rapid.IntRange(from, to).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
}

// TestRoundTripCSV: what is written is read back, equal in every field.
func TestRoundTripCSV(t *testing.T) {
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		in := drawInstance(t)
		n++
		dir := filepath.Join(root, strconv.Itoa(n), "county")
		if err := WriteCSV(dir, in); err != nil {
			t.Fatal(err)
		}
		compare(t, in, dir)
	})
}

// TestRoundTripXLSX: the same through a workbook, in both languages, with equal bytes when written twice.
func TestRoundTripXLSX(t *testing.T) {
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		if n++; n > 25 { // writing workbooks is slow; the columns are those of the CSV test
			return
		}
		in := drawInstance(t)
		path := filepath.Join(root, "county.xlsx")
		lang := pick(t, i18n.Zh, i18n.En)
		write := func() []byte {
			if err := WriteXLSX(path, in, lang); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		if !bytes.Equal(write(), write()) {
			t.Fatal("the same instance gave different bytes")
		}
		compare(t, in, path)
	})
}

func compare(t *rapid.T, want *posting.Instance, path string) {
	got, ps, err := Read(path, Options{Date: posting.NewMonth(2026, 1)})
	if err != nil {
		t.Fatal(err)
	}
	if got == nil {
		var b bytes.Buffer
		ps.Write(&b, i18n.En)
		t.Fatalf("refused:\n%s", b.String())
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}
