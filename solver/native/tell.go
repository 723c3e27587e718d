package native

import (
	"math"
	"slices"
	"time"

	"cadre/solver"
)

// tell states a tree so that it proves the bound. A leaf that was not mended may prove next to nothing, and a tree that is cut with it. So
// where there is a clock, the upper part of a large tree is stated first, to the bound that the search had when it had no more than
// that, and then more of it as long as there is time; without one, less of it where the work was too much.
func (h *handover) tell(p *part, bound float64) (top *part) {
	marks := claims(p)
	whole := len(marks) + 1
	leaves := whole
	if h.clocked() {
		leaves = min(leaves, firstLeaves)
	}
	for {
		if h.aim(bound); leaves < whole {
			h.aim(math.Min(bound, marks[leaves-1]))
		}
		began := time.Now()
		next := h.afresh(p)
		switch done := !h.spent(); {
		case done && (leaves == whole || !h.clocked()):
			return next
		case done:
			if top = next; !h.more(time.Since(began), &leaves, whole) {
				return top
			}
		case top != nil:
			return top
		case h.clocked() || leaves == 1:
			return &part{y: h.base}
		default:
			leaves = max(leaves/fewerLeaves, 1)
		}
	}
}

// more says whether there is time for more leaves than so many took, and for how many.
func (h *handover) more(took time.Duration, leaves *int, whole int) bool {
	most := moreShare * float64(time.Until(h.mt.deadline)) / math.Max(float64(took), 1) // times as many
	if n := float64(*leaves) * most; n >= float64(whole) {
		*leaves = whole
	} else if most >= leastMore {
		*leaves = int(float64(*leaves) * math.Min(most, moreLeaves))
	} else {
		return false
	}
	return true
}

// Numbers of telling.
const (
	firstLeaves = 64 // which take some tenths of a second
	moreLeaves  = 8  // times as many at most the next time: how long they take differs
	leastMore   = 1.25
	moreShare   = 0.75 // of the time that is left may be spent by what the last time suggests
	fewerLeaves = 4    // times fewer where the work was too much
)

func (h *handover) clocked() bool { return !h.mt.deadline.IsZero() }

// afresh states a tree, as if nothing had been stated before.
func (h *handover) afresh(p *part) *part {
	h.work, h.shut, h.g = h.most, nil, nil
	return h.under(p, p.y)
}

// claims are, for each inner part of a tree, the largest bound that is claimed of it or of a part above, in ascending order: aimed at the
// k-th, counted from zero, the tree has k+1 leaves at most.
func claims(p *part) []float64 {
	var out []float64
	type place struct {
		p    *part
		mark float64
	}
	for list := []place{{p, math.Inf(-1)}}; len(list) > 0; {
		at := list[len(list)-1]
		list = list[:len(list)-1]
		if at.p.kind == solver.KindLeaf {
			continue
		}
		if at.p.claimed {
			at.mark = math.Max(at.mark, at.p.bound)
		}
		out = append(out, at.mark)
		list = append(list, place{at.p.low, at.mark}, place{at.p.high, at.mark})
	}
	slices.Sort(out)
	return out
}
