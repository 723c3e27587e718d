// Package native is the embedded default solver: pure Go, nothing to install. [New] gives a [solver.Solver] for any
// model of package mip, and all of the work is done by its Solve. It imports mip, solver and the standard library
// only, and knows nothing of cadres or posts.
//
// # Method
//
//   - presolve.go, propagate.go: activity-based bound tightening, rows of integers divided by their common divisor,
//     implied integers, columns fixed by their locks, redundant rows (Savelsbergh, ORSA Journal on Computing 6, 1994).
//     Everything removed is restored by setting fixed values.
//   - simplex.go, dual.go, ratio.go, primal.go: the relaxation by a bounded dual simplex method with steepest-edge
//     pricing (Forrest and Goldfarb, Mathematical Programming 57, 1992), the bound-flipping ratio test (Maros, EJOR
//     149, 2003) under Harris's tolerances, cost perturbation and shifting (Koberstein, thesis, Paderborn 2005), and
//     a primal method with Devex pricing that removes the shifts and proves unboundedness.
//   - eliminate.go, factor.go: sparse LU by Markowitz pivoting (Suhl and Suhl, ORSA Journal on Computing 2, 1990)
//     with the updates of Forrest and Tomlin (Mathematical Programming 2, 1972). Only columns that may enter are priced, and of
//     many only those of small reduced cost between two factorizations.
//   - problem.go: every bound is recomputed from row multipliers with bounded rounding errors (Neumaier and
//     Shcherbina, Mathematical Programming 99, 2004), and every infeasible relaxation is checked by its Farkas ray, so
//     that a reported bound or infeasibility does not rest on the tolerances of the simplex method.
//   - search.go, node.go, branch.go: branch and bound, best bound with plunging, reliability branching (Achterberg,
//     Koch and Martin, Operations Research Letters 33, 2005), reduced-cost fixing that nodes hand down to those below, bounds
//     rounded up to the values that an integral objective can take; team.go: longer trees in rounds of eight open nodes at a time.
//   - cuts.go, cover.go, mir.go: rounds of lifted cover inequalities (Balas, Mathematical Programming 8, 1975) and of
//     mixed-integer rounding cuts of single and of tableau rows (Marchand and Wolsey, Operations Research 49, 2001),
//     at the root and at the first nested root.
//   - caps.go: min-max columns are branched on first; a node with all of them fixed is a problem of its own.
//   - jump.go: a first point before any relaxation, by local search in broken rows (after Luteberget and Sartor, Mathematical
//     Programming Computation 15, 2023, and WalkSAT); mend.go: that point made cheaper by repairs at the least cost.
//   - structured.go, package assign: a model that holds an assignment is bounded by its Lagrangian, first with rights that may be
//     taken more than once, whose steps are cheap, then by assignments, and searched by annealing over chains of moves, each the
//     shortest way on for those whom the one before displaced (assign/chain.go; annealing.go: how many runs, how long, and what goes on
//     beside them); what its reduced costs leave open is searched by
//     branch and bound by turns (turns.go), around the incumbent first (vicinity.go, cluster.go: clusters of lefts that compete, cut out of the
//     whole by excerpt.go). induced.go: where the incumbent and the relaxation of a core disagree chooses
//     anew. links.go: the few columns outside the assignment that stand in many rows, such as steps of the largest burden of a
//     group, divide a problem into boxes, the one of the least bound first. restate.go makes such steps of columns for the largest burden of a
//     group (solver.Ladder); heights.go bounds all combinations of how far the steps go at once, from tables of assignments (assign/heights.go).
//   - neighbours.go: rows of choice that compete choose anew around the incumbent, in the core (large neighbourhood search:
//     Shaw, Principles and Practice of Constraint Programming, 1998).
//   - choices.go, enumerate.go, anew.go: a problem that is nothing but choices under limits, such as generalised assignment, has
//     neighbourhoods of its own: the choices that use some limits choose anew by enumeration, with the Lagrangian bound of
//     the rows of choice in tables, a knapsack for each limit (Fisher, Jaikumar and Van Wassenhove, Management Science 32, 1986).
//   - weigh.go, worths.go, price.go, knapsacks.go: where each column is in one limit at the most, such problems are proven by a
//     tree whose bounds are these knapsacks, goal by goal, and certified by leaves that name worths and limits
//     (after Posta, Ferland and Michelon, Computational Optimization and Applications 52, 2012).
//   - dive.go, root.go, restart.go: rounding with propagation, diving, a search of the core of columns with small
//     reduced cost, whose bound and threshold together bound the whole, relaxation-induced neighbourhoods (Danna, Rothberg and Le Pape, Mathematical Programming 102,
//     2005), and a new start on the columns that reduced costs leave free.
//   - record.go, handover.go, explain.go, shut.go, stated.go: the search records its tree, multipliers, rays and cuts in terms of
//     the given model, and hands them over as a solver.Proof. Cuts of a recorded search are those that the proof can state.
//     What reduced costs have put at zero is stated as a split. Leaves that lean on what propagation found take the rows that
//     found it into their multipliers; what does not go that way is stated as branches that one row refutes.
//
// # What it promises
//
// The same model, parameters and seed give the same bytes unless a clock or a signal ends the run. Params.Work counts
// pivots and nodes. Params.Threads is how many explorers of a tree, runs of annealing and clusters of a round work side by side, and into how
// many parts evaluations of a large relaxation are divided; what comes out is the same.
package native
