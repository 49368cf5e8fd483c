package io.edgewise.jobs.figure;

import static io.edgewise.jobs.figure.Circuits.edge;
import static io.edgewise.jobs.figure.Circuits.end;
import static io.edgewise.jobs.figure.Circuits.figure;
import static io.edgewise.jobs.figure.Circuits.head;
import static io.edgewise.jobs.figure.Circuits.mlp;
import static io.edgewise.jobs.figure.Circuits.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitFigureTest {
    private static final DrawnEdge STRONG = edge(start(), mlp(0), 0.5);
    private static final DrawnEdge WEAK = edge(mlp(0), end(), -0.25);

    @Test
    void leavesOutEdgesBelowTheThreshold() {
        assertThat(drawing(0.25).tooltips()).containsExactly("Resid Start->MLP 0  0.5000", "MLP 0->Resid End  -0.2500");
        assertThat(drawing(0.26).tooltips()).containsExactly("Resid Start->MLP 0  0.5000");
        assertThat(drawing(0.26).boxes()).extracting(Drawing.Box::label).containsExactly("Embed", "MLP 0");
    }

    @Test
    void saysHowManyEdgesItLeavesOut() {
        String summary = drawing(0.26).named("desc").get(0).getTextContent();

        assertThat(summary)
                .isEqualTo("1 of the circuit\u2019s 2 edges: those with an absolute score of at least 0.26.");
    }

    @Test
    void saysThatNothingIsOverTheThreshold() {
        Drawing drawing = drawing(0.75);

        assertThat(drawing.links()).isEmpty();
        assertThat(drawing.boxes()).isEmpty();
        assertThat(drawing.ofClass("empty")).singleElement().satisfies(sentence -> assertThat(sentence.getTextContent())
                .isEqualTo("No edge of the circuit has an absolute score of at least 0.75."));
    }

    @Test
    void drawsACircuitWithoutEdges() {
        assertThat(Drawing.parse(figure().svg()).ofClass("empty"))
                .singleElement()
                .satisfies(sentence -> assertThat(sentence.getTextContent()).isEqualTo("The circuit has no edges."));
    }

    @Test
    void drawsEdgesWhoseScoresAreAllZero() {
        assertThat(Drawing.parse(figure(edge(start(), end(), 0.0)).svg()).links())
                .singleElement()
                .satisfies(
                        link -> assertThat(Drawing.number(link, "stroke-width")).isEqualTo(1));
    }

    @Test
    void refusesMoreEdgesThanAnyoneCanRead() {
        assertThatThrownBy(() -> new CircuitFigure("big", many(2_001), List.of(), 0.1))
                .isInstanceOf(InputException.class)
                .hasMessage("A figure draws at most 2,000 edges, got 2,001; give a higher --render-score-threshold or"
                        + " fewer --edge-counts");
    }

    @Test
    void countsOnlyTheEdgesItWouldDraw() {
        List<DrawnEdge> edges = new ArrayList<>(many(2_000));
        edges.add(edge(start(), end(), 0.01));

        assertThat(new CircuitFigure("big", edges, List.of(), 0.1).drawn()).hasSize(2_000);
    }

    @Test
    void wantsAPositionForAllEdgesOrForNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> figure(STRONG, edge(mlp(0), end(), 3, 0.5)))
                .withMessageContaining("got 1 of 2");
    }

    @Test
    void wantsOneLayerForANode() {
        DrawnEdge other = edge(new DrawnNode("MLP 0", 4), end(), 0.5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> figure(STRONG, other))
                .withMessageContaining("MLP 0");
    }

    @Test
    void wantsEdgesThatRunToAHigherLayer() {
        assertThatIllegalArgumentException().isThrownBy(() -> edge(head(1, 2), head(1, 3, "Q"), 0.5));
    }

    @Test
    void wantsScoresAndThresholdsThatAreNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> edge(start(), end(), Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> drawing(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> drawing(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> edge(start(), end(), -1, 0.5));
    }

    @Test
    void keepsItsOwnCopies() {
        List<DrawnEdge> edges = new ArrayList<>(List.of(STRONG));
        CircuitFigure figure = new CircuitFigure("copy", edges, List.of(), 0);

        edges.add(WEAK);

        assertThat(figure.edges()).containsExactly(STRONG);
    }

    private static Drawing drawing(double threshold) {
        return Drawing.parse(new CircuitFigure("a circuit", List.of(WEAK, STRONG), List.of(), threshold).svg());
    }

    private static List<DrawnEdge> many(int edges) {
        return Collections.nCopies(edges, edge(start(), end(), 0.1));
    }
}
