package planning

import (
	"cadre/mip"
	"cadre/solver/lexico"
)

// warm is what an earlier outcome leaves behind for a model of nearly the same instance and policy, whose columns and rows have
// the same names where they mean the same; nil where it has no plan. The certificate's multipliers come before the backend's: they
// prove more.
func (o *Outcome) warm(m *mip.Model) *lexico.Warm {
	if o == nil || o.Values == nil {
		return nil
	}
	w := lexico.Warm{Values: o.Values}
	if o.left != nil {
		w = *o.left
		w.Values = o.Values
	}
	if o.Certificate != nil {
		w.Proofs = o.Certificate.Proofs(o.Model)
	}
	return w.Rename(o.Model, m)
}
