package io.edgewise.circuit;

import io.edgewise.Golden;
import io.edgewise.graph.ModelGraph;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.PruneScores;
import java.util.Arrays;
import java.util.List;

/** Circuits of scores that nobody computed, in no order that a graph has. */
final class MadeUpCircuits {
    private MadeUpCircuits() {}

    /** @param middle what is taken from scores that go from 0 to 100 */
    static PruneScores scores(ModelGraph graph, double middle) {
        double[] scores = new double[graph.edgeCount()];
        Arrays.setAll(scores, edge -> (edge * 37 % 101) - middle);
        return PruneScores.of(graph, scores);
    }

    /** A runner of the circuits of no edge and of 30. */
    static CircuitRunner runner(Golden golden) {
        PruneScores scores = scores(golden.model().graph(), 50);
        return new CircuitRunner(
                scores,
                Circuit.of(scores, List.of(0, 30)),
                PatchType.TREE_PATCH,
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                false);
    }
}
