package io.edgewise.circuit;

import io.edgewise.graph.Edge;
import io.edgewise.score.PruneScores;
import io.edgewise.uncertainty.Equivalence;
import io.edgewise.uncertainty.Independence;
import io.edgewise.uncertainty.Minimality;
import io.edgewise.uncertainty.TestResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three tests of a circuit: whether it behaves as the whole model does, whether the rest of the model still knows the task, and whether it
 * needs each of its edges. They compare the answer differences of prompts.
 *
 * @param edges the edges of the circuit that are tested; the weakest ones where it has many
 * @param others random edges outside the circuit that connect parts of it
 */
public record CircuitTests(PruneScores scores, Circuit circuit, List<Integer> edges, List<Integer> others) {
    private static final int MOST_EDGES = 200;
    private static final int RANDOM_EDGES = 100;

    /** How many sets of edges come before those with one edge removed. */
    private static final int WHOLES = 3;

    /** The tests. */
    public enum Test {
        EQUIVALENCE(
                "on a prompt, the circuit's answer difference is above the whole model's with a probability between 0.4 and 0.6"),
        INDEPENDENCE("what all other edges answer has nothing to do with what the whole model answers"),
        MINIMALITY(
                "taking out the edge changes more than adding a random edge between parts of the circuit does, for nine in ten of these");

        private final String hypothesis;

        Test(String hypothesis) {
            this.hypothesis = hypothesis;
        }

        /** The null hypothesis, which a small p-value speaks against, as a clause. */
        public String hypothesis() {
            return hypothesis;
        }
    }

    /**
     * What a test found.
     *
     * @param edge the edge that was tested; null where the whole circuit was
     */
    public record Finding(Test test, @Nullable Edge edge, TestResult result) {}

    public CircuitTests {
        edges = List.copyOf(edges);
        others = List.copyOf(others);
    }

    /** The tests of a circuit. */
    public static CircuitTests of(PruneScores scores, Circuit circuit) {
        IntPredicate in = circuit.of(scores);
        List<Integer> own = Arrays.stream(scores.ranking(circuit.ranking()))
                .filter(in)
                .boxed()
                .toList();
        return new CircuitTests(
                scores,
                circuit,
                own.subList(Math.max(0, own.size() - MOST_EDGES), own.size()),
                others(scores, in, own, new SplittableRandom(own.size())));
    }

    private static List<Integer> others(
            PruneScores scores, IntPredicate in, List<Integer> own, SplittableRandom random) {
        Set<String> sources = new HashSet<>();
        Set<String> destinations = new HashSet<>();
        own.stream().map(scores.graph()::edge).forEach(edge -> {
            sources.add(edge.source().name());
            destinations.add(edge.destination().name());
        });
        int[] between = IntStream.range(0, scores.size())
                .filter(in.negate())
                .filter(edge ->
                        sources.contains(scores.graph().edge(edge).source().name())
                                && destinations.contains(
                                        scores.graph().edge(edge).destination().name()))
                .toArray();
        List<Integer> chosen = new ArrayList<>();
        for (int place = 0; place < between.length; place++) {
            if (random.nextDouble() * (between.length - place) < RANDOM_EDGES - chosen.size()) {
                chosen.add(between[place]);
            }
        }
        return chosen;
    }

    /** The sets of edges that have to run, in the order that {@link #findings} expects. */
    public List<EdgeSet> sets() {
        Circuit whole = Circuit.of(scores, List.of(scores.size())).get(0);
        List<EdgeSet> sets = new ArrayList<>(List.of(whole, circuit, new Complement(circuit)));
        Stream.concat(edges.stream(), others.stream()).forEach(edge -> sets.add(new OneEdgeElse(circuit, edge)));
        return sets;
    }

    /**
     * What the tests find.
     *
     * @param differences answer differences {@code [set][prompt]}
     */
    public List<Finding> findings(double[][] differences) {
        double[] own = differences[1];
        double[] changes = Arrays.stream(differences, WHOLES, differences.length)
                .mapToDouble(other -> distance(own, other))
                .toArray();
        List<TestResult> ofEdges = Minimality.of(
                Arrays.copyOf(changes, edges.size()), Arrays.copyOfRange(changes, edges.size(), changes.length));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Test.EQUIVALENCE, null, Equivalence.of(own, differences[0])));
        findings.add(new Finding(
                Test.INDEPENDENCE, null, Independence.of(differences[0], differences[2], circuit.achievedEdges())));
        for (int edge = 0; edge < edges.size(); edge++) {
            findings.add(new Finding(Test.MINIMALITY, scores.graph().edge(edges.get(edge)), ofEdges.get(edge)));
        }
        return findings;
    }

    private static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(prompt -> Math.abs(one[prompt] - other[prompt]))
                .average()
                .orElse(0);
    }
}
