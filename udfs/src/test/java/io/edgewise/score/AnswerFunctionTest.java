package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.Rounding;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss asks for no more logits than it reads. */
class AnswerFunctionTest {
    private final PatchableModel model = Golden.tinyGpt2().model();
    private final PromptBatch batch = PromptBatch.of(
            0,
            List.of(
                    PromptPair.of(List.of(1, 2, 3), List.of(3, 2, 1), List.of(5, 1), List.of(4)),
                    PromptPair.of(List.of(4, 2, 3), List.of(3, 2, 4), List.of(2), List.of(5))));

    @ParameterizedTest
    @ValueSource(strings = {"AVG_DIFF", "AVG_VAL"})
    void aLossOfTheAnswersLogitsReadsThoseOfTheAnswersAlone(AnswerFunction function) {
        PatchableModel reading = function.reading(GradFunction.LOGIT, model, batch);
        assertThat(reading.outputs().some()).containsExactly(1, 2, 4, 5);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray all = model.logits(model.tokens(batch, PromptSide.CLEAN));
            NDArray some = reading.logits(reading.tokens(batch, PromptSide.CLEAN));
            float[] expected =
                    function.loss(GradFunction.LOGIT, model, batch).apply(all).toFloatArray();
            assertThat(function.loss(GradFunction.LOGIT, reading, batch)
                            .apply(some)
                            .toFloatArray())
                    .containsExactly(expected, Offset.offset(Rounding.of(all.toFloatArray())));
        }
    }

    @ParameterizedTest
    @EnumSource(value = GradFunction.class, names = "LOGIT", mode = EnumSource.Mode.EXCLUDE)
    void probabilitiesReadAllLogits(GradFunction function) {
        assertThat(AnswerFunction.AVG_DIFF
                        .reading(function, model, batch)
                        .outputs()
                        .areAll())
                .isTrue();
    }

    @Test
    void lossesOfTheWholeDistributionReadAllLogits() {
        for (AnswerFunction function : List.of(AnswerFunction.KL_DIV, AnswerFunction.MSE)) {
            assertThat(function.reading(GradFunction.LOGIT, model, batch)
                            .outputs()
                            .areAll())
                    .as(function.name())
                    .isTrue();
        }
    }
}
