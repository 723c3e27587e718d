//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"time"
	"unsafe"

	"github.com/ebitengine/purego"

	"cadre/internal/i18n"
	"cadre/mip"
	"cadre/solver"
)

// Kinds of callbacks in highs_c_api.h.
const (
	callbackSimplexInterrupt = 1
	callbackIpmInterrupt     = 2
	callbackMipImproving     = 4
	callbackMipInterrupt     = 6
)

// newsEvery is how often progress is told at most.
const newsEvery = 100 * time.Millisecond

// listen has HiGHS call us with improving solutions, and wherever it can be stopped. The callback's memory is never
// freed: a worker makes four at most.
func (s *search) listen(h *instance) error {
	columns := len(s.job.Model.Columns)
	callback := purego.NewCallback(func(kind int32, _, out, in, _ unsafe.Pointer) uintptr {
		s.event(kind, out, in, columns)
		return 0
	})
	failed := h.lib.setCallback(h.highs, callback, 0) == callFailed
	for _, kind := range []int32{callbackSimplexInterrupt, callbackIpmInterrupt, callbackMipImproving, callbackMipInterrupt} {
		failed = failed || h.lib.startCallback(h.highs, kind) == callFailed
	}
	if failed {
		return i18n.E("HiGHS 不肯回调", "HiGHS refuses to call back")
	}
	return nil
}

// event is one call of HiGHS. Out holds what it tells, in begins with an int that stops it where it is not 0.
func (s *search) event(kind int32, out, in unsafe.Pointer, columns int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	phase := "simplex"
	if kind == callbackMipImproving || kind == callbackMipInterrupt {
		phase = s.hearMIP(out)
	}
	if kind == callbackMipImproving {
		if p := (*float64)(s.lib.callbackItem(out, "mip_solution")); p != nil {
			s.improve(unsafe.Slice(p, columns))
		}
	}
	if s.ctx.Err() != nil && in != nil && kind != callbackMipImproving {
		*(*int32)(in) = 1
	}
	s.tell(phase)
}

// hearMIP takes bound and nodes, and returns the phase of the search.
func (s *search) hearMIP(out unsafe.Pointer) string {
	if p := (*int64)(s.lib.callbackItem(out, "mip_node_count")); p != nil {
		s.nodes = max(s.nodes, *p)
	}
	if p := (*float64)(s.lib.callbackItem(out, "mip_dual_bound")); p != nil {
		s.raise(*p)
	}
	if s.nodes == 0 {
		return "root"
	}
	return "search"
}

// improve hands over a better solution where it stands rounding; one that does not is repaired at the end.
func (s *search) improve(solution []float64) {
	x := append([]float64(nil), solution...)
	s.round(x)
	if s.job.Model.Violation(x, mip.FeasTol) == "" {
		s.offer(x)
	}
}

func (s *search) tell(phase string) {
	if now := time.Now(); now.Sub(s.told) >= newsEvery {
		s.told = now
		s.job.Params.Progress(solver.Progress{
			Phase: phase, Incumbent: s.best, Bound: s.bound, Nodes: s.nodes, Elapsed: now.Sub(s.started),
		})
	}
}
