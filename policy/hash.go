package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"cadre/posting"
)

// ContentHash is the hash of a policy that was made of parts of others.
func (p *Policy) ContentHash() string { return p.hash() }

// hash is the sha256 of the decoded content in a canonical form: fields in order of the types, maps in order of
// their keys. The plan date is left out, since it stands beside the hash in the inputs of a plan and may come from
// --date; so are the places of the file, which say nothing.
func (p *Policy) hash() string {
	q := *p
	q.Hash, q.Calendar.Date = "", posting.Month(0)
	q.Clauses = make([]Clause, len(p.Clauses))
	for i, c := range p.Clauses {
		c.Where, c.For.Where, c.To.Where = "", "", ""
		q.Clauses[i] = c
	}
	b, err := json.Marshal(q)
	if err != nil {
		panic("policy: " + err.Error()) // the types hold nothing that JSON cannot express
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
