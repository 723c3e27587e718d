import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A cadre and the choice made for him. */
@PlanningEntity
public class Cadre {
    @PlanningId
    int id;
    List<Model.Choice> choices;
    @PlanningVariable(valueRangeProviderRefs = "choices")
    Model.Choice choice;

    public Cadre() { }

    Cadre(int id, List<Model.Choice> choices) {
        this.id = id;
        this.choices = choices;
    }

    @ValueRangeProvider(id = "choices")
    public List<Model.Choice> getChoices() {
        return choices;
    }

    public Model.Choice getChoice() {
        return choice;
    }

    public void setChoice(Model.Choice choice) {
        this.choice = choice;
    }
}
