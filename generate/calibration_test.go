package generate

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"cadre/policy"
	"cadre/posting"
	"cadre/workbook"
)

// written generates a kind into a folder and reads it back.
func written(t *testing.T, k Kind, o Options) (string, *posting.Instance) {
	t.Helper()
	dir := t.TempDir()
	if _, err := Write(dir, k, o); err != nil {
		t.Fatal(err)
	}
	in, problems, err := workbook.Read(dir, workbook.Options{Date: PlanDate()})
	if err != nil || in == nil {
		t.Fatalf("%s of %d: %v %v", k, o.Size, err, problems.All())
	}
	for _, p := range problems.All() {
		if p.Code != "W1601" && (p.Code != "W1401" || k == KindNational) {
			t.Errorf("%s of %d: %v", k, o.Size, p)
		}
	}
	return dir, in
}

// mean is a mean that grows.
type mean struct{ sum, n float64 }

func (m *mean) add(v float64) { m.sum, m.n = m.sum+v, m.n+1 }

func (m *mean) yes(is bool) {
	if is {
		m.add(1)
	} else {
		m.add(0)
	}
}

// figures are what the domain sheet publishes of leaders, as measured in instances.
type figures struct{ province, city, county, secretaries, newcomers, moved mean }

func (f *figures) measure(in *posting.Instance) {
	x := posting.NewIndex(in, posting.Calendar{Date: PlanDate(), Periods: 1, Length: horizonLen})
	for c := range in.Cadres {
		p := x.Seat(c)
		if p == posting.None || !in.Posts[p].Leading {
			continue
		}
		who, post, unit := &in.Cadres[c], &in.Posts[p], &in.Units[x.UnitOf(p)]
		f.age(float64(PlanDate()-who.Birth)/12, post, unit.System == "地方")
		if months, known := x.Tenure(c, 1); known {
			f.newcomers.yes(months < 12)
		}
		if place := &in.Places[x.PlaceOf(p)]; who.Home != "" && place.Tier > 1 { // out in the areas: whoever serves there was sent
			f.moved.yes(who.Home == place.ID)
		}
	}
}

func (f *figures) age(age float64, post *posting.Post, team bool) {
	switch {
	case post.Level >= posting.BureauDeputy:
		f.province.add(age)
	case post.Level >= posting.CountyDeputy && team:
		f.county.add(age)
		if post.Role == posting.PartyPrincipal {
			f.secretaries.yes(age < 46)
		}
	case post.Level >= posting.CountyDeputy:
		f.city.add(age)
	}
}

// TestCalibration holds the people of the pools against the figures of the domain: mean ages of leading teams in 2003 (53.5, 49.1,
// 43.1), 38.7 % of county secretaries 45 or younger, fewer than a quarter of those sent away with the family, and a yearly
// quarter of the eligible, who are some two fifths: a tenth of all seats changes hands in a year.
func TestCalibration(t *testing.T) {
	var f figures
	for seed := range uint64(3) {
		for _, k := range []Kind{KindPrefecture, KindNational} {
			o := Defaults(k)
			o.Size, o.Seed = 3000, seed+1
			_, in := written(t, k, o)
			f.measure(in)
		}
	}
	for _, c := range []struct {
		what        string
		got         mean
		least, most float64
	}{
		{"age of a province's leaders", f.province, 52.5, 54.5}, {"age of a city's leaders", f.city, 48.1, 50.1},
		{"age of a county's leaders", f.county, 42.1, 44.1}, {"county secretaries of 45 or less", f.secretaries, 0.29, 0.49},
		{"in post for less than a year", f.newcomers, 0.08, 0.15}, {"family moved", f.moved, 0.05, 0.25},
	} {
		if got := c.got.sum / c.got.n; !(got >= c.least && got <= c.most) {
			t.Errorf("%s: %.2f of %.0f, want %g to %g", c.what, got, c.got.n, c.least, c.most)
		}
	}
}

// TestPoolsReadBack: every kind reads back without an error or a warning but for headcounts, its policies are sound and meet the
// tables, and equal options give equal bytes.
func TestPoolsReadBack(t *testing.T) {
	for _, k := range Kinds() {
		o := Defaults(k)
		o.Seed = 5
		if least, _ := k.sizes(); least > LeastCounty {
			o.Size = least + 500
		}
		dir, in := written(t, k, o)
		if n := len(in.Cadres); n < o.Size*8/10 || n > o.Size*11/10 {
			t.Errorf("%s of %d: %d cadres", k, o.Size, n)
		}
		again, _ := written(t, k, o)
		policies := []string{"policy.yaml"}
		more, _ := filepath.Glob(filepath.Join(dir, "policies", "*"))
		for _, path := range more {
			policies = append(policies, filepath.Join("policies", filepath.Base(path)))
		}
		if k == KindNational && len(policies) < 4 {
			t.Errorf("%s has %d policies", k, len(policies))
		}
		for _, name := range policies {
			soundPolicy(t, filepath.Join(dir, name), in)
		}
		sameFiles(t, dir, again)
	}
}

func soundPolicy(t *testing.T, path string, in *posting.Instance) {
	t.Helper()
	pol, faults, err := policy.Read(path, policy.Options{})
	if err != nil || pol == nil || len(faults.List) > 0 {
		t.Fatalf("%s: %v %v", path, err, faults)
	}
	if faults := pol.Validate(posting.NewIndex(in, pol.Calendar), nil); len(faults.List) > 0 {
		t.Errorf("%s: %v", path, faults.List[0])
	}
}

func sameFiles(t *testing.T, a, b string) {
	t.Helper()
	err := filepath.WalkDir(a, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(a, path)
		one, err := os.ReadFile(path)
		two, err2 := os.ReadFile(filepath.Join(b, rel))
		if err2 != nil || !bytes.Equal(one, two) {
			t.Errorf("%s differs: %v", rel, err2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPoolDials: each dial of the larger kinds moves what it says.
func TestPoolDials(t *testing.T) {
	count := func(turn func(*Options)) map[string]int {
		o := Defaults(KindPrefecture)
		o.Size = 800
		turn(&o)
		dir, in := written(t, KindPrefecture, o)
		n := census(in)
		for i := range in.Posts {
			if in.Posts[i].NeedLicence != "" {
				n["licences"]++
			}
		}
		for i := range in.Places {
			n["tier"] = max(n["tier"], in.Places[i].Tier)
			n["beds"] += in.Places[i].Lodging
		}
		pol, _, err := policy.Read(filepath.Join(dir, "policy.yaml"), policy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := pol.ActiveOf("yearly_share")[0].Ratio("share")
		n["share"] = int(100 * r.Num / r.Den)
		return n
	}
	base := count(func(*Options) {})
	for what, c := range map[string]struct {
		turn func(*Options)
		up   bool
	}{
		"leaders eligible": {func(o *Options) { o.Overdue = 0.3 }, true},
		"middle eligible":  {func(o *Options) { o.Middle = 0.1 }, false},
		"配偶":               {func(o *Options) { o.Couples = 0.2 }, true},
		"grew up blank":    {func(o *Options) { o.Size = 500 }, false},
		"licences":         {func(o *Options) { o.Scarcity = 0.3 }, true},
		"tier":             {func(o *Options) { o.Tiers = 2 }, false},
		"share":            {func(o *Options) { o.Quota = 2 }, true},
		"beds":             {func(o *Options) { o.Housing = 8 }, true},
	} {
		if got := count(c.turn)[what]; c.up && got <= base[what] || !c.up && got >= base[what] {
			t.Errorf("%s: %d after %d", what, got, base[what])
		}
	}
}

// TestPlanted: what is planted is written beside the input, which stays sound.
func TestPlanted(t *testing.T) {
	for _, k := range []Kind{KindCounty, KindPrefecture, KindNational} {
		for i, plant := range Plants() {
			o := Defaults(k)
			o.Plant, o.Seed = plant, uint64(i+1)
			if k != KindCounty {
				o.Size = 1000
			}
			dir, in := written(t, k, o)
			text, err := os.ReadFile(filepath.Join(dir, "planted.json"))
			var p Planted
			if err != nil || json.Unmarshal(text, &p) != nil || len(p.Subjects) == 0 || plant != PlantAny && p.Kind != plant {
				t.Fatalf("%s %s: %v %s", k, plant, err, text)
			}
			x := posting.NewIndex(in, posting.Calendar{Date: PlanDate(), Periods: 1, Length: horizonLen})
			for _, id := range p.Subjects {
				if c := x.CadreAt(id); c != posting.None && in.Cadres[c].Disposition == posting.Normal || c == posting.None && x.PostAt(id) == posting.None {
					t.Errorf("%s %s: nothing was decided about %s", k, plant, id)
				}
			}
		}
	}
}

func TestDialsOutOfRange(t *testing.T) {
	for _, turn := range []func(*Options){
		func(o *Options) { o.Size = 10 }, func(o *Options) { o.Quota = 0 }, func(o *Options) { o.Tiers = 6 }, func(o *Options) { o.Scarcity = -1 },
		func(o *Options) { o.Plant = "weeds" }, func(o *Options) { o.Periods = 9 }, func(o *Options) { o.Housing = 1e9 },
	} {
		o := Defaults(KindPrefecture)
		turn(&o)
		if _, err := Write(t.TempDir(), KindPrefecture, o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	if _, err := Write(t.TempDir(), "hamlet", DefaultOptions()); err == nil {
		t.Error("a hamlet is taken")
	}
}
