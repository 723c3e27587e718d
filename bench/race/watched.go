package race

import "sort"

// moment is how many seconds of a core were used at some wall second of a run.
type moment struct{ wall, core float64 }

// watched is what was seen of a running process.
type watched struct {
	peak   float64  // MB, 0 where none was seen
	took   []moment // in order
	killed bool     // since it used more than its limit of core seconds, and did not end when it was interrupted

	done, ended chan struct{}
}

// saw notes a look. One that finds less than the last came after the end.
func (w *watched) saw(m moment) {
	if n := len(w.took); n == 0 || m.core >= w.took[n-1].core {
		w.took = append(w.took, m)
	}
}

// stop ends the watch. Only then is what it saw to be read.
func (w *watched) stop() {
	close(w.done)
	<-w.ended
}

// core is how many seconds of a core were used at a wall second, between two looks in proportion.
func (w *watched) core(wall float64) float64 {
	i := sort.Search(len(w.took), func(i int) bool { return w.took[i].wall >= wall })
	switch {
	case len(w.took) == 0:
		return wall
	case i == len(w.took):
		return w.took[i-1].core
	}
	var a moment // the start
	if i > 0 {
		a = w.took[i-1]
	}
	b := w.took[i]
	if b.wall <= a.wall {
		return b.core
	}
	return a.core + (b.core-a.core)*(wall-a.wall)/(b.wall-a.wall)
}
