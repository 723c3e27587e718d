package native

import "math"

// lookAtChoices begins with neighbourhoods where the problem is nothing but choices: they are quicker than all else.
func (s *search) lookAtChoices() {
	if s.best == nil || s.depth >= maxDepth || s.chooser() != nil {
		return
	}
	if n := s.layNeighbours(); n.choices != nil {
		s.near = n
		if s.worths != nil {
			n.choices.free = choiceSoon
		}
		s.chooseAnew(s)
	}
}

// chooser is the search whose choices are searched for this one: itself or one in which it is nested; nil none.
func (s *search) chooser() *search {
	for ; s != nil; s = s.above {
		if s.near != nil && s.near.choices != nil {
			return s
		}
	}
	return nil
}

// chooseAnew searches neighbourhoods of the incumbent of t until they took their share of the work.
func (s *search) chooseAnew(t *search) {
	c := t.near.choices
	for !s.mt.spent() && s.bound() < s.cutoff() && c.due(s.allWork(), t.value-s.bound()) {
		work, value := t.chooseOnce(c), s.value
		s.mt.work += work
		c.spent += work
		c.tired++
		if t.value < value {
			s.value, c.tired = t.value, 0
		}
		s.publish("neighbours")
	}
}

// worked is the work of a search apart from that of choices.
func (s *search) worked() int64 {
	if s.near != nil && s.near.choices != nil {
		return s.mt.work - s.near.choices.spent
	}
	return s.mt.work
}

// allWork is that of the search and of those in which it is nested.
func (s *search) allWork() int64 {
	sum := int64(0)
	for ; s != nil; s = s.above {
		sum += s.mt.work
	}
	return sum
}

// chooseOnce searches a neighbourhood of the incumbent, and returns the work that it took.
func (s *search) chooseOnce(c *choices) (work int64) {
	if c.best == nil || s.value < s.p.offset+c.least-s.least() {
		c.set(s.best)
	}
	if !c.learned {
		work = c.learn(s.least())
	}
	work += c.look(s.least())
	if x := c.point(make([]float64, s.p.n)); s.p.objective(x) < s.value {
		s.offer(x)
	}
	return work
}

// settled says whether all choices have been enumerated, so that only the proof is left to do.
func (s *search) settled() bool {
	t := s.chooser()
	return t != nil && t.near.choices.complete
}

// least is by how much a better point is better at the least.
func (s *search) least() float64 {
	return math.Max(s.step*(1-stepSlack), tinyGap*math.Max(1, math.Abs(s.value)))
}

// due says whether neighbourhoods have had less than their share of all work, which shrinks while they find nothing: soon where the
// gap is but a few regrets wide and the tree may close it, late where it is so wide that no tree
// will. At first there is some work that is free.
func (c *choices) due(work int64, gap float64) bool {
	tired := float64(c.tired) / choiceTired
	if gap > c.regret {
		tired *= (c.regret / gap) * (c.regret / gap)
	}
	return !c.complete && float64(c.spent)*(1+tired) <= choiceShare*float64(work)+c.free
}

const (
	choiceShare = 0.8       // share of all work
	choiceTired = 400       // enumerations in a row without a better point after which the share is halved, then a third, and so on
	choiceWork  = 250       // for each choice before any share
	choiceFirst = 50_000    // and at the most in all
	choiceSoon  = 1_000     // in all, where worths may prove that there is nothing better
	learnSteps  = 100       // of the ascent for all choices
	stirTired   = 100       // enumerations in a row without a better point after which the point is stirred
	stirWorse   = 3         // regrets by which each of them may be worse, on average, at every other stir; one at others
	stirFar     = 3         // regrets above the best point from which it goes on from there
	stirKicks   = 5         // enumerations that may choose what is worse
	choiceGrow  = 1.05      // of the size after an enumeration that ended, and the inverse after one that did not
	choiceNodes = 20_000    // of an enumeration
	wholeNodes  = 1_000_000 // of one of all choices
)

// look is one neighbourhood: some limits and the choices that use them. step is the least difference of two values. It returns the
// work that it took.
func (c *choices) look(step float64) int64 {
	e := c.letGo(step)
	e.open()
	if c.kicks > 0 {
		c.kicks--
		e.differ, e.below = true, e.below+step+c.worse*c.regret*c.rand.ExpFloat64()
	}
	if e.run(choiceNodes) {
		c.size = math.Min(float64(len(c.worth)), c.size*choiceGrow)
	} else {
		c.size = math.Max(lookFew, c.size/choiceGrow)
	}
	if c.fails++; e.best != nil && !e.differ {
		c.fails = 0
	}
	e.close()
	if c.value < c.least-step/2 {
		c.best, c.least, c.whole = append(c.best[:0], c.at...), c.value, true
	}
	work := e.work/cellsWork + 1
	if c.fails > stirTired {
		work += c.stir(step)
	}
	return work
}

// stir goes on from where nothing better is near: all choices at once, where so many are not far from all of them, or some that
// are worse. It returns the work that it took.
func (c *choices) stir(step float64) (work int64) {
	if c.value > c.least+stirFar*c.regret {
		c.back()
	}
	c.worse = 1 + stirWorse - c.worse
	if c.fails, c.kicks = 0, stirKicks; c.whole && c.handy() && 2*c.size > float64(len(c.worth)) {
		c.whole = false
		e := c.all(step)
		e.open()
		e.below -= c.value - c.least
		c.complete = e.run(wholeNodes)
		e.close()
		if c.value < c.least-step/2 {
			c.best, c.least, c.whole = append(c.best[:0], c.at...), c.value, true
		}
		work = e.work / cellsWork
	}
	return work
}
