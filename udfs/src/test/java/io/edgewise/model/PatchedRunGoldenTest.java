package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.PruneScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own outputs of plain runs and of runs with masks of all kinds. */
class PatchedRunGoldenTest {
    private static final float TOLERANCE = 1e-4f;

    private final NDScope scope = new NDScope();

    static Stream<Golden> variants() {
        return Golden.VARIANTS.stream().map(Golden::of);
    }

    static Stream<Golden> plainRuns() {
        return Stream.concat(variants(), Golden.POST_NORM_VARIANTS.stream().map(Golden::of));
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("plainRuns")
    void logitsAreAutoCircuits(Golden golden) {
        PatchableModel model = golden.model();
        for (PromptSide side : PromptSide.values()) {
            for (PromptBatch batch : golden.batches()) {
                String key = "logits/" + lower(side) + "/b" + batch.index();
                NDArray logits = model.logits(model.tokens(batch, side));
                assertThat(logits.getShape().getShape())
                        .containsExactly(golden.tensor(key).shape());
                assertArrayEquals(golden.tensor(key).values(), logits.toFloatArray(), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plainRuns")
    void logitsOfAllPositionsAreAutoCircuits(Golden golden) {
        PatchableModel model = golden.model();
        for (PromptSide side : PromptSide.values()) {
            PromptBatch batch = golden.batches().get(0);
            float[] expected =
                    golden.tensor("logits_full/" + lower(side) + "/b0").values();
            assertArrayEquals(expected, model.forward(model.tokens(batch, side)).toFloatArray(), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void masksBetweenZeroAndOneMixAsAutoCircuits(Golden golden) {
        PatchableModel model = golden.model();
        PruneScores masks =
                PruneScores.fromTensors(model.graph(), golden.byModule("random_mask/mask/"), "random masks");
        double[] values =
                IntStream.range(0, masks.size()).mapToDouble(masks::get).toArray();
        EdgeMask mask = new EdgeMask(EdgeVector.of(model.graph(), values));
        PromptBatch batch = golden.batches().get(0);
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        Tokens corrupt = model.tokens(batch, PromptSide.CORRUPT);
        NDArray corruptSources = model.sources(corrupt);
        assertArrayEquals(
                golden.tensor("random_mask/logits/in=clean,patch=corrupt/b0").values(),
                model.runPatched(clean, corruptSources, mask).toFloatArray(),
                TOLERANCE);
        assertArrayEquals(
                golden.tensor("random_mask/logits/in=corrupt,patch=ZERO/b0").values(),
                model.runPatched(corrupt, model.zeros(corruptSources.getShape()), mask)
                        .toFloatArray(),
                TOLERANCE);
        String module = model.graph().modules().get(0).name();
        assertThat(PruneScores.of(mask, model.graph()).toTensors().get(module).values())
                .containsExactly(masks.toTensors().get(module).values());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void edgesPatchedByNameAreAutoCircuits(Golden golden) {
        PatchableModel model = golden.model();
        List<String> names = new ArrayList<>();
        golden.info().get("explicit_edges").forEach(name -> names.add(name.asText()));
        PromptBatch batch = golden.batches().get(0);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        NDArray logits =
                model.runPatched(model.tokens(batch, PromptSide.CLEAN), patch, EdgeMask.of(model.graph(), names));
        assertArrayEquals(
                golden.tensor("explicit_edges/logits/in=clean,patch=corrupt/b0").values(),
                logits.toFloatArray(),
                TOLERANCE);
    }

    private static String lower(PromptSide side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
