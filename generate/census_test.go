package generate

import (
	"testing"

	"cadre/posting"
)

// census counts what the instance holds of everything the example is to have.
func census(in *posting.Instance) map[string]int {
	n := map[string]int{"units": len(in.Units), "places": len(in.Places), "trips": len(in.Trips), "done": len(in.Done), "exceptions": len(in.Exceptions)}
	x := posting.NewIndex(in, posting.Calendar{Date: PlanDate(), Periods: 1, Length: horizonLen})
	for i := range in.Units {
		countUnit(n, &in.Units[i])
	}
	for p := range in.Posts {
		countPost(n, x, p)
	}
	for c := range in.Cadres {
		countCadre(n, x, c)
	}
	for _, d := range in.Departures {
		if d.Class == posting.LeaveRetirement {
			n["retiring"]++
		} else {
			n["leaving"]++
		}
	}
	for _, t := range in.Ties {
		n[string(t.Kin)]++
	}
	return n
}

func countUnit(n map[string]int, u *posting.Unit) {
	n[string(u.Kind)]++
	if u.Middle != posting.Unknown {
		n["units with middle level"]++
	}
}

func countPost(n map[string]int, x *posting.Index, p int) {
	q := &x.Posts[p]
	if len(x.Holders(p)) == 0 {
		n["vacant"]++
	}
	for _, c := range x.Holders(p) {
		if x.Seat(c) != p {
			n["concurrent"]++
		}
	}
	n[string(q.Filling)]++
	if q.Authority != countyAuthority {
		n["outside authority"] += len(x.MainHolders(p))
	}
	if q.Nominated {
		n["nominated"] += len(x.MainHolders(p))
	}
	if q.NeedEthnicity != "" {
		n["ethnic"]++
	}
}

func countCadre(n map[string]int, x *posting.Index, c int) {
	p := &x.Cadres[c]
	if p.Arrival() {
		n["arrivals"]++
		n[string(p.Disposition)]++
		return
	}
	post := &x.Posts[x.Seat(c)]
	class := map[bool]string{true: "leaders", false: "middle"}[post.Leading]
	n[class]++
	if !post.Leading && post.Key {
		n["middle in key posts"]++
	}
	if months, known := x.Tenure(c, 1); known && (p.Authority == countyAuthority || p.Authority == "市管") {
		n[class+" months"] += months
		if months >= overdueFrom {
			n[class+" overdue"]++
		}
		if months >= eligibleFrom {
			n[class+" eligible"]++
		}
	}
	n[string(p.Disposition)]++
	for label, yes := range map[string]bool{
		"not party": p.Party != partyMember, "institution heads": p.Staff == posting.Institution && post.Role.Principal(),
		"on duty": p.Duty.Away(), "probation": p.Probation.Known(), "unsuited": len(p.Unsuited) > 0, "hold": p.Hold, "care": p.Care,
		"review": p.Review, "exam": p.ExamYear != 0, "parents": p.ParentCare == posting.Yes, "grew up blank": p.GrewUp == "",
		"lodged": p.Lodging != "", "deducted": p.Deduct > 0} {
		if yes {
			n[label]++
		}
	}
}

// The default county holds every special case of the example, in number.
func TestCensusOfTheExample(t *testing.T) {
	n := census(county(t, DefaultOptions()).Instance)
	exact := map[string]int{"units": 40, "乡镇": 14, "部门": 20, "群团": 2, "事业单位": 4, "places": 20, "trips": 190,
		"units with middle level": 6, "concurrent": 8, "ethnic": 1, "not party": 5, "institution heads": 6, "on duty": 4, "probation": 3,
		"retiring": 6, "leaving": 4, "arrivals": 3, "预留提拔": 2, "冻结": 1, "必须填": 1, "不动": 10, "定岗": 3, "必动": 1, "unsuited": 2,
		"exceptions": 2, "done": 6, "hold": 4, "care": 3, "review": 2, "outside authority": 8, "deducted": 1, "配偶": 15}
	for what, want := range exact {
		if n[what] != want {
			t.Errorf("%s: %d, want %d", what, n[what], want)
		}
	}
	ranges := map[string][2]int{"leaders": {208, 224}, "middle": {76, 82}, "middle in key posts": {52, 58}, "nominated": {17, 20},
		"leaders overdue": {20, 28}, "leaders eligible": {70, 95}, "middle eligible": {25, 40}, "exam": {10, 40}, "parents": {15, 60}, "vacant": {6, 8},
		"grew up blank": {200, 270}, "lodged": {40, 90}}
	for what, r := range ranges {
		if n[what] < r[0] || n[what] > r[1] {
			t.Errorf("%s: %d, want %d to %d", what, n[what], r[0], r[1])
		}
	}
	if mean := n["leaders months"] / n["leaders"]; mean < 40 || mean > 60 {
		t.Errorf("leaders hold their posts %d months on average, want about four years", mean)
	}
}

// Each dial moves what it says it moves.
func TestDials(t *testing.T) {
	base := census(county(t, DefaultOptions()).Instance)
	for _, c := range []struct {
		what string
		turn func(*Options)
		up   bool
	}{
		{"leaders overdue", func(o *Options) { o.Overdue = 0.2 }, true},
		{"leaders eligible", func(o *Options) { o.Eligible = 0.1 }, false},
		{"middle eligible", func(o *Options) { o.Middle = 0.7 }, true},
		{"配偶", func(o *Options) { o.Couples = 0 }, false},
		{"三代以内旁系血亲", func(o *Options) { o.Kin = 0.12 }, true},
		{"leaders", func(o *Options) { o.Size = 200 }, false},
		{"units", func(o *Options) { o.Size = 400 }, true},
	} {
		o := DefaultOptions()
		c.turn(&o)
		got := census(county(t, o).Instance)[c.what]
		if c.up && got <= base[c.what] || !c.up && got >= base[c.what] {
			t.Errorf("%s: %d after %d", c.what, got, base[c.what])
		}
	}
}

func TestHousingDial(t *testing.T) {
	o := DefaultOptions()
	o.Housing = 0
	tight := freePlaces(county(t, o).Instance)
	o.Housing = 4
	if roomy := freePlaces(county(t, o).Instance); tight > 2 || roomy < 40 {
		t.Errorf("free places: %d with the dial at 0, %d at 4", tight, roomy)
	}
}

// freePlaces is the number of dormitory places of the townships that nobody has.
func freePlaces(in *posting.Instance) int {
	n := 0
	for _, p := range in.Places[1:] {
		n += p.Lodging - p.Outside
		for i := range in.Cadres {
			if in.Cadres[i].Lodging == p.ID {
				n -= need(&in.Cadres[i])
			}
		}
	}
	return n
}

func TestBlankDial(t *testing.T) {
	blanks := func(share float64) int {
		o := DefaultOptions()
		o.Blank = share
		n := 0
		for _, c := range county(t, o).Instance.Cadres {
			if c.Home == "" || c.FamilySize == posting.Unknown || c.Grassroots == posting.Unknown || !c.PostSince.Known() && !c.Arrival() {
				n++
			}
		}
		return n
	}
	if none, many := blanks(0), blanks(0.5); none != 0 || many < 150 {
		t.Errorf("people with blanks: %d with the dial at 0, %d at 0.5", none, many)
	}
}
