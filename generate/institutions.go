package generate

import "cadre/posting"

// body is a mass organisation or institution.
type body struct {
	name   string
	kind   posting.UnitKind
	system string
	staff  posting.StaffType
	place  string // "" the county seat
	team   []opening
}

// institutions are six bodies with fourteen leaders in all; four of them, with eight leaders, in a small county.
func (b *builder) institutions() []body {
	hospital := body{"县人民医院", posting.InstitutionUnit, "社会事业", posting.Institution, "", []opening{
		chair("党委书记", posting.PartyPrincipal, 5, "", "卫健", "党务"), chair("院长", posting.GovernmentPrincipal, 4, doctorLicence, "卫健"),
		aide("副院长", 2, "卫健")}}
	media := body{"县融媒体中心", posting.InstitutionUnit, "党群", posting.Institution, "", []opening{
		chair("主任", posting.GovernmentPrincipal, 2, "", "宣传"), aide("副主任", 1, "宣传")}}
	union := body{"县总工会", posting.MassOrg, "党群", posting.Participating, "", []opening{
		chair("常务副主席", posting.GovernmentPrincipal, 3, "", "群团"), aide("副主席", 2, "群团")}}
	if b.o.Size < 2*LeastCounty {
		return []body{union, hospital, media}
	}
	return []body{
		union,
		{"共青团县委", posting.MassOrg, "党群", posting.Participating, "", []opening{
			chair("书记", posting.GovernmentPrincipal, 3, "", "群团"), aide("副书记", 2, "群团")}},
		hospital,
		{"县职业技术学校", posting.InstitutionUnit, "社会事业", posting.Institution, minorPlaces()[1], []opening{
			chair("党委书记", posting.PartyPrincipal, 2, "", "教育", "党务"), chair("校长", posting.GovernmentPrincipal, 3, teacherLicence, "教育"),
			aide("副校长", 1, "教育")}},
		media,
		{"县农业技术推广中心", posting.InstitutionUnit, "农口", posting.Institution, "", []opening{
			chair("主任", posting.GovernmentPrincipal, 2, "", "农业"), aide("副主任", 1, "农业")}},
	}
}

func chair(name string, role posting.Role, weight int, licence string, fields ...string) opening {
	return opening{name: name, role: role, level: posting.TownshipHead, weight: weight, licence: licence, fields: fields, party: name == "党委书记"}
}

func aide(name string, weight int, fields ...string) opening {
	return opening{name: name, role: posting.Deputy, level: posting.TownshipDeputy, weight: weight, fields: fields, under: 1}
}

func (b *builder) institution(i body) {
	place := seatPlace
	if i.place != "" {
		place = b.placeNamed(i.place)
	}
	b.unit(i.name, i.kind, i.system, place, b.o.tier(tierSeat+1))
	b.team(i.staff, b.authority, i.team)
}
