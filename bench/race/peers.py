"""Drives one solver of the Python world on one MPS file, the same way for each.

usage: peers.py version
       peers.py NAME MODEL SECONDS GAP THREADS SEED SOLUTION

Prints JSON lines: {"t": seconds, "incumbent": value, "bound": value} as the search goes on, and at the end
{"status": ..., "objective": ..., "bound": ...}; CP-SAT's progress is its own log. The solution has a line of name and value for each column that is not
zero. Values are in the sense of the file, null where there is none.
"""
import json
import math
import sys
import time

START = time.monotonic()
NONE = 1e20  # from here on a value stands for infinity, as in SCIP


def known(v):
    return v if v is not None and math.isfinite(v) and abs(v) < NONE else None


def tell(incumbent, bound):
    print(json.dumps({"t": time.monotonic() - START, "incumbent": known(incumbent), "bound": known(bound)}), flush=True)


def end(status, objective, bound, path, values):
    if values is not None:
        with open(path, "w") as f:
            for name, v in values:
                if v != 0:
                    f.write(f"{name} {v!r}\n")
    print(json.dumps({"status": status, "objective": known(objective), "bound": known(bound)}), flush=True)


def highspy(model, seconds, gap, threads, seed, path):
    import highspy as hp

    h = hp.Highs()
    h.setOptionValue("output_flag", False)
    for name, value in (("time_limit", seconds), ("mip_rel_gap", gap), ("threads", threads), ("random_seed", seed)):
        h.setOptionValue(name, value)
    if h.readModel(model) == hp.HighsStatus.kError:
        sys.exit("highspy cannot read the model")
    h.cbMipImprovingSolution += lambda e: tell(e.data_out.mip_primal_bound, e.data_out.mip_dual_bound)
    h.cbMipLogging += lambda e: tell(e.data_out.mip_primal_bound, e.data_out.mip_dual_bound)
    h.run()
    info, status = h.getInfo(), h.getModelStatus()
    if status == hp.HighsModelStatus.kInfeasible:
        return end("infeasible", None, None, path, None)
    if status in (hp.HighsModelStatus.kUnbounded, hp.HighsModelStatus.kUnboundedOrInfeasible):
        return end("unbounded", None, None, path, None)
    mip = any(t != hp.HighsVarType.kContinuous for t in h.getLp().integrality_)
    if info.primal_solution_status != 2:  # no feasible point
        return end("no-solution", None, info.mip_dual_bound if mip else None, path, None)
    bound = info.mip_dual_bound if mip else info.objective_function_value
    word = "optimal" if status == hp.HighsModelStatus.kOptimal else "feasible"
    end(word, info.objective_function_value, bound, path, zip(h.getLp().col_names_, h.getSolution().col_value))


def scip(model, seconds, gap, threads, seed, path):
    import pyscipopt as ps

    class Watch(ps.Eventhdlr):
        def eventinit(self):
            for kind in (ps.SCIP_EVENTTYPE.BESTSOLFOUND, ps.SCIP_EVENTTYPE.NODESOLVED):
                self.model.catchEvent(kind, self)

        def eventexit(self):
            for kind in (ps.SCIP_EVENTTYPE.BESTSOLFOUND, ps.SCIP_EVENTTYPE.NODESOLVED):
                self.model.dropEvent(kind, self)

        def eventexec(self, event):
            tell(self.model.getPrimalbound(), self.model.getDualbound())

    m = ps.Model()
    m.hideOutput()
    m.readProblem(model)
    m.setParam("limits/time", seconds)
    m.setParam("limits/gap", gap)
    m.setParam("randomization/randomseedshift", seed)
    m.setParam("lp/threads", threads)
    m.includeEventhdlr(Watch(), "watch", "tells incumbents and bounds")
    m.optimize()
    status = m.getStatus()
    if status in ("infeasible", "unbounded", "inforunbd"):
        return end("infeasible" if status == "infeasible" else "unbounded", None, None, path, None)
    if m.getNSols() == 0:
        return end("no-solution", None, m.getDualbound(), path, None)
    best = m.getBestSol()
    word = "optimal" if status in ("optimal", "gaplimit") else "feasible"
    end(word, m.getSolObjVal(best), m.getDualbound(), path, ((v.name, m.getSolVal(best, v)) for v in m.getVars()))


def cp_sat(model, seconds, gap, threads, seed, path):
    from ortools.linear_solver.python import model_builder as mb

    m = mb.Model()
    if not m.import_from_mps_file(model):
        sys.exit("cp-sat cannot read the model")
    s = mb.Solver("CP_SAT")
    s.set_time_limit_in_seconds(seconds)
    s.set_solver_specific_parameters(
        f"num_workers:{threads} relative_gap_limit:{gap} random_seed:{seed} log_search_progress:true log_to_stdout:true")
    # the search log goes to stdout as it is: lines such as `#1 0.05s best:12 next:[3,11]`, with the time in them
    status = s.solve(m)
    words = {mb.SolveStatus.OPTIMAL: "optimal", mb.SolveStatus.FEASIBLE: "feasible", mb.SolveStatus.INFEASIBLE: "infeasible",
             mb.SolveStatus.UNBOUNDED: "unbounded"}
    word = words.get(status, "no-solution")
    if word not in ("optimal", "feasible"):
        return end(word, None, None, path, None)
    end(word, s.objective_value, s.best_objective_bound, path, ((v.name, s.value(v)) for v in m.get_variables()))


def version():
    out = {}
    for name, module in (("highspy", "highspy"), ("scip", "pyscipopt"), ("cp-sat", "ortools")):
        try:
            loaded = __import__(module)
            out[name] = getattr(loaded, "__version__", "")
            if name == "scip":
                out[name] = ".".join(str(getattr(loaded.Model(), f)()) for f in ("getMajorVersion", "getMinorVersion", "getTechVersion"))
            if name == "highspy":
                out[name] = loaded.Highs().version()
        except Exception as e:  # whatever is wrong with it: it is not there
            out[name] = f"missing: {type(e).__name__}: {e}"
    print(json.dumps(out))


if __name__ == "__main__":
    if sys.argv[1] == "version":
        version()
    else:
        name, model, seconds, gap, threads, seed, path = sys.argv[1:]
        {"highspy": highspy, "scip": scip, "cp-sat": cp_sat}[name](model, float(seconds), float(gap), int(threads), int(seed), path)
