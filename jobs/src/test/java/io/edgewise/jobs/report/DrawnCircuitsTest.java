package io.edgewise.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.figure.CircuitPlan;
import io.edgewise.uncertainty.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnCircuitsTest {
    private static final List<ReportNode> NODES =
            List.of(node("Resid Start", 0), node("A0.0", 1), node("A0.1", 1), node("MLP 0", 2), node("Resid End", 3));

    @Test
    void laysOutSizesAndEachNodeWithItsEdgesTheSmallestFirst() {
        Study study = LargeStudy.report(70).studies().get(0);

        List<List<Integer>> drawn =
                study.drawn().stream().map(DrawnCircuit::edges).toList();

        assertThat(drawn).isSortedAccordingTo((one, other) -> one.size() - other.size());
        for (int size : List.of(12, 25, 50, 70, 100, 200, 400)) {
            assertThat(drawn).contains(IntStream.range(0, size).boxed().toList());
        }
        assertThat(drawn)
                .contains(IntStream.range(0, study.edges().size())
                        .filter(place -> touches(study.edges().get(place), "A5.10"))
                        .boxed()
                        .toList());
    }

    @Test
    void aRibbonIsAnEdge() {
        DrawnCircuit all = last(List.of(
                edge("Resid Start", "A0.0", -0.5, 1),
                edge("A0.0", "A0.1", 0.4, 2),
                edge("A0.9", "Resid End", 0.3, 3),
                edge("A0.1", "Resid End", 0.25, 4)));

        assertThat(all.edges()).containsExactly(0, 3);
        assertThat(all.plan().ribbons()).extracting(CircuitPlan.Ribbon::width).containsExactly(30.0, 15.0);
        assertThat(all.plan().boxes())
                .extracting(CircuitPlan.Box::node)
                .containsExactlyInAnyOrder("Resid Start", "A0.0", "A0.1", "Resid End");
    }

    @Test
    void anInfiniteScoreIsAsWideAsTheWidest() {
        DrawnCircuit all =
                last(List.of(edge("Resid Start", "A0.0", Double.POSITIVE_INFINITY, 1), edge("A0.0", "MLP 0", 0.5, 2)));

        assertThat(all.plan().ribbons()).extracting(CircuitPlan.Ribbon::width).containsExactly(30.0, 30.0);
    }

    @Test
    void ofAComparisonBothSidesCircuitsAreInOnePlan() {
        Comparison comparison = LargeStudy.comparison(200);

        assertThat(comparison.drawn()).anySatisfy(circuit -> assertThat(circuit.edges())
                .containsExactlyElementsOf(IntStream.range(0, comparison.edges().size())
                        .filter(place ->
                                comparison.edges().get(place).ranks().stream().anyMatch(rank -> rank <= 200))
                        .boxed()
                        .toList()));
    }

    private static boolean touches(ReportEdge edge, String node) {
        return edge.source().equals(node) || edge.destination().equals(node);
    }

    private static DrawnCircuit last(List<ReportEdge> edges) {
        Study study = new Study(
                "",
                "",
                true,
                List.of(),
                List.of(),
                9,
                1,
                NODES,
                edges,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                TrainedMasks.NONE);
        List<DrawnCircuit> drawn = study.drawn();
        return drawn.get(drawn.size() - 1);
    }

    private static ReportNode node(String name, int column) {
        return new ReportNode(name, column, "", EdgeSum.NONE, EdgeSum.NONE);
    }

    private static ReportEdge edge(String source, String destination, double score, int rank) {
        return new ReportEdge(source, destination, "", null, score, Interval.UNKNOWN, rank);
    }
}
