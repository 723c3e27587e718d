package native

import (
	"container/heap"
	"math"
)

// A team searches a tree in rounds: each of its explorers, as many for any number of threads, takes one of the most promising open nodes
// and dives from there, knowing what was known when the round began. What they found is put together in their order, so that a search
// comes to the same on any number of threads.

const (
	teamSize    = 8
	teamNodes   = 16 // before a team is worth its memory: most searches are done by then
	plungeNodes = 40 // of an explorer in a round
)

// explorer is a search of parts of a tree, with scratch of its own.
type explorer struct {
	search
	from  *node // where to begin
	began int64 // nodes of the whole search before the round
	room  int   // of the book then
}

// teamed says whether the next nodes are for a team.
func (s *search) teamed() bool {
	return s.opt.threads > 0 && s.nodes >= teamNodes && len(s.open) >= teamSize
}

// round lets the team explore the most promising open nodes.
func (s *search) round() {
	var round []*explorer
	for len(round) < teamSize && len(s.open) > 0 {
		nd := s.pop()
		if nd == nil {
			continue
		}
		if len(s.team) == len(round) {
			s.team = append(s.team, s.explorer())
		}
		e := s.team[len(round)]
		e.brief(s, nd)
		round = append(round, e)
	}
	abreast(s.opt.threads, len(round), func(k int) { round[k].explore() })
	for _, e := range round {
		s.debrief(e)
	}
}

// explorer is a new one.
func (s *search) explorer() *explorer {
	if s.steps == nil {
		s.steps = s.findSteps()
	}
	e := &explorer{search: search{p: s.p, opt: s.opt, g: newPropagator(s.p), lp: s.lp.twin(), step: s.step, rows: s.rows, steps: s.steps,
		hasCaps: s.hasCaps, depth: max(s.depth, maxDepth), pseudo: newPseudoCosts(s.p.n)}}
	e.opt.threads, e.opt.report, e.opt.found = 0, nil, nil
	return e
}

// brief tells an explorer what is known, and where to begin.
func (e *explorer) brief(s *search, nd *node) {
	e.from, e.began, e.nodes, e.below, e.stopped = nd, s.nodes, s.nodes, 0, false
	e.lo, e.hi = append(e.lo[:0], s.lo...), append(e.hi[:0], s.hi...)
	e.best, e.value, e.floor, e.open = nil, s.value, math.Inf(1), e.open[:0]
	e.mt = s.mt.child(math.MaxInt64)
	e.lp.meter = e.mt
	e.pseudo.follow(&s.pseudo)
	if e.rec, e.proof = s.rec.apart(), s.proof; e.rec != nil {
		e.room = e.rec.book.room
	}
}

// explore dives from the node that it was given.
func (e *explorer) explore() {
	nd := e.from
	e.lp.loadBasis(nd.basis)
	for k := 0; nd != nil && k < plungeNodes && !e.mt.spent(); k++ {
		e.active = nd
		nd = e.process(nd)
	}
	if e.active = nil; nd != nil {
		heap.Push(&e.open, nd)
	}
}

// debrief takes over what an explorer found.
func (s *search) debrief(e *explorer) {
	s.mt.join(e.mt)
	s.nodes += e.nodes - e.began
	s.below += e.below
	s.floor = math.Min(s.floor, e.floor)
	s.stopped = s.stopped || e.stopped
	if e.best != nil {
		s.offer(e.best)
	}
	for _, t := range e.pseudo.moves {
		s.pseudo.add(t.side, t.col, t.gain, t.frac)
	}
	for len(e.open) > 0 {
		nd := heap.Pop(&e.open).(*node)
		s.serial++
		nd.serial = s.serial
		heap.Push(&s.open, nd)
	}
	if e.rec != nil {
		s.rec.book.room -= e.room - e.rec.book.room
	}
}
