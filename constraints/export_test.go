package constraints

import (
	"cadre/policy"
	"cadre/posting"
)

// EncodeAll is Encode without the shortlist: every pair is judged.
func EncodeAll(x *posting.Index, pol *policy.Policy) *Encoding {
	return encode(x, pol, func(b *builder) func(int) []int {
		return func(c int) []int {
			var out []int
			for q := range b.Posts {
				if q != b.Seat(c) {
					out = append(out, q)
				}
			}
			return out
		}
	})
}

// Worth is how many pairs the shortlist leaves to be judged.
func Worth(x *posting.Index, pol *policy.Policy) int {
	b := newBuilder(newScene(x, pol))
	b.enc.pairs = b.pairClauses()
	list, n := b.shortlist(), 0
	for c := range b.Cadres {
		n += len(list(c))
	}
	return n
}
