//go:build cgo

package glpk

/*
#include <glpk.h>

extern void cadreEvent(glp_tree *tree, void *info);
*/
import "C"

import (
	"math"
	"runtime"
	"runtime/cgo"
	"unsafe"

	binding "github.com/lukpank/go-glpk/glpk"

	"cadre/mip"
	"cadre/solver"
)

// intopt runs glp_intopt with our callback and returns its code.
//
// Without GLPK's presolve: it overruns deadlines, and hides the columns from the start solution and from our checks.
// With cuts that cost little where the relaxation is nearly integral: clique cuts settle assignment models of 20,000
// columns in the root instead of hundreds of nodes, MIR and cover cuts settle generalised assignment models of
// Cattrysse (1994) in seconds that are open after a minute without. Gomory cuts, other branching rules, the
// feasibility pump and the other node selections gained nothing on both.
func (s *search) intopt() int {
	handle := cgo.NewHandle(s)
	defer handle.Delete()
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(&handle)

	params := binding.NewIocp()
	params.SetMsgLev(binding.MSG_OFF)
	c := (*C.glp_iocp)(unsafe.Pointer(params))
	c.tm_lim = C.int(s.milliseconds())
	c.tol_int, c.tol_obj = C.double(s.way.integer), pruneTol
	c.cb_func, c.cb_info = (*[0]byte)(C.cadreEvent), unsafe.Pointer(&handle)
	c.mir_cuts, c.clq_cuts, c.cov_cuts = C.GLP_ON, C.GLP_ON, C.GLP_ON
	if err, failed := s.prob.Intopt(params).(binding.OptError); failed {
		return int(err)
	}
	return 0
}

// cadreEvent is called by GLPK at every stage of every node.
//
//export cadreEvent
func cadreEvent(tree *C.glp_tree, info unsafe.Pointer) {
	s := (*(*cgo.Handle)(info)).Value().(*search)
	switch C.glp_ios_reason(tree) {
	case C.GLP_ISELECT:
		s.selecting(tree)
	case C.GLP_IHEUR:
		s.offerStart(tree)
	case C.GLP_IBINGO:
		s.incumbent()
		s.checkGap(tree)
		s.tell("search")
	}
	if s.limit == solver.LimitNone && s.ctx.Err() != nil {
		s.limit = solver.LimitInterrupted
	}
	if s.limit != solver.LimitNone {
		C.glp_ios_terminate(tree)
	}
}

// selecting stands between two nodes: the active ones hold the bound.
func (s *search) selecting(tree *C.glp_tree) {
	s.incumbent()
	s.checkGap(tree)
	if s.limit == solver.LimitNone && s.job.Params.Work > 0 && s.nodes >= s.job.Params.Work {
		s.limit = solver.LimitWork
	}
	s.tell("search")
	s.nodes++
}

// checkGap raises the bound to that of the best active node, and ends the search where the asked gap is reached.
func (s *search) checkGap(tree *C.glp_tree) {
	node := C.glp_ios_best_node(tree)
	if node == 0 {
		return
	}
	if bound := float64(C.glp_ios_node_bound(tree, node)); !math.IsNaN(bound) && bound > s.bound && math.Abs(bound) < math.MaxFloat64 {
		s.bound = bound
	}
	p := s.job.Params
	if p.Gap <= 0 && p.AbsGap <= 0 || math.IsNaN(s.best) {
		return
	}
	if s.best-s.bound <= p.AbsGap || solver.RelGap(s.best+s.constant, s.bound+s.constant) <= p.Gap {
		s.limit = solver.LimitGap
	}
}

// offerStart gives the start solution to GLPK at the first opportunity. GLPK takes the objective on trust, so that
// the point is checked first.
func (s *search) offerStart(tree *C.glp_tree) {
	start, m := s.job.Params.Start, s.job.Model
	s.job.Params.Start = nil
	if len(start) != len(m.Columns) || len(start) == 0 || m.Violation(start, mip.FeasTol) != "" {
		return
	}
	x := make([]C.double, len(start)+1)
	for j, v := range start {
		if m.Columns[j].Integer {
			v = math.Round(v)
		}
		x[j+1] = C.double(v)
	}
	C.glp_ios_heur_sol(tree, &x[0])
}
