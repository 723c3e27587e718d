package native

import (
	"math"
	"sort"
)

// pseudoCosts are the average gains of the bound per unit of distance, by column and direction (Benichou et al.,
// Mathematical Programming 1, 1971).
type pseudoCosts struct {
	gain, count [2][]float64 // down and up
	total, seen [2]float64
	moves       []moved // since follow, nil: nobody asks for them
}

// moved is what one move of a column has brought.
type moved struct {
	side       int
	col        int32
	gain, frac float64
}

// follow makes p what q is.
func (p *pseudoCosts) follow(q *pseudoCosts) {
	for side := range 2 {
		copy(p.gain[side], q.gain[side])
		copy(p.count[side], q.count[side])
	}
	p.total, p.seen, p.moves = q.total, q.seen, append(p.moves[:0], moved{})[:0]
}

func newPseudoCosts(n int) pseudoCosts {
	var p pseudoCosts
	for side := range 2 {
		p.gain[side], p.count[side] = make([]float64, n), make([]float64, n)
	}
	return p
}

func (p *pseudoCosts) add(side int, col int32, gain, frac float64) {
	if frac < intTol || math.IsInf(gain, 0) || math.IsNaN(gain) {
		return
	}
	if p.moves != nil {
		p.moves = append(p.moves, moved{side, col, gain, frac})
	}
	g := math.Max(0, gain) / frac
	p.gain[side][col] += g
	p.count[side][col]++
	p.total[side] += g
	p.seen[side]++
}

// guess is the expected gain of moving column col by frac.
func (p *pseudoCosts) guess(side int, col int32, frac float64) float64 {
	switch {
	case p.count[side][col] > 0:
		return frac * p.gain[side][col] / p.count[side][col]
	case p.seen[side] > 0:
		return frac * p.total[side] / p.seen[side]
	}
	return frac
}

// learn updates the pseudo-cost of the branching that made the node.
func (s *search) learn(nd *node, bound float64) {
	if nd.col < 0 || nd.frac <= 0 {
		return
	}
	side := 0
	if nd.up {
		side = 1
	}
	s.pseudo.add(side, nd.col, bound-nd.bound, nd.frac)
	nd.frac = 0
}

// Reliability branching (Achterberg, Koch and Martin, Operations Research Letters 33, 2005): a column is tried out
// until its pseudo-costs rest on so many trials, the most promising first, until so many tries bring nothing better.
const (
	reliable    = 1
	lookAhead   = 4
	maxTrials   = 8
	trialPivots = 15
)

type candidate struct {
	col   int32
	score float64
}

// chooseBranch is the column to branch on. It is -1 where a trial showed that one side of a column is empty: the
// node then has tighter bounds in lo and hi through a new decision. alive is false where both sides are.
func (s *search) chooseBranch(nd *node, lo, hi []float64, list []candidate) (col int32, alive bool) {
	s.g.use(lo, hi)
	best, fails, trials := candidate{list[0].col, -1}, 0, 0
	snapshot := (*snapshot)(nil)
	for _, c := range list {
		if s.pseudo.trusted(c.col) || trials >= maxTrials || s.mt.spent() {
			if c.score > best.score {
				best = c
			}
			continue
		}
		if fails >= lookAhead {
			break
		}
		if snapshot == nil {
			snapshot = s.lp.snapshot()
		}
		trials++
		score, cut := s.trial(nd, c.col, lo, hi, snapshot)
		if cut {
			s.lp.restore(snapshot)
			s.lp.setBounds(lo, hi)
			return -1, lo[c.col] <= hi[c.col]
		}
		fails++
		if score > best.score {
			best, fails = candidate{c.col, score}, 0
		}
	}
	if snapshot != nil {
		s.lp.restore(snapshot)
		s.lp.setBounds(lo, hi)
	}
	return best.col, true
}

func (p *pseudoCosts) trusted(col int32) bool {
	return math.Min(p.count[0][col], p.count[1][col]) >= reliable
}

// rank sorts the columns by the product of both expected gains.
func (s *search) rank(list []int32) []candidate {
	c := make([]candidate, len(list))
	for k, j := range list {
		f := s.x[j] - math.Floor(s.x[j])
		c[k] = candidate{j, score(s.pseudo.guess(0, j, f), s.pseudo.guess(1, j, 1-f))}
	}
	sortCandidates(c)
	return c
}

func sortCandidates(c []candidate) {
	sort.SliceStable(c, func(a, b int) bool { return c[a].score > c[b].score })
}

func score(down, up float64) float64 { return math.Max(down, 1e-6) * math.Max(up, 1e-6) }

// trial bounds both sides of a column by a few pivots each. Where a side proves empty, cut is true and the other
// side is imposed on the node.
func (s *search) trial(nd *node, col int32, lo, hi []float64, from *snapshot) (value float64, cut bool) {
	at, base := s.splitPoint(lo[col], hi[col], s.x[col]), nd.bound
	downGain, downDead, down := s.probe(col, lo, hi, lo[col], at, base, from)
	upGain, upDead, up := s.probe(col, lo, hi, at+1, hi[col], base, from)
	f := s.x[col] - at
	if downDead {
		s.impose(nd, col, at+1, hi[col], lo, hi, down)
	}
	if upDead {
		s.impose(nd, col, lo[col], at, lo, hi, up)
	}
	if downDead || upDead {
		return 0, true
	}
	if f <= 0 {
		f = wideStep
	}
	s.pseudo.add(0, col, downGain, f)
	s.pseudo.add(1, col, upGain, at+1-s.x[col])
	return score(downGain, upGain), false
}

// impose makes a bound change part of the node. Its own decision moves to a copy of the node above it. dead is what is known of
// the side that is gone.
func (s *search) impose(nd *node, col int32, low, up float64, lo, hi []float64, dead *part) {
	s.stateFixings(nd, lo, hi)
	if low > lo[col] {
		gone, left := s.rec.branch(nd.part, col, low-1)
		gone.become(dead)
		nd.part = left
	} else {
		left, gone := s.rec.branch(nd.part, col, up)
		gone.become(dead)
		nd.part = left
	}
	above := *nd
	nd.parent, nd.col, nd.lo, nd.hi, nd.frac, nd.shut = &above, col, low, up, 0, nil
	lo[col], hi[col] = math.Max(lo[col], low), math.Min(hi[col], up)
	s.keepDomain(lo, hi)
}

// probe propagates the column within [low, up] and solves the relaxation by a few pivots: the gain of the bound, or
// dead where the side is infeasible or past the cutoff, with the proof of that.
func (s *search) probe(col int32, lo, hi []float64, low, up, base float64, from *snapshot) (gain float64, dead bool, proof *part) {
	defer s.g.undo(0)
	if !s.g.narrow(col, low, up) {
		return math.Inf(1), true, nil
	}
	s.lp.restore(from)
	s.lp.setBounds(lo, hi)
	s.lp.cutoff = s.cutoff()
	s.lp.trouble = 0
	st := s.lp.dual(s.lp.pivots + trialPivots)
	bound := s.lp.dualObjective() + s.p.offset
	if st == lpCutoff {
		s.prune(s.lpBound(lo, hi))
	}
	if dead = st == lpInfeasible || st == lpCutoff; dead {
		proof = s.note(st == lpInfeasible)
	}
	return bound - base, dead, proof
}
