package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.circuit.CircuitTests.Finding;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.TestResult;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitTestsTest {
    private final Golden golden = Golden.tinyGpt2();
    private final PatchableModel model = golden.model();
    private final PruneScores scores = MadeUpCircuits.scores(model.graph(), 50.5);

    private CircuitTests tests(int edges) {
        return CircuitTests.of(scores, Circuit.of(scores, List.of(edges)).get(0));
    }

    private double[][] differences(CircuitTests tests, PromptBatch batch) {
        CircuitRunner runner = new CircuitRunner(
                scores, List.of(), PatchType.TREE_PATCH, golden.ablation("RESAMPLE", PromptSide.CORRUPT), false);
        BatchVector measured = new SetDifferences(runner, tests.sets()).measure(model, BatchPieces.of(batch, 2));
        return IntStream.range(0, tests.sets().size())
                .mapToObj(set -> Arrays.copyOfRange(measured.values(), set * batch.size(), (set + 1) * batch.size()))
                .toArray(double[][]::new);
    }

    private List<Integer> edges(EdgeSet set) {
        IntPredicate in = set.of(scores);
        return IntStream.range(0, scores.size()).filter(in).boxed().toList();
    }

    @Test
    void theSetsAreTheWholeTheCircuitTheRestAndTheCircuitButForOneEdge() {
        CircuitTests tests = tests(30);
        List<EdgeSet> sets = tests.sets();
        int own = tests.circuit().achievedEdges();
        assertThat(edges(sets.get(0))).hasSize(scores.size());
        List<Integer> circuit = edges(sets.get(1));
        assertThat(circuit).hasSize(own).hasSameElementsAs(tests.edges());
        assertThat(edges(sets.get(2))).hasSize(scores.size() - own).doesNotContainAnyElementsOf(circuit);
        for (int i = 0; i < own; i++) {
            assertThat(edges(sets.get(3 + i))).hasSize(own - 1).isSubsetOf(circuit);
        }
        assertThat(tests.others()).isNotEmpty().doesNotContainAnyElementsOf(circuit);
        assertThat(edges(sets.get(3 + own))).hasSize(own + 1).containsAll(circuit);
        assertThat(sets).hasSize(3 + own + tests.others().size()).doesNotHaveDuplicates();
    }

    /** The answer differences are those that a sweep measures. */
    @Test
    void whatIsTestedIsWhatASweepMeasures() {
        PromptBatch batch = golden.batches().get(0);
        CircuitTests tests = tests(30);
        double[] circuit = differences(tests, batch)[1];
        CircuitRunner runner = new CircuitRunner(
                scores,
                List.of(tests.circuit()),
                PatchType.TREE_PATCH,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                false);
        CircuitSweep sweep = new CircuitSweep(runner, List.of(Faithfulness.DIFFERENCE), Bootstrap.NONE, List.of(), 0);
        double mean = sweep.finish(sweep.measure(model, batch).values(), batch.size())
                .get(0)
                .value();
        assertThat(Arrays.stream(circuit).average().orElseThrow()).isCloseTo(mean, within(1e-5));
    }

    @Test
    void theWholeModelIsItselfOnEveryPrompt() {
        CircuitTests tests = tests(scores.size());
        List<Finding> findings =
                tests.findings(differences(tests, golden.batches().get(0)));
        assertThat(findings.get(0).result()).isEqualTo(TestResult.UNTESTABLE);
        assertThat(findings.stream().skip(2).map(Finding::result)).containsOnly(TestResult.UNTESTABLE);
    }
}
