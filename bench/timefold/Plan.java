import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;

/** Everybody's choice. */
@PlanningSolution
public class Plan {
    @PlanningEntityCollectionProperty
    List<Cadre> cadres;
    @PlanningScore
    HardSoftLongScore score;

    public Plan() { }

    Plan(List<Cadre> cadres) {
        this.cadres = cadres;
    }

    public List<Cadre> getCadres() {
        return cadres;
    }

    public HardSoftLongScore getScore() {
        return score;
    }

    public void setScore(HardSoftLongScore score) {
        this.score = score;
    }
}
