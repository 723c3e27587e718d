package audit

import (
	"cadre/internal/i18n"
	"cadre/policy"
	"cadre/posting"
)

// classBalance: specialists and principals move in about the share of all.
type classBalance struct{}

// turnover is how many people there are and how many of them move, over all and of the class.
type turnover struct {
	all, moved        int
	class, classMoved int
}

func (k classBalance) judge(s *scene, c *policy.Clause, out *findings) {
	for t := 1; t <= s.periods(); t++ {
		n := k.count(s, c, t)
		if t == 1 {
			out.metrics[c.ID+".moved"], out.metrics[c.ID+".class"] = float64(n.moved), float64(n.classMoved)
		}
		if n.class > 0 {
			k.finding(s, c, t, n, out)
		}
	}
}

func (k classBalance) count(s *scene, c *policy.Clause, t int) turnover {
	var n turnover
	for cadre := range s.x.Cadres {
		if s.x.Seat(cadre) == posting.None || s.x.Leaves(cadre) > 0 || !s.under(cadre) {
			continue
		}
		moves := 0
		if s.moves(cadre, t) {
			moves = 1
		}
		n.all, n.moved = n.all+1, n.moved+moves
		if k.member(s, c, cadre) {
			n.class, n.classMoved = n.class+1, n.classMoved+moves
		}
	}
	return n
}

func (classBalance) member(s *scene, c *policy.Clause, cadre int) bool {
	seat := &s.x.Posts[s.x.Seat(cadre)]
	if c.Text("class") == "principal" {
		return seat.Role.Principal()
	}
	return seat.NeedLicence != "" || len(s.x.Cadres[cadre].Licences) > 0
}

// lag is how many more of the class would have to move: the least x >= 0 with
// 100 (classMoved + x) all >= (100 moved - points all) class.
func (n turnover) lag(points int) int {
	missing := (100*n.moved-points*n.all)*n.class - 100*n.classMoved*n.all
	if missing <= 0 {
		return 0
	}
	return (missing + 100*n.all - 1) / (100 * n.all)
}

func (classBalance) finding(s *scene, c *policy.Clause, t int, n turnover, out *findings) {
	lag := n.lag(c.Int("points"))
	if lag == 0 {
		out.keep(1)
		return
	}
	class := i18n.T("主要领导", "principals")
	if c.Text("class") == "specialist" {
		class = i18n.T("专业干部", "specialists")
	}
	out.breach(entry{subjects: []string{}, period: t, measured: n.classMoved, limit: n.classMoved + lag, unit: "person", breach: lag,
		text: of(c, s.batch(t), i18n.F("%[1]s%[2]d人中交流%[3]d人，总体%[4]d人中交流%[5]d人，差%[6]d人",
			"of %[2]d %[1]s %[3]d move, of all %[4]d %[5]d: %[6]d too few",
			class, n.class, n.classMoved, n.all, n.moved, lag))})
}
