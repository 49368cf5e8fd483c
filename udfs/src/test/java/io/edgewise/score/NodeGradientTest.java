package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.CircuitRunner;
import io.edgewise.circuit.PatchType;
import io.edgewise.graph.Level;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of nodes and neurons beside those of their edges. */
class NodeGradientTest {
    private static final int BATCH = 4;

    private static MaskGradient edges(Golden golden, String ablation, MaskValue maskValue) {
        PromptSide side = ablation.equals("RESAMPLE") ? PromptSide.CORRUPT : null;
        return new MaskGradient(
                GradFunction.LOGIT, AnswerFunction.AVG_DIFF, maskValue, golden.ablation(ablation, side), BATCH);
    }

    private static Attribution nodes(Golden golden, MaskGradient edges, Level level) {
        return (Attribution) edges.at(level, golden.model().config().modelWidth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESAMPLE", "ZERO", "TOKENWISE_MEAN_CORRUPT"})
    void nodesAreTheSumsOfTheirEdgesWithEveryAblation(String ablation) {
        Golden golden = Golden.tinyGpt2();
        ModelGraph graph = golden.model().graph();
        MaskGradient edges = edges(golden, ablation, new MaskValue.Constant(0));
        for (PromptBatch batch : golden.batches()) {
            double[] ofEdges = edges.score(golden.model(), batch).values();
            BatchVector found = nodes(golden, edges, Level.NODE).score(golden.model(), batch);
            double[] sums = new double[graph.sources().size()];
            double[] magnitudes = new double[sums.length];
            for (int edge = 0; edge < ofEdges.length; edge++) {
                sums[graph.edge(edge).source().index()] += ofEdges[edge];
                magnitudes[graph.edge(edge).source().index()] += Math.abs(ofEdges[edge]);
            }
            assertArrayEquals(sums, found.values(), Rounding.of(magnitudes));
            assertThat(found.notes())
                    .isEqualTo(edges.score(golden.model(), batch).notes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE", "NEURON"})
    void aBatchInPiecesGivesTheSameScoresAndShares(Level level) {
        Golden golden = Golden.tinyGpt2();
        Attribution scorer = nodes(golden, edges(golden, "RESAMPLE", new MaskValue.Constant(0)), level);
        PromptBatch batch = golden.batches().get(0);
        List<double[]> whole = new ArrayList<>();
        List<double[]> shares = new ArrayList<>();
        double[] expected = scorer.score(golden.model(), BatchPieces.whole(batch), (prompt, share) -> whole.add(share))
                .values();
        double[] found = scorer.score(golden.model(), BatchPieces.of(batch, 3), (prompt, share) -> shares.add(share))
                .values();
        double largest = Rounding.of(expected);
        for (int prompt = 0; prompt < batch.size(); prompt++) {
            double bound = Rounding.of(whole.get(prompt));
            largest = Math.max(largest, bound);
            assertArrayEquals(whole.get(prompt), shares.get(prompt), bound);
        }
        assertArrayEquals(expected, found, largest);
        assertThat(scorer.scoreCount(golden.model().graph())).isEqualTo(expected.length);
        assertThat(scorer.scores(golden.model().graph(), expected, 4).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE", "NEURON"})
    void batchesAndCircuitsLeaveNoArrayBehind(Level level) {
        Golden golden = Golden.tinyGpt2();
        PatchableModel model = golden.model();
        Attribution scorer = nodes(golden, edges(golden, "RESAMPLE", new MaskValue.Constant(0)), level);
        BatchPieces batch = BatchPieces.of(golden.batches().get(0), 3);
        RankedScores scores =
                scorer.scores(model.graph(), scorer.score(model, batch).values(), 4);
        CircuitRunner circuits = new CircuitRunner(
                scores,
                Circuit.of(scores, List.of(0, 3, scores.size())),
                PatchType.TREE_PATCH,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                false);
        int before = model.arrayCount();
        for (int run = 0; run < 20; run++) {
            scorer.score(model, batch, (prompt, share) -> {});
            circuits.logits(model, batch);
            assertThat(model.arrayCount()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1})
    void otherMasksHaveNoScoresOfNodes(double mask) {
        Golden golden = Golden.tinyGpt2();
        MaskGradient edges = edges(golden, "ZERO", new MaskValue.Constant(mask));
        assertThatThrownBy(() -> nodes(golden, edges, Level.NODE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("are mask gradients at mask 0");
    }
}
