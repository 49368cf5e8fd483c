package io.edgewise.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.safetensors.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AblationTest {

    static Stream<Arguments> goldens() {
        return Golden.VARIANTS.stream()
                .flatMap(variant -> Arrays.stream(AblationType.values())
                        .flatMap(type -> Arrays.stream(PromptSide.values())
                                .map(side -> Arguments.of(Golden.of(variant), type, side))))
                .filter(arguments -> ((Golden) arguments.get()[0]).has(key(arguments)));
    }

    private static String key(Arguments arguments) {
        AblationType type = (AblationType) arguments.get()[1];
        String side = ((PromptSide) arguments.get()[2]).name().toLowerCase(Locale.ROOT);
        return "src_ablations/" + type + (type.meanOver().isEmpty() ? "/" + side + "/b0" : "");
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void activationsAreAutoCircuits(Golden golden, AblationType type, PromptSide side) {
        FloatTensor expected = golden.tensor(key(Arguments.of(golden, type, side)));
        PromptBatch batch = golden.batches().get(0);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray actual = golden.ablation(type.name(), side).on(golden.model(), batch);
            assertThat(actual.getShape().getShape()).containsExactly(expected.shape());
            if (batch.hasPads() && type != AblationType.RESAMPLE && type != AblationType.ZERO) {
                // AutoCircuit takes padding into its means, here it counts for nothing: where no prompt has any they
                // agree.
                if (type != AblationType.BATCH_ALL_TOK_MEAN) {
                    NDArray wanted = golden.model().create(expected.values(), actual.getShape());
                    int longest = batch.pads().stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElseThrow();
                    actual = actual.get(":, :, {}:", longest);
                    assertArrayEquals(wanted.get(":, :, {}:", longest).toFloatArray(), actual.toFloatArray(), 1e-5f);
                }
                return;
            }
            assertArrayEquals(expected.values(), actual.toFloatArray(), 1e-5f);
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
        PatchableModel model = Golden.tinyGpt2().model();
        List<PromptPair> pairs = Golden.tinyGpt2().batches().get(0).pairs();
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
        assertArrayEquals(apart.values(), together.values(), Rounding.of(apart.values()));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // Position 6 is in the two long prompts only.
            NDArray all = model.sources(model.tokens(PromptBatch.of(0, pairs.subList(0, 2)), PromptSide.CLEAN));
            float[] expected = all.get(":, :, 6").mean(new int[] {1}).toFloatArray();
            for (int source = 0; source < 11; source++) {
                assertThat(together.values()[(source * 8 + 6) * 32])
                        .isCloseTo(expected[source * 32], within(Rounding.of(expected)));
            }
        }
    }

    private static DatasetMean mean(PatchableModel model, PromptBatch... batches) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : batches) {
            total.add(DatasetMean.sums(model, BatchPieces.whole(batch), List.of(PromptSide.CLEAN), 8));
        }
        return DatasetMean.of(11, 8, 32, total.finish());
    }
}
