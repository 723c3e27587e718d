package generate

import (
	"fmt"
	"strings"
	"testing"

	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// Every county of any size and seed reads back without an error, with no warning but the two units above their
// headcount, and its policy is sound.
func TestCountiesReadBack(t *testing.T) {
	for _, size := range []int{LeastCounty, 200, MostCounty} {
		o := DefaultOptions()
		o.Size, o.Seed = size, uint64(size)
		dir := t.TempDir()
		if _, err := Write(dir, KindCounty, o); err != nil {
			t.Fatal(err)
		}
		in, problems, err := workbook.Read(dir+"/csv", workbook.Options{Date: PlanDate()})
		if err != nil || in == nil {
			t.Fatalf("size %d: %v %v", size, err, problems)
		}
		for _, p := range problems.All() {
			if p.Code != "W1601" && p.Code != "W1401" {
				t.Errorf("size %d: %v", size, p)
			}
		}
		if pol, faults, err := policy.Read(dir+"/policy.yaml", policy.Options{}); err != nil || pol == nil || len(faults.List) > 0 {
			t.Errorf("policy: %v %v", err, faults)
		}
		if got := len(in.Cadres); got < size*8/10 || got > size*12/10 {
			t.Errorf("size %d: %d cadres", size, got)
		}
	}
}

// On the plan date nobody stands where the law forbids it, but for the one pair whose move is the point.
func TestPlanDateIsLawful(t *testing.T) {
	for seed := range uint64(12) {
		o := DefaultOptions()
		o.Seed, o.Size = seed+1, 100+25*int(seed)
		in := county(t, o).Instance
		x := posting.NewIndex(in, posting.Calendar{Date: PlanDate(), Periods: 1, Length: horizonLen})
		if clashes := clashing(x); len(clashes) != 1 {
			t.Errorf("seed %d: kin in clashing posts: %v, want one pair", o.Seed, clashes)
		}
		for c := range in.Cadres {
			if p := x.Seat(c); p != posting.None {
				unlawful(t, x, c, p)
			}
		}
		if over := overfull(x); len(over) != o.scaled(2) {
			t.Errorf("seed %d: units above headcount: %v, want %d", o.Seed, over, o.scaled(2))
		}
	}
}

// clashing lists the ties between people of one unit of whom one is the other's superior or who share one.
func clashing(x *posting.Index) []string {
	var out []string
	for _, t := range x.Ties {
		a, b := x.Seat(x.CadreAt(t.A)), x.Seat(x.CadreAt(t.B))
		p, q := &x.Posts[a], &x.Posts[b]
		if p.Unit == q.Unit && (p.Superior == q.ID || q.Superior == p.ID || p.Superior != "" && p.Superior == q.Superior) {
			out = append(out, t.A+" "+t.B)
		}
	}
	return out
}

func unlawful(t *testing.T, x *posting.Index, c, p int) {
	t.Helper()
	who, post := &x.Cadres[c], &x.Posts[p]
	if len(x.Holders(p)) > 1 {
		t.Errorf("%s has %d holders", post.ID, len(x.Holders(p)))
	}
	for fault, yes := range map[string]bool{
		"home area": post.HomeArea && who.GrewUp == x.Units[x.UnitOf(p)].Place,
		"party":     post.NeedParty != "" && who.Party != post.NeedParty,
		"ethnicity": post.NeedEthnicity != "" && who.Ethnicity != post.NeedEthnicity,
		"licence":   post.NeedLicence != "" && !strings.Contains(fmt.Sprint(who.Licences), post.NeedLicence),
		"level":     who.Level != post.Level, "staff type": post.Staff != "" && who.Staff != post.Staff,
		"dates": who.PostSince.Known() && (who.WorkSince >= who.PostSince || who.LevelSince > who.PostSince || who.UnitSince > who.PostSince ||
			who.PostSince < who.Birth+20*12),
	} {
		if yes {
			t.Errorf("%s in %s: %s", who.ID, post.Name, fault)
		}
	}
}

// overfull lists the units with more holders of counted posts than their headcount.
func overfull(x *posting.Index) []string {
	held := map[string]map[posting.Grade]int{}
	for p := range x.Posts {
		q := &x.Posts[p]
		if held[q.Unit] == nil {
			held[q.Unit] = map[posting.Grade]int{}
		}
		if q.Counts {
			held[q.Unit][q.Role.Grade()] += len(x.Holders(p))
		}
	}
	var out []string
	for i := range x.Units {
		u := &x.Units[i]
		for _, g := range []posting.Grade{posting.GradeHead, posting.GradeDeputy, posting.GradeMiddle} {
			if h := u.Headcount(g); h != posting.Unknown && held[u.ID][g] > h {
				out = append(out, u.ID)
			}
		}
	}
	return out
}

// Whoever retires in the plan period is listed as leaving in the month that the reform's table gives, and nobody else
// reaches his age in it.
func TestRetirements(t *testing.T) {
	if got, want := retirement("男", posting.NewMonth(1965, 5)), posting.NewMonth(2025, 7); got != want {
		t.Errorf("born 1965-05: %v, want %v", got, want)
	}
	if got, want := retirement("女", posting.NewMonth(1969, 12)), posting.NewMonth(2024, 12); got != want {
		t.Errorf("born 1969-12, before the reform: %v, want %v", got, want)
	}
	if got, want := retirement("女", posting.NewMonth(1985, 1)), posting.NewMonth(2043, 1); got != want {
		t.Errorf("born 1985-01, after it: %v, want %v", got, want)
	}
	in := county(t, DefaultOptions()).Instance
	leaves := map[string]posting.Departure{}
	for _, d := range in.Departures {
		leaves[d.Cadre] = d
	}
	for _, c := range in.Cadres {
		month := retirement(c.Sex, c.Birth)
		d := leaves[c.ID]
		if d.Class == posting.LeaveRetirement && d.Month != month {
			t.Errorf("%s leaves in %v and retires in %v", c.ID, d.Month, month)
		}
		if d.Class != posting.LeaveRetirement && c.Level <= posting.TownshipHead && month < PlanDate()+horizonLen {
			t.Errorf("%s retires in %v and is not listed", c.ID, month)
		}
	}
}

// The table of the generator is that of the built-in clause.
func TestRetirementTableIsThatOfR25(t *testing.T) {
	for _, c := range policy.Builtin().Clauses {
		if c.ID != "R25" {
			continue
		}
		for _, row := range c.Table("table") {
			age := map[string]string{"男": fmt.Sprint(maleAge), "女": fmt.Sprint(femaleAge)}[row["sex"]]
			if row["level_from"] == "" && (row["age"] != age || row["step_months"] != fmt.Sprint(stepMonths) || row["from"] != fmt.Sprintf("%d-01", reformYear)) {
				t.Errorf("R25 has %v", row)
			}
		}
		return
	}
	t.Error("the built-in rules have no R25")
}
