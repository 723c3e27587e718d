import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans a generated county model with Timefold: construction heuristic, then local search, as its defaults are, on one thread.
 * usage: County MODEL SECONDS GAP THREADS SEED SOLUTION. It proves no bound, so the gap is not looked at.
 */
public final class County {
    public static void main(String[] args) throws IOException {
        long began = System.nanoTime();
        Ledger.model = Model.read(Path.of(args[0]));
        long used = System.nanoTime() - began;
        long left = Math.max(1000, (long) (1000 * Double.parseDouble(args[1])) - used / 1_000_000 - 1000);
        List<Cadre> cadres = new ArrayList<>();
        Ledger.model.cadres.forEach((id, choices) -> cadres.add(new Cadre(Integer.parseInt(id), choices)));
        SolverConfig config = new SolverConfig().withSolutionClass(Plan.class).withEntityClasses(Cadre.class)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Ledger.class))
                .withTerminationConfig(new TerminationConfig().withSpentLimit(Duration.ofMillis(left)));
        config.setRandomSeed(Long.parseLong(args[4]));
        Solver<Plan> solver = SolverFactory.<Plan>create(config).buildSolver();
        solver.addEventListener(e -> {
            if (e.getNewBestSolution().score.isFeasible()) {
                System.out.printf("{\"t\": %.3f, \"incumbent\": %d, \"bound\": null}%n", (System.nanoTime() - began) / 1e9,
                        -e.getNewBestSolution().score.softScore());
            }
        });
        Plan best = solver.solve(new Plan(cadres));
        if (!best.score.isFeasible()) {
            System.out.println("{\"status\": \"no-solution\", \"objective\": null, \"bound\": null}");
            return;
        }
        write(best, Path.of(args[5]));
        System.out.printf("{\"status\": \"feasible\", \"objective\": %d, \"bound\": null}%n", -best.score.softScore());
    }

    /** Writes the point in the columns of the MPS file: the choices, and what follows from them. */
    private static void write(Plan plan, Path path) throws IOException {
        Model m = Ledger.model;
        long[] sums = new long[m.rows.size()];
        Map<Integer, int[]> regions = new HashMap<>();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(path))) {
            for (Cadre c : plan.cadres) {
                out.println(c.choice.column + " 1");
                c.choice.terms.forEach(t -> sums[t[0]] += t[1]);
                c.choice.states.forEach((n, s) -> regions.computeIfAbsent(n, k -> new int[] {-1, -1})[s[0]] = s[1]);
            }
            for (int r = 0; r < sums.length; r++) {
                Model.Row row = m.rows.get(r);
                if (row.slack != null && sums[r] < row.limit) {
                    out.println(row.slack + " " + (row.limit - sums[r]));
                }
            }
            m.couples.forEach((n, c) -> {
                int[] at = regions.getOrDefault(n, new int[] {-1, -1});
                out.println(c.near.getOrDefault(Model.pair(at[0], at[1]), c.apart) + " 1");
            });
        }
    }
}
