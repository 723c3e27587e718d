package native

// snapshot is the state of the simplex method before trials, factors included: going back to it costs a copy, where a
// basis alone would cost a factorization.
type snapshot struct {
	head     []int32
	state    []int8
	weight   []float64
	x, d     []float64
	stale    []bool
	asleep   []bool
	f        *factor
	readable bool // the factors belong to the basis
}

// snapshot keeps the present basis. Where its factors are worn it factorizes first.
func (s *simplex) snapshot() *snapshot {
	if !s.shifted && s.f.updates > 0 {
		s.refactor()
	}
	t := &snapshot{
		head: append([]int32(nil), s.head...), state: append([]int8(nil), s.state...),
		weight: append([]float64(nil), s.weight...), readable: !s.shifted && s.f.updates == 0,
	}
	if t.readable {
		t.x, t.d = append([]float64(nil), s.x...), append([]float64(nil), s.d...)
		t.stale = append([]bool(nil), s.stale...)
		t.asleep = append([]bool(nil), s.asleep...)
		t.f = newFactor(s.m)
		t.f.copyFrom(s.f)
	}
	return t
}

// restore goes back to a snapshot; bounds are the caller's.
func (s *simplex) restore(from *snapshot) {
	copy(s.head, from.head)
	copy(s.state, from.state)
	copy(s.weight, from.weight)
	s.fresh = false
	if !from.readable {
		s.f.updates = maxUpdates
		return
	}
	copy(s.x, from.x)
	copy(s.d, from.d)
	copy(s.stale, from.stale)
	copy(s.asleep, from.asleep)
	if s.shifted {
		copy(s.work, s.cost)
		s.shifted = false
	}
	s.f.copyFrom(from.f)
}

// copyFrom takes over the factors of g, whose memory stays its own.
func (f *factor) copyFrom(g *factor) {
	for i := range f.m {
		f.lcol[i] = append(f.lcol[i][:0], g.lcol[i]...)
		f.lrow[i] = append(f.lrow[i][:0], g.lrow[i]...)
		f.ucol[i] = append(f.ucol[i][:0], g.ucol[i]...)
		f.urow[i] = append(f.urow[i][:0], g.urow[i]...)
	}
	copy(f.diag, g.diag)
	copy(f.place, g.place)
	f.lcols, f.lrows = append(f.lcols[:0], g.lcols...), append(f.lrows[:0], g.lrows...)
	f.order, f.seq = append(f.order[:0], g.order...), append(f.seq[:0], g.seq...)
	f.etaRow, f.eta = append(f.etaRow[:0], g.etaRow...), append(f.eta[:0], g.eta...)
	f.etaStart = append(f.etaStart[:0], g.etaStart...)
	f.updates, f.fill, f.fresh = g.updates, g.fill, g.fresh
}
