package io.edgewise.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AblationTest {

    @ParameterizedTest
    @CsvSource({
        "RESAMPLE, CLEAN, /clean/b0",
        "RESAMPLE, CORRUPT, /corrupt/b0",
        "ZERO, CORRUPT, /corrupt/b0",
        "BATCH_TOKENWISE_MEAN, CLEAN, /clean/b0",
        "BATCH_TOKENWISE_MEAN, CORRUPT, /corrupt/b0",
        "BATCH_ALL_TOK_MEAN, CLEAN, /clean/b0",
        "BATCH_ALL_TOK_MEAN, CORRUPT, /corrupt/b0",
        "TOKENWISE_MEAN_CLEAN, CLEAN, ''",
        "TOKENWISE_MEAN_CORRUPT, CLEAN, ''",
        "TOKENWISE_MEAN_CLEAN_AND_CORRUPT, CLEAN, ''",
    })
    void activationsAreAutoCircuits(AblationType type, PromptSide side, String golden) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray actual = Golden.ablation(type.name(), side)
                    .on(Golden.model(), Golden.batches().get(0));
            assertThat(actual.getShape().getShape()).containsExactly(11, 4, 8, 32);
            assertThat(actual.toFloatArray())
                    .containsExactly(
                            Golden.tensor("src_ablations/" + type + golden).values(), within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(AblationType.class)
    void aSideBelongsToTypesOfTheBatchAlone(AblationType type) {
        if (type.isOfBatch()) {
            assertThatThrownBy(() -> new Ablation(type, null))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("wants a side, got none");
        } else {
            assertThatThrownBy(() -> new Ablation(type, PromptSide.CLEAN))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "Ablation type " + type + " has no side, got clean; --clean-corrupt belongs to RESAMPLE,"
                                    + " BATCH_TOKENWISE_MEAN, BATCH_ALL_TOK_MEAN alone");
        }
        assertThat(Ablation.of(type, PromptSide.CLEAN).type()).isEqualTo(type);
    }

    @Test
    void everyPromptWeighsTheSameInAMeanWhateverItsBatchAndLength() {
        PatchableModel model = Golden.model();
        List<PromptPair> pairs = Golden.batches().get(0).pairs();
        List<PromptPair> shorter = pairs.subList(2, 4).stream()
                .map(pair -> new PromptPair(
                        pair.clean().subList(0, 5), pair.corrupt().subList(0, 5), pair.answers(), pair.wrongAnswers()))
                .toList();
        DatasetMean together = mean(model, PromptBatch.of(0, pairs.subList(0, 2)), PromptBatch.of(1, shorter));
        DatasetMean apart = mean(
                model,
                PromptBatch.of(0, pairs.subList(0, 1)),
                PromptBatch.of(1, pairs.subList(1, 2)),
                PromptBatch.of(2, shorter.subList(0, 1)),
                PromptBatch.of(3, shorter.subList(1, 2)));
        assertThat(together.values()).containsExactly(apart.values(), within(1e-6f));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // Position 6 is in the two long prompts only.
            NDArray all = model.sources(model.tokens(PromptBatch.of(0, pairs.subList(0, 2)), PromptSide.CLEAN));
            float[] expected = all.get(":, :, 6").mean(new int[] {1}).toFloatArray();
            for (int source = 0; source < 11; source++) {
                assertThat(together.values()[(source * 8 + 6) * 32]).isCloseTo(expected[source * 32], within(1e-6f));
            }
        }
    }

    private static DatasetMean mean(PatchableModel model, PromptBatch... batches) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : batches) {
            total.add(DatasetMean.sums(model, batch, List.of(PromptSide.CLEAN), 8));
        }
        return DatasetMean.of(11, 8, 32, total.finish());
    }
}
