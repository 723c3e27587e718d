package generate

import (
	"fmt"
	"math/rand/v2"

	"cadre/posting"
)

// areaTeam adds the leading team of the i-th area: its two principals may not have grown up there.
func (p *pool) areaTeam(r *rand.Rand, i int) {
	a := &p.areas[i].place
	p.unit(a.Name, posting.Department, p.system+"地方", seatPlace+1+i, a.Tier)
	head := func(name string, role posting.Role, weight int, fields ...string) opening {
		return opening{name: name, role: role, level: p.levels.head, weight: weight, fields: fields, party: true}
	}
	committee := func(name string, fields ...string) opening {
		return opening{name: name, role: posting.Member, level: p.levels.deputy, weight: 3, fields: fields, under: 1, party: true}
	}
	deputy := func(name string, under int) opening {
		fields := deputyFields()
		return opening{name: name, role: posting.Deputy, level: p.levels.deputy, weight: 2, fields: []string{pick(r, fields), pick(r, fields)},
			under: under, approval: posting.ByElection}
	}
	word := string([]rune(a.Name)[len([]rune(a.Name))-1:]) // 县 or 市
	secretary, governor := head("委书记", posting.PartyPrincipal, 5, "党务"), head("长", posting.GovernmentPrincipal, 5, "农业", "经济")
	secretary.homeArea, governor.homeArea, governor.approval = true, true, posting.ByElection
	vice := deputy("副"+word+"长", 2)
	p.team(posting.Administrative, p.authority, []opening{secretary, governor,
		head("人大常委会主任", posting.Member, 4), head("政协主席", posting.Member, 4), committee("委副书记", "党务", "信访"),
		committee("委常委、纪委书记", "纪检"), committee("委常委、组织部部长", "组织人事"), committee("委常委、宣传部部长", "宣传"),
		committee("委常委、统战部部长", "统战"), committee("委常委、政法委书记", "政法"), committee("委常委、常务副"+word+"长", "经济", "财政"),
		vice, deputy("副"+word+"长", 2), deputy("副"+word+"长", 2), deputy("副"+word+"长", 2),
		deputy("人大常委会副主任", 3), deputy("人大常委会副主任", 3), deputy("政协副主席", 4), deputy("政协副主席", 4)})
}

// offices adds as many departments as the cadres of the pool fill, in official order; beyond the list come branches.
func (p *pool) offices(r *rand.Rand) {
	var list []department
	for _, d := range departments() {
		if d.style != tax && d.style != military {
			list = append(list, d)
		}
	}
	n := (p.cadres - teamSeats*len(p.areas)) / (departmentSeats + 2*p.sections)
	for k := range max(3, n) {
		d := list[k%len(list)]
		name := p.in.Name + string([]rune(d.name)[1:]) // without 县
		if k >= len(list) {
			name = fmt.Sprintf("%s第%d分局", name, k/len(list))
		}
		p.office(r, name, d)
	}
}

// office adds one department with its sections.
func (p *pool) office(r *rand.Rand, name string, d department) {
	p.unit(name, posting.Department, p.system+d.system, seatPlace, p.o.tier(tierSeat))
	p.units[len(p.units)-1].style = d.style
	team := departmentTeam(d)
	for i := range team {
		o := &team[i]
		o.key = o.key || d.key && i > 0 && i < 3
		if o.level == posting.TownshipHead {
			o.level = p.levels.head
		} else {
			o.level = p.levels.deputy
			p.ask(r, o, d)
		}
	}
	p.team(posting.Administrative, p.authority, team)
	base := p.size()
	for i := range p.sections {
		p.sectionSeats(r, d, i)
	}
	p.in.Units[len(p.in.Units)-1].Middle = p.size() - base
}

// sectionSeats adds head and deputy of the i-th section.
func (p *pool) sectionSeats(r *rand.Rand, d department, i int) {
	s := poolSections()[i%len(poolSections())]
	for k, o := range []opening{
		{name: s.name + p.levels.section + "长", role: posting.MiddleHead, level: p.levels.sectionHead, weight: s.weight, under: 2 + i%2},
		{name: s.name + p.levels.section + "副" + p.levels.section + "长", role: posting.MiddleDeputy, level: p.levels.sectionDeputy, weight: 1}} {
		o.fields, o.key = []string{d.field}, s.key
		if k == 1 {
			o.under = p.size()
		}
		p.ask(r, &o, d)
		q := p.post(o)
		q.Staff, q.Authority = posting.Administrative, p.authority
	}
}

// ask makes a post one of the scarce specialities: it asks for a licence that few but its holder have.
func (p *pool) ask(r *rand.Rand, o *opening, d department) {
	if o.licence == "" && chance(r, p.o.Scarcity) {
		o.licence = map[string]string{"卫健": doctorLicence, "教育": teacherLicence}[d.field]
		if o.licence == "" {
			o.licence = engineerLicence
		}
	}
}

type poolSection struct {
	name   string
	weight int
	key    bool
}

// poolSections are the sections of a department, the ordinary ones first; two of three handle people, money or approvals.
func poolSections() []poolSection {
	return []poolSection{{"办公", 2, false}, {"人事", 3, true}, {"财务", 3, true}, {"政策法规", 2, false}, {"行政审批", 3, true}, {"监督检查", 2, true},
		{"综合业务", 2, false}, {"项目管理", 3, true}, {"资产管理", 2, true}, {"督查", 2, true}, {"信息化", 2, false}, {"执法", 3, true},
		{"采购", 2, true}, {"安全监管", 2, true}, {"宣传教育", 2, false}}
}

// shares of the seats of a pool, and of those who hold one.
const (
	vacantShare  = 0.02
	leavingShare = 0.025
	recentShare  = 0.01
	nonPartyRate = 0.04
	longTail     = 36 // months beyond ten years that the overdue have been in post, at most
)

// standing settles how every seat of the pool stands on the plan date.
func (p *pool) standing() {
	r := p.o.rand(stageSeats)
	for q := range p.seats {
		s, post := &p.seats[q], &p.in.Posts[q]
		s.licence = post.NeedLicence
		switch {
		case chance(r, vacantShare) && !p.principal(q):
			s.vacant = true
			post.Filling = pick(r, []posting.Filling{posting.Fillable, posting.Fillable, posting.Fillable, posting.Fillable,
				posting.Fillable, posting.Fillable, posting.ReservePromotion, posting.ReservePromotion, posting.Frozen, posting.MustFill})
		case chance(r, leavingShare):
			p.leave(r, q, leaving{class: pick(r, []posting.LeaveClass{posting.LeaveRetirement, posting.LeaveRetirement, posting.LeaveRetirement,
				posting.LeaveTransfer, posting.LeavePromotion, posting.LeaveResignation}), fill: post.Filling})
		case chance(r, recentShare) && !p.principal(q):
			s.recent, s.tenure = true, between(r, 3, 10)
		case chance(r, nonPartyRate) && post.NeedParty == "" && !p.principal(q):
			s.party, s.tenure = pick(r, otherParties()), p.shortTenure(r, q)
		}
	}
	p.longServing(r)
	for q := range p.seats {
		if s := &p.seats[q]; s.held() && s.tenure == 0 {
			s.tenure = p.shortTenure(r, q)
		}
	}
}

// longServing casts the overdue, one in a team at most, and the eligible up to the shares of the options.
func (p *pool) longServing(r *rand.Rand) {
	leaders, middle := 0, 0
	for q := range p.seats {
		if p.seats[q].held() && p.leading(q) {
			leaders++
		} else if p.seats[q].held() {
			middle++
		}
	}
	overdue := int(p.o.Overdue * float64(leaders))
	p.serve(r, overdue, overdueFrom, overdueFrom+longTail, all(p.leading, p.light, func(q int) bool { return p.in.Posts[q].NeedLicence == "" }))
	p.serve(r, int(p.o.Eligible*float64(leaders)), eligibleFrom, overdueFrom-6, p.leading)
	long := int(p.o.Middle * float64(middle))
	p.serve(r, long/9, overdueFrom, overdueFrom+longTail, p.middle)
	p.serve(r, long-long/9, eligibleFrom, overdueFrom-6, p.middle)
}

// serve gives n seats that fit a tenure from least to most months, one after another, so that fit sees the earlier ones.
func (p *pool) serve(r *rand.Rand, n, least, most int, fit func(int) bool) {
	for _, q := range r.Perm(len(p.seats)) {
		if s := &p.seats[q]; n > 0 && s.held() && s.tenure == 0 && s.leaves == "" && fit(q) {
			s.tenure, n = between(r, least, most), n-1
		}
	}
}
