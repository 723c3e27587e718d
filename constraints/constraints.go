// Package constraints encodes an instance under a policy into a [mip.Model], and decodes a solution into a plan.
//
// The entry is [Encode]. A candidate is a spell: a cadre on a post from a period to a period. First every spell is
// judged by the pair clauses ([pairKind]), which see one person and one post: a spell that breaks a binding clause is
// never generated. Then the plan clauses ([planKind]) add rows over the spells that are left. Each rule kind is one
// file, named as its page in policy/spec. Work and memory are linear in the pairs judged and the spells kept.
//
// The package may import posting, policy and mip, and never solver or audit.
package constraints

import (
	"slices"

	"cadre/mip"
	"cadre/policy"
	"cadre/posting"
)

// pairKind judges one spell by itself.
type pairKind interface {
	// judge says by how much the spell breaks the clause. The builder has matched the selectors. Only kinds that
	// are also stayKind see stays, only those whose page says `seconds` see secondments.
	judge(s *scene, c *policy.Clause, sp spell) verdict
}

// stayKind marks a pairKind that judges stays too.
type stayKind interface{ judgesStays() }

// returnKind marks a pairKind that does not judge returns from missions.
type returnKind interface{ sparesReturns() }

// planKind adds rows and costs over many spells.
type planKind interface {
	encode(b *builder, c *policy.Clause)
}

// verdict is a breach (0: kept) and whether a datum was missing. A kind that meets a missing datum sets unknown and
// leaves breach at what its page says a missing datum costs. Idle: the page does not judge such a spell, whatever else
// is unknown.
type verdict struct {
	breach  int64
	unknown bool
	idle    bool
}

// Encoding is a model and what is needed to read its solutions.
type Encoding struct {
	Model     *mip.Model
	Kept      int // pairs (cadre, other post) with at least one spell
	Dropped   int // pairs that a binding clause refused
	Judged    int // pairs that were judged one by one; of the rest a whole facet was refused
	scene     *scene
	spells    []spell                    // by column, as far as columns are spells
	byCadre   [][]int                    // spells of each cadre in which he holds a main post: stays, moves, placements
	seconds   [][]int                    // secondments of each cadre
	pairCost  []int64                    // by spell: what weighted pair clauses charge
	onPost    [][]int                    // spells on each post
	demands   map[*policy.Clause]int     // of plan clauses: rows added, or columns counted where these are more
	chargedTo map[mip.Col]*policy.Clause // the last clause that counts such a column
}

// Encode builds the model of an instance under a policy. The index and the policy must not change afterwards.
func Encode(x *posting.Index, pol *policy.Policy) *Encoding {
	return judge(x, sight(pol), (*builder).shortlist).encode(x, pol)
}

// EncodeAll is Encode without its shortlist of pairs: it judges every one, and with all of the policy in sight. Tests hold Encode
// against it.
func EncodeAll(x *posting.Index, pol *policy.Policy) *Encoding {
	return judge(x, pol, func(b *builder) func(int) []int {
		return func(c int) []int {
			all := everyone(len(b.Posts))
			return slices.DeleteFunc(all, func(q int) bool { return !b.takes(c, q) })
		}
	}).encode(x, pol)
}

// everyone lists the positions 0 to n-1.
func everyone(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
