package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"cadre/posting"
)

// opening is one seat of a team before it becomes a post.
type opening struct {
	name      string
	role      posting.Role
	level     posting.Level
	weight    int
	fields    []string
	party     bool // a post of the party: asks for a member
	approval  posting.Approval
	under     int // number of the superior's seat in the unit from 1, 0 none
	key       bool
	nominated bool
	homeArea  bool
	liveIn    bool
	licence   string
	minority  bool
	with      int  // number of the seat whose holder has this one as a concurrent post, 0 none
	extra     bool // a row of its own beside the team: neither in the team nor in the headcount
}

const (
	partyMember = "中共党员"
	tierSeat    = 2 // 条件层次 of an ordinary department
)

// organs lays out units and posts in official order: departments, mass organisations, institutions, townships.
func (b *builder) organs() {
	r := b.o.rand(stageStructure)
	for _, d := range b.departments() {
		b.department(d)
	}
	for _, i := range b.institutions() {
		b.institution(i)
	}
	for i := range b.townships() {
		b.townshipUnit(r, i)
	}
	if b.o.Scarcity > 0 {
		b.scarce()
	}
}

// scarce makes the stated share of deputies' posts ask for a licence that only their holders have.
func (b *builder) scarce() {
	r := b.o.rand(stageScarcity)
	for p := range b.in.Posts {
		if b.ordinary(p) && b.deputy(p) && chance(r, b.o.Scarcity) {
			b.in.Posts[p].NeedLicence, b.seats[p].licence = lawLicence, lawLicence
		}
	}
}

// departments are those of the lowest ranks that the size has room for, in official order.
func (b *builder) departments() []department {
	leaders := b.o.Size * 220 / defaultSize
	n := (leaders - b.townships()*len(townshipTeam(0)) - 4*len(b.institutions())/2 - 2) / 4
	list := departments()
	n = min(max(n, 8), len(list))
	ranks := make([]int, len(list))
	for i, d := range list {
		ranks[i] = d.rank
	}
	sort.Ints(ranks)
	return slices.DeleteFunc(list, func(d department) bool { return d.rank > ranks[n-1] })
}

// middleUnits is how many departments have their middle level in the table: six of 300 cadres.
func (b *builder) middleUnits() int { return max(2, (6*b.o.Size+defaultSize/2)/defaultSize) }

func (b *builder) unit(name string, kind posting.UnitKind, system string, place, tier int) *posting.Unit {
	n := b.from.units + len(b.in.Units) + 1
	b.in.Units = append(b.in.Units, posting.Unit{ID: fmt.Sprintf("U%02d", n), Order: n, Name: name, Kind: kind,
		Place: b.in.Places[place].ID, System: system, Tier: tier, Middle: posting.Unknown})
	b.units = append(b.units, organ{township: kind == posting.Township})
	return &b.in.Units[len(b.in.Units)-1]
}

// team adds the leading posts of the last unit and its headcount.
func (b *builder) team(staff posting.StaffType, authority string, openings []opening) {
	u := &b.in.Units[len(b.in.Units)-1]
	for _, o := range openings {
		p := b.post(o)
		p.Staff, p.Authority, p.Leading, p.Team, p.Counts = staff, authority, true, !o.extra, !o.extra
		switch {
		case o.extra:
		case o.role.Grade() == posting.GradeHead:
			u.Heads++
		case o.role.Grade() == posting.GradeDeputy:
			u.Deps++
		}
	}
}

// post appends one post to the last unit.
func (b *builder) post(o opening) *posting.Post {
	u := len(b.in.Units) - 1
	unit, n := &b.in.Units[u], len(b.units[u].posts)+1
	p := posting.Post{ID: b.postID(n), Order: b.from.posts + len(b.in.Posts) + 1, Name: unit.Name + o.name, Unit: unit.ID, Role: o.role,
		Level: o.level, Key: o.key, Counts: true, Weight: o.weight, Fields: o.fields, Filling: posting.Fillable, Approval: o.approval,
		Nominated: o.nominated, HomeArea: o.homeArea, LiveIn: o.liveIn, NeedLicence: o.licence}
	if o.approval == "" {
		p.Approval = posting.ByParty
	}
	if o.party {
		p.NeedParty = partyMember
	}
	if o.minority {
		p.NeedEthnicity = minority + "族"
	}
	if o.under > 0 {
		p.Superior = b.postID(o.under)
	}
	by := none
	if o.with > 0 {
		by = b.units[u].posts[o.with-1]
	}
	b.seats = append(b.seats, seat{unit: u, by: by, holder: none})
	b.units[u].posts = append(b.units[u].posts, len(b.in.Posts))
	b.postRow[p.ID] = len(b.in.Posts)
	b.in.Posts = append(b.in.Posts, p)
	return &b.in.Posts[len(b.in.Posts)-1]
}

// postID is the id of the n-th seat of the last unit.
func (b *builder) postID(n int) string {
	return fmt.Sprintf("P%02d%02d", b.from.units+len(b.in.Units), n)
}

func (b *builder) department(d department) {
	place := seatPlace
	if d.system == "城建" { // these moved to the new district
		place = b.placeNamed(minorPlaces()[0])
	}
	tier := tierSeat
	if d.weight == 5 {
		tier = 1
	}
	u := b.unit(d.name, posting.Department, d.system, place, b.o.tier(tier))
	b.units[len(b.units)-1].style = d.style
	switch d.style {
	case tax:
		b.team(posting.Administrative, "市税务局党委管理", taxTeam())
	case military:
		b.team("", "军分区管理", militaryTeam())
	default:
		b.team(posting.Administrative, b.authority, append(departmentTeam(d), concurrent(d)...))
	}
	order := middleOrder()
	if slices.Contains(order[:min(b.middleUnits(), len(order))], d.name) {
		b.sections(u, d)
	}
}

func (b *builder) placeNamed(name string) int {
	return slices.IndexFunc(b.in.Places, func(p posting.Place) bool { return p.Name == name })
}

func departmentTeam(d department) []opening {
	head, deputy := posting.TownshipHead, posting.TownshipDeputy
	second := func(name string, weight int, fields ...string) opening {
		return opening{name: name, role: posting.Deputy, level: deputy, weight: weight, fields: fields, under: 1}
	}
	chief := func(name string) opening {
		return opening{name: name, role: posting.Deputy, level: head, weight: d.weight, fields: []string{d.field, "党务"}, party: true, key: d.key}
	}
	switch d.style {
	case office:
		return []opening{
			{name: "主任", role: posting.GovernmentPrincipal, level: head, weight: d.weight, fields: []string{d.field, "党务"}, party: true},
			second("副主任", 3, d.field), second("副主任", 2, d.field, "信访"), second("副主任", 2, d.field)}
	case ministry:
		return []opening{chief("常务副部长"), second("副部长", 3, d.field, "党务"), second("副部长", 3, d.field), second("部务委员", 2, d.field)}
	case discipline:
		return []opening{chief("副书记、监委副主任"), second("常委", 3, d.field), second("常委", 3, d.field, "审计"), second("常委", 2, d.field)}
	case police:
		return []opening{chief("政委"), second("副局长", 3, d.field), second("副局长", 3, d.field, "信访"), second("副局长", 2, d.field)}
	case split:
		team := []opening{
			{name: "党委书记", role: posting.PartyPrincipal, level: head, weight: d.weight, fields: []string{d.field, "党务"}, party: true},
			{name: "局长", role: posting.GovernmentPrincipal, level: head, weight: d.weight, fields: []string{d.field}, approval: posting.ByCongress},
			second("副局长", 3, d.field), second("副局长", 2, d.field, "综合")}
		team[2].under, team[3].under = 2, 2
		return team
	}
	return append([]opening{
		{name: "党组书记、局长", role: posting.GovernmentPrincipal, level: head, weight: d.weight, fields: []string{d.field, "经济"}, party: true,
			approval: posting.ByCongress, key: d.key},
		second("副局长", 3, d.field), second("副局长", 2, d.field, "综合")}, lastSeat(d))
}

// concurrent is the post beside the team that one of the team holds as well, in the departments that have one.
func concurrent(d department) []opening {
	o := opening{role: posting.OtherStaff, level: posting.TownshipDeputy, weight: 2, fields: []string{d.field}, extra: true}
	switch d.name {
	case "县委办公室":
		o.name, o.with = "（县保密局）局长", 2
	case "县委组织部":
		o.name, o.with = "（县委老干部局）局长", 2
	case "县财政局":
		o.name, o.with = "（县国有资产事务中心）主任", 3
	default:
		return nil
	}
	return []opening{o}
}

// lastSeat is the fourth seat of a bureau's team.
func lastSeat(d department) opening {
	o := opening{role: posting.Member, level: posting.TownshipDeputy, under: 1}
	switch d.fourth {
	case fourthInspector:
		o.name, o.weight, o.fields, o.party, o.nominated = "派驻纪检监察组组长", 3, []string{"纪检"}, true, true
	case fourthEngineer:
		o.name, o.weight, o.fields, o.licence = "总工程师", 3, []string{d.field + "工程"}, engineerLicence
	default:
		o.name, o.weight, o.fields, o.party = "党组成员", 2, []string{d.field, "党务"}, true
	}
	return o
}

func taxTeam() []opening {
	d := opening{name: "副局长", role: posting.Deputy, level: posting.TownshipDeputy, weight: 3, fields: []string{"财政"}, under: 1, approval: posting.ByDual}
	return []opening{{name: "党委书记、局长", role: posting.GovernmentPrincipal, level: posting.TownshipHead, weight: 5, fields: []string{"财政"},
		party: true, key: true, approval: posting.ByDual}, d, d, d}
}

func militaryTeam() []opening {
	head := func(name string, role posting.Role) opening {
		return opening{name: name, role: role, level: posting.CountyDeputy, weight: 5, fields: []string{"武装"}, party: true, approval: posting.ByDual}
	}
	staff := func(name string) opening {
		return opening{name: name, role: posting.Deputy, level: posting.TownshipHead, weight: 4, fields: []string{"武装"}, party: true,
			approval: posting.ByDual, under: 1}
	}
	return []opening{head("部长", posting.GovernmentPrincipal), head("政委", posting.PartyPrincipal), staff("副部长"), staff("军事科科长")}
}

// sections adds the middle level: two posts a section, as many sections as the table of the department lists.
func (b *builder) sections(u *posting.Unit, d department) {
	base := b.size()
	for i, s := range d.sections {
		name, key := strings.CutSuffix(s, "*")
		weight := 2
		if i == 1 || i == 2 { // the sections that carry the department
			weight = 3
		}
		charge := 2 + i%2 // the deputy in charge
		b.section(name, "长", d, posting.MiddleHead, posting.SectionHead, weight, charge, key)
		if i > 0 || u.Order%2 == 1 { // every other office has no deputy
			b.section(name, "副", d, posting.MiddleDeputy, posting.SectionDeputy, 1, b.size(), key)
		}
	}
	u.Middle = b.size() - base
}

// size is the number of posts of the last unit so far.
func (b *builder) size() int { return len(b.units[len(b.units)-1].posts) }

func (b *builder) section(name, part string, d department, role posting.Role, level posting.Level, weight, under int, key bool) {
	titles := map[string]string{"长": "股长", "副": "副股长"}
	if section, ok := strings.CutSuffix(name, "股"); ok {
		name = section
	} else { // an office has a 主任
		titles = map[string]string{"长": "主任", "副": "副主任"}
	}
	p := b.post(opening{name: name + titles[part], role: role, level: level, weight: weight, fields: []string{d.field}, under: under, key: key})
	p.Staff, p.Authority = posting.Administrative, b.authority
}

// townshipTeam is the nine seats of a township; far is 0 to 1 from the nearest to the farthest.
func townshipTeam(far float64) []opening {
	head, deputy := posting.TownshipHead, posting.TownshipDeputy
	lives := far > 0.5
	member := func(name string, weight, under int, fields ...string) opening {
		return opening{name: name, role: posting.Member, level: deputy, weight: weight, fields: fields, under: under, party: true}
	}
	vice := opening{name: "副%s长", role: posting.Deputy, level: deputy, weight: 2, under: 2, approval: posting.ByElection}
	team := []opening{
		{name: "党委书记", role: posting.PartyPrincipal, level: head, weight: 5, fields: []string{"党务"}, party: true, homeArea: true, liveIn: lives},
		{name: "%s长", role: posting.GovernmentPrincipal, level: head, weight: 4, fields: []string{"农业", "经济"}, homeArea: true, liveIn: lives,
			approval: posting.ByElection},
		{name: "人大主席", role: posting.Member, level: head, weight: 3, fields: nil, under: 1, party: true, approval: posting.ByElection},
		{name: "党委副书记", role: posting.Deputy, level: deputy, weight: 3, fields: []string{"党务", "信访"}, under: 1, party: true},
		member("纪委书记", 3, 1, "纪检"), member("组织宣传委员", 2, 1, "组织人事", "宣传"), member("人民武装部部长", 2, 1, "武装"), vice, vice}
	team[6].nominated = true
	return team
}

// townshipUnit adds the i-th township from the seat. The last but one is the 民族乡.
func (b *builder) townshipUnit(r *rand.Rand, i int) {
	place := &b.in.Places[seatPlace+1+i]
	suffix, word := "镇", "镇"
	ethnic := i == b.townships()-2
	switch {
	case ethnic:
		suffix, word = minority+"族乡", "乡"
	case place.Hardship >= 2:
		suffix, word = "乡", "乡"
	}
	b.unit(place.Name+suffix, posting.Township, "乡镇", seatPlace+1+i, place.Tier)
	far := float64(i) / float64(b.townships())
	team := townshipTeam(far)
	for k := range team {
		if strings.Contains(team[k].name, "%s") {
			team[k].name = fmt.Sprintf(team[k].name, word)
		}
	}
	fields := r.Perm(len(deputyFields()))
	team[7].fields = []string{"农业", deputyFields()[fields[0]]}
	team[8].fields = []string{deputyFields()[fields[1]], deputyFields()[fields[2]]}
	team[1].minority = ethnic
	switch i % 5 {
	case 1: // the secretary is chairman of the people's congress as well
		team[2].with = 1
	case 3:
		if i < 10 { // the head is deputy secretary as well, as a post of its own
			team = append(team, opening{name: "党委副书记（" + word + "长兼）", role: posting.OtherStaff, level: posting.TownshipDeputy, weight: 2,
				fields: []string{"党务"}, party: true, with: 2, extra: true})
		}
	}
	b.team(posting.Administrative, b.authority, team)
}
