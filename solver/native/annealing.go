package native

import (
	"math"
	"sync"
	"time"

	"cadre/solver/native/assign"
)

// anneal makes searches with good multipliers. Where a search ends depends on chance more than on its length: in a small instance many short
// ones, of whose choices the best are put together, beat few long ones. In a large one, a run after which a longer one would not fit takes
// all the time that is left.
func (s *structured) anneal() {
	if s.in.Large {
		s.annealLong()
		return
	}
	for k := 0; !s.plenty(k) && !s.done(); k++ {
		trials := annealTrials
		if k >= annealRounds && s.open() > openColumns*len(s.in.Left) {
			trials = stubbornTrials
		}
		if !s.fits(trials * annealRuns / max(1, min(annealRuns, s.r.par.Threads))) {
			return
		}
		if s.runs(annealRuns, trials); s.x != nil && !s.done() {
			s.combine()
		}
	}
}

// annealLong makes few long searches, each some times as long as the one before.
func (s *structured) annealLong() {
	trials := largeTrials
	for k := 0; k < largeRuns && !s.done() && s.fits(trials/largeGrow); k++ {
		if !s.fits(trials * (1 + largeGrow)) {
			trials *= largeGrow
		}
		if s.run(trials); k > 0 && s.x != nil && !s.done() {
			s.combine()
		}
		trials *= largeGrow
	}
}

// plenty says whether so many rounds of runs are: a few where branch and bound can take it from there, which depends on how many columns
// are open. One part of a problem among many has no more than these, and the likeliest no more than it takes to be searched at all: its
// bound says little of what remains to be done.
func (s *structured) plenty(rounds int) bool {
	switch {
	case rounds < annealRounds:
		return false
	case rounds >= annealMost || s.up != nil && !s.likely:
		return true
	case s.up != nil:
		return s.open() <= openColumns*len(s.in.Left)
	}
	return s.columns(s.enough()) <= easyColumns*len(s.in.Left)
}

// open counts the columns that a better point than the incumbent may use, by their reduced costs.
func (s *structured) open() int {
	n := 0
	for _, d := range s.rc {
		if s.below+math.Abs(d) < s.value {
			n++
		}
	}
	return n
}

const (
	annealRuns     = 4 // of a round, side by side
	annealRounds   = 3
	annealMost     = 8
	easyColumns    = 8    // per left, that a point better by more than the gap may use: trees are short then
	annealTrials   = 75   // per left of a run
	stubbornTrials = 400  // after that, where too much is open
	openColumns    = 50   // per left: with 300 cadres and all pairs some 10 to 40 are open after the first runs, with 1,000 more than 150
	mendColumns    = 10.0 // per left, among which rows left broken are mended: the few of a core often hold no way

	// In large instances one long run beats all short ones before it, and a search in the core betters little.
	largeRuns   = 2
	largeTrials = 1600
	largeGrow   = 4
)

// first looks for a point early. It begins colder, and colder again, as long as that is clearly better: how many candidates a left
// should have at the hot end depends on how costs are spread, and short searches show it as well as long ones.
func (s *structured) first() {
	for last := math.Inf(1); ; {
		h := s.d.Heat(true)
		h.Hands = s.r.par.Threads
		h.Run(firstTrials*len(s.in.Left), s.r.mt.pace())
		if s.d.Keep(h); s.d.Best != nil {
			s.take("start")
		}
		v, bound := h.Best(), s.d.Asc.Bound
		if last < math.Inf(1) && !(v < last && v-bound <= s.clearly()*(last-bound)) {
			s.d.Wide *= colder
			break
		}
		if last = v; math.IsInf(v, 1) || s.done() || s.d.Wide < coldest*colder {
			break
		}
		s.d.Wide /= colder
	}
	if s.d.Best == nil {
		s.y = s.d.Dual.Multipliers()
		s.reduceCosts()
		x, _ := s.d.Last()
		s.patch(x)
	}
}

const (
	firstTrials = 20  // per left of the first search
	colder      = 1.6 // quotient of two attempts' candidates at the hot end
	coldest     = 1   // candidate: with fewer nobody has a choice
)

// clearly is the share of the distance to the bound at which one heat counts as better than another: in small instances chance alone
// takes a third off.
func (s *structured) clearly() float64 {
	if s.in.Large {
		return 0.8
	}
	return 0.5
}

// fits says whether there is time for a run that is worth it, which is one longer than the last.
func (s *structured) fits(trials int) bool {
	left, limited := s.r.mt.left()
	if !limited || s.d.Rate*time.Duration(trials*len(s.in.Left)) <= left {
		return true
	}
	s.r.mt.clocked = true
	return false
}

// seek looks for a better point by annealing, and around what the relaxation says.
func (s *structured) seek() {
	s.anneal()
	s.induced()
}

// run is one search of so many trials per left.
func (s *structured) run(trials int) {
	h, p := s.d.Heat(false), s.r.mt.pace()
	h.Hands = s.r.par.Threads
	if s.in.Large { // a long run is not to look like one that hangs
		p.Stop = func() bool {
			s.report("search")
			return s.r.mt.spent()
		}
	}
	h.Run(trials*len(s.in.Left), p)
	s.gather(h)
}

// runs makes so many searches of so many trials per left, side by side.
func (s *structured) runs(n, trials int) {
	list, meters := s.d.Heats(n), make([]*meter, n)
	for k := range list {
		meters[k] = s.r.mt.child(math.MaxInt64)
	}
	abreast(s.r.par.Threads, n, func(k int) { list[k].Run(trials*len(s.in.Left), meters[k].pace()) })
	for k, h := range list {
		s.r.mt.join(meters[k])
		s.gather(h)
	}
}

// gather takes over what a search found, and mends the rows that it left broken.
func (s *structured) gather(h *assign.Heat) {
	s.d.Keep(h)
	s.note()
	s.take("search")
	if x, broken := s.d.Last(); broken {
		s.patch(x)
	}
}

// patch mends a point that breaks a few rows: by clusters around these, first among cheap columns and then among all, and what is too
// stubborn for clusters, at a high price, by single columns.
func (s *structured) patch(x []float64) {
	for _, t := range []float64{s.threshold(mendColumns), math.Inf(1)} {
		if s.done() {
			return
		}
		v := s.vicinity(x, t)
		if v.mend(); v.e.breaks == 0 {
			return
		}
		x = v.e.x
	}
	if !s.done() {
		s.repair(x)
	}
}

// combine finds the best point of which every choice was made in some search so far.
func (s *structured) combine() {
	v := s.vicinity(s.x, math.Inf(-1))
	v.size = float64(len(v.choice))
	v.search()
	v.show()
}

// beside makes a first long run of a large instance with the multipliers at hand while the bound converges, or, on one thread, before. The
// returned function waits for its end. What it finds is taken over later, so that all goes alike on any number of threads.
func (s *structured) beside() (wait func()) {
	if !s.in.Large || s.done() {
		return func() {}
	}
	h, mt := s.d.Heat(false), s.r.mt.child(math.MaxInt64)
	s.heat, h.Hands = h, max(1, s.r.par.Threads-1)
	var group sync.WaitGroup
	group.Go(func() { h.Run(largeTrials/largeGrow*len(s.in.Left), mt.pace()) })
	if s.r.par.Threads <= 1 {
		group.Wait()
	}
	return func() {
		group.Wait()
		s.r.mt.join(mt)
	}
}
