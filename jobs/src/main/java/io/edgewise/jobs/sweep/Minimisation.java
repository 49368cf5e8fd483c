package io.edgewise.jobs.sweep;

import io.edgewise.circuit.Circuit;
import io.edgewise.circuit.Faithfulness;
import io.edgewise.circuit.Measurement;
import io.edgewise.circuit.Members;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import io.edgewise.uncertainty.Estimate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The removal of edges that a circuit doesn't need. In each round, every edge is removed alone, and those whose removal costs nothing within
 * the error are then removed together, cheapest first: as many as cost nothing together. Costs are always against the circuit that the
 * removal began with, so that they don't add up over rounds. It ends where no edge can go. Prompts that had no part in this then verify how
 * many of the removed edges, in their order, still cost nothing.
 *
 * @param runs on prompts that measure nothing else
 */
record Minimisation(CircuitRuns runs) {
    private static final int GROUPS = 16;
    private static final int VERIFIED = 32;

    /** An edge, and what the circuit loses without it. */
    private record Removal(int place, Estimate cost) {}

    /** The edges of a circuit that it doesn't need, by their places in the scores' order, in the order of their removal. */
    List<Integer> removed(Circuit chosen) {
        Circuit circuit = without(runs.scores(), chosen, List.of());
        List<Integer> removed = new ArrayList<>();
        int round = 1;
        for (List<Integer> next = next(circuit, removed, round);
                !next.isEmpty();
                next = next(circuit, removed, round)) {
            removed.addAll(next);
            round++;
        }
        return removed;
    }

    /**
     * Verifies removals on other prompts.
     *
     * @param others runs on these
     * @param removed the edges that were removed, in order
     * @param faithfulness of circuits on these prompts
     */
    static MinimisedCircuit verified(
            CircuitRuns others, Circuit circuit, List<Integer> removed, Faithfulness faithfulness) {
        List<Circuit> circuits = parts(removed.size(), VERIFIED).stream()
                .map(count -> without(others.scores(), circuit, removed.subList(0, count)))
                .toList();
        Differences differences = Differences.of(others, "minimised", circuit, circuits);
        int last = differences.lastFree();
        return new MinimisedCircuit(
                circuit,
                last < 0 ? circuit : circuits.get(last),
                faithfulness.of(differences.whole()),
                faithfulness.of(
                        last < 0 ? differences.whole() : differences.others().get(last)));
    }

    /** The edges that go in a round; none where none can. */
    private List<Integer> next(Circuit circuit, List<Integer> removed, int round) {
        List<Integer> free = free(circuit, removed, round);
        List<List<Integer>> parts = parts(free.size(), GROUPS).stream()
                .map(count -> free.subList(0, count))
                .toList();
        if (parts.isEmpty()) {
            return List.of();
        }
        List<Circuit> reduced =
                parts.stream().map(part -> without(circuit, removed, part)).toList();
        int last = Differences.of(runs, "minimise " + round + " together", circuit, reduced)
                .lastFree();
        return last < 0 ? List.of() : parts.get(last);
    }

    /** The edges that can go alone, the cheapest first and of these the weakest; never all that are left. */
    private List<Integer> free(Circuit circuit, List<Integer> removed, int round) {
        List<Integer> edges = weakestFirst(
                runs.scores(),
                circuit.ranking(),
                without(runs.scores(), circuit, removed).places(runs.scores()));
        if (edges.size() < 2) {
            return List.of();
        }
        List<Circuit> reduced = edges.stream()
                .map(edge -> without(circuit, removed, List.of(edge)))
                .toList();
        Differences differences = Differences.of(runs, "minimise " + round, circuit, reduced);
        return IntStream.range(0, edges.size())
                .mapToObj(edge -> new Removal(edges.get(edge), differences.cost(edge)))
                .filter(removal -> Differences.isFree(removal.cost()))
                .sorted(Comparator.comparingDouble(removal -> removal.cost().value()))
                .limit(edges.size() - 1L)
                .map(Removal::place)
                .toList();
    }

    private static List<Integer> weakestFirst(RankedScores scores, Ranking ranking, BitSet places) {
        int[] ranked = scores.ranking(ranking);
        return IntStream.range(0, ranked.length)
                .map(rank -> ranked[ranked.length - 1 - rank])
                .filter(places::get)
                .boxed()
                .toList();
    }

    private Circuit without(Circuit circuit, List<Integer> removed, List<Integer> more) {
        return without(
                runs.scores(),
                circuit,
                Stream.concat(removed.stream(), more.stream()).toList());
    }

    private static Circuit without(RankedScores scores, Circuit circuit, List<Integer> removed) {
        BitSet left = circuit.places(scores);
        removed.forEach(left::clear);
        return new Circuit(circuit.ranking(), left.cardinality(), left.cardinality(), new Members.Listed(left));
    }

    /** At most so many numbers up to another, the last among them, at even distances. */
    private static List<Integer> parts(int all, int most) {
        int count = Math.min(all, most);
        return IntStream.rangeClosed(1, count)
                .map(part -> (part * all + count - 1) / count)
                .boxed()
                .toList();
    }

    /**
     * The answer differences of a circuit and of others on the same prompts.
     *
     * @param whole of the circuit that the others are parts of
     */
    private record Differences(Estimate whole, List<Estimate> others) {

        static Differences of(CircuitRuns runs, String name, Circuit circuit, List<Circuit> others) {
            List<Circuit> all = new ArrayList<>(List.of(circuit));
            all.addAll(others);
            List<Estimate> differences =
                    runs
                            .measure(
                                    name,
                                    all,
                                    Faithfulness.DIFFERENCE,
                                    runs.settings().checks().bootstrap())
                            .stream()
                            .map(Measurement::estimate)
                            .toList();
            return new Differences(differences.get(0), differences.subList(1, differences.size()));
        }

        /** How much another circuit loses. */
        Estimate cost(int other) {
            return whole.minus(others.get(other));
        }

        /** Whether a cost may be none: its interval reaches down to 0, or, without one, it is not above 0. */
        static boolean isFree(Estimate cost) {
            double low = cost.interval().low();
            return (Double.isNaN(low) ? cost.value() : low) <= 0;
        }

        /** The last of the others that costs nothing; -1 where none does. */
        int lastFree() {
            int last = others.size() - 1;
            while (last >= 0 && !isFree(cost(last))) {
                last--;
            }
            return last;
        }
    }
}
