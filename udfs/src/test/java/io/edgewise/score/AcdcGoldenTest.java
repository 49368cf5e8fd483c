package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.Golden;
import io.edgewise.Third;
import io.edgewise.graph.ModelGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AutoCircuit's own scores: {@code acdc/<target>/exps=<exponents>/bases=<bases>}. */
class AcdcGoldenTest {

    /** Of more edges than this a key takes seconds: ACDC runs the model once an edge. */
    private static final int FEW = 500;

    static Stream<Arguments> aThirdOfFewEdges() {
        return Third.of(keys().filter(AcdcGoldenTest::hasFewEdges));
    }

    static Stream<Arguments> theOthers() {
        return Stream.concat(
                Third.others(keys().filter(AcdcGoldenTest::hasFewEdges)), keys().filter(key -> !hasFewEdges(key)));
    }

    private static boolean hasFewEdges(Arguments key) {
        return ((Golden) key.get()[0]).model().graph().edgeCount() <= FEW;
    }

    private static Stream<Arguments> keys() {
        return Golden.VARIANTS.stream().map(Golden::of).flatMap(golden -> golden.scoreKeys()
                .filter(key -> key.startsWith("acdc/"))
                .map(key -> Arguments.of(golden, key)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("theOthers")
    void allScoresAreAutoCircuits(Golden golden, String key) {
        scoresAreAutoCircuits(golden, key);
    }

    @ParameterizedTest
    @MethodSource("aThirdOfFewEdges")
    void scoresAreAutoCircuits(Golden golden, String key) {
        ModelGraph graph = golden.model().graph();
        String[] parts = key.split("/", -1);
        List<Double> thresholds = new ArrayList<>();
        for (String base : parts[3].substring("bases=".length()).split(",", -1)) {
            for (String exponent : parts[2].substring("exps=".length()).split(",", -1)) {
                thresholds.add(Double.parseDouble(base) * Math.pow(10, Integer.parseInt(exponent)));
            }
        }
        Acdc acdc = new Acdc(thresholds, Acdc.Target.valueOf(parts[1].toUpperCase(Locale.ROOT)));
        PruneScores expected = PruneScores.fromTensors(graph, golden.scores(key), key);
        PruneScores actual = PruneScores.of(
                graph, acdc.score(golden.model(), golden.batches().get(0)).values());
        for (int edge = 0; edge < actual.size(); edge++) {
            assertThat(actual.get(edge)).as("%s", graph.edge(edge)).isEqualTo(expected.get(edge));
        }
    }
}
