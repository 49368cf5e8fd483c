package io.edgewise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.reduce.BatchNotes.Unfit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptGroupsTest {
    /** Places are those in the whole batch, however many prompts of it are left out. */
    @Test
    void promptsThatDoNotFitAreLeftOut() {
        PromptGroups groups = new PromptGroups(List.of("a", "b"), Map.of(0, List.of(0, 1, 0, -1), 3, List.of(1, 0)));
        PromptGroups fitting = groups.without(List.of(new Unfit(0, 1), new Unfit(0, 3)));
        assertThat(fitting.ofBatches()).isEqualTo(Map.of(0, List.of(0, 0), 3, List.of(1, 0)));
        assertThat(groups.without(List.of()).ofBatches()).isEqualTo(groups.ofBatches());
    }
}
