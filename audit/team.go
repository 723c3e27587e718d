package audit

import (
	"cadre/policy"
	"cadre/posting"
)

// team are the posts flagged 班子 of unit u that the clause's `to` matches in t, with no cadre.
func (s *scene) team(c *policy.Clause, u, t int) []int {
	var out []int
	for p := range s.x.Posts {
		if s.x.Posts[p].Team && s.unit(p) == s.x.Units[u].ID && c.To.Match(s.x, posting.None, p, t) == posting.Yes {
			out = append(out, p)
		}
	}
	return out
}

// members are the main holders of the posts in t.
func (s *scene) members(posts []int, t int) []int {
	var out []int
	for _, p := range posts {
		for _, c := range s.holders[t][p] {
			if s.post(c, t) == p {
				out = append(out, c)
			}
		}
	}
	return out
}

// former are the main holders of the posts on the plan date.
func (s *scene) former(posts []int) []int {
	var out []int
	for _, p := range posts {
		out = append(out, s.x.MainHolders(p)...)
	}
	return out
}
