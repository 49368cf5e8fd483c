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

/**
 * The removal of edges that a circuit doesn't need. In each round, every edge is removed alone, and those whose removal costs nothing within
 * the error are then removed together, cheapest first: as many as cost nothing together. Costs are always against the circuit that the
 * removal began with, so that they don't add up over rounds. It ends where no edge can go. On prompts that had no part in this, the last
 * round whose circuit still costs nothing is the result.
 *
 * @param runs on prompts that measure nothing else
 */
record Minimisation(CircuitRuns runs) {
    private static final int GROUPS = 16;

    /** An edge, and what the circuit loses without it. */
    private record Removal(int place, Estimate cost) {}

    /** The circuit, and what was left of it after each round. */
    List<Circuit> minimise(Circuit circuit) {
        List<Circuit> rounds = new ArrayList<>(List.of(circuit));
        while (true) {
            Circuit last = rounds.get(rounds.size() - 1);
            Circuit next = reduced(circuit, last, rounds.size());
            if (next == last) {
                return rounds;
            }
            rounds.add(next);
        }
    }

    /**
     * Verifies what was left on other prompts.
     *
     * @param others runs on these
     * @param rounds the circuit, and what was left of it after each round
     * @param faithfulness of circuits on these prompts
     */
    static MinimisedCircuit verified(CircuitRuns others, List<Circuit> rounds, Faithfulness faithfulness) {
        List<Estimate> differences =
                others
                        .measure(
                                "minimised",
                                rounds,
                                Faithfulness.DIFFERENCE,
                                others.settings().checks().bootstrap())
                        .stream()
                        .map(Measurement::estimate)
                        .toList();
        int last = rounds.size() - 1;
        while (!isFree(differences.get(0).minus(differences.get(last)))) {
            last--;
        }
        return new MinimisedCircuit(
                rounds.get(0),
                rounds.get(last),
                faithfulness.of(differences.get(0)),
                faithfulness.of(differences.get(last)));
    }

    /** The circuit after one round; the same object where no edge can go. */
    private Circuit reduced(Circuit first, Circuit circuit, int round) {
        BitSet places = circuit.places(runs.scores());
        List<Removal> free = free(first, places, round);
        if (free.isEmpty()) {
            return circuit;
        }
        List<Integer> sizes = IntStream.rangeClosed(1, GROUPS)
                .map(group -> (group * free.size() + GROUPS - 1) / GROUPS)
                .distinct()
                .boxed()
                .toList();
        List<Circuit> reduced = sizes.stream()
                .map(size -> without(places, free.subList(0, size)))
                .toList();
        List<Estimate> costs = costs("minimise " + round + " together", first, reduced);
        for (int place = reduced.size() - 1; place >= 0; place--) {
            if (isFree(costs.get(place))) {
                return reduced.get(place);
            }
        }
        return circuit;
    }

    /** The edges that can go alone, the cheapest first and of these the weakest. */
    private List<Removal> free(Circuit first, BitSet places, int round) {
        List<Integer> edges = weakestFirst(runs.scores(), first.ranking(), places);
        if (edges.size() < 2) {
            return List.of();
        }
        List<Circuit> without = edges.stream()
                .map(edge -> without(places, List.of(new Removal(edge, Estimate.of(0)))))
                .toList();
        List<Estimate> costs = costs("minimise " + round, first, without);
        List<Removal> free = new ArrayList<>();
        for (int edge = 0; edge < edges.size(); edge++) {
            if (isFree(costs.get(edge))) {
                free.add(new Removal(edges.get(edge), costs.get(edge)));
            }
        }
        free.sort(Comparator.comparingDouble(removal -> removal.cost().value()));
        return free.subList(0, Math.min(free.size(), edges.size() - 1));
    }

    private static List<Integer> weakestFirst(RankedScores scores, Ranking ranking, BitSet places) {
        int[] ranked = scores.ranking(ranking);
        return IntStream.range(0, ranked.length)
                .map(rank -> ranked[ranked.length - 1 - rank])
                .filter(places::get)
                .boxed()
                .toList();
    }

    private static Circuit without(BitSet places, List<Removal> removals) {
        BitSet left = (BitSet) places.clone();
        removals.forEach(removal -> left.clear(removal.place()));
        return new Circuit(Ranking.ABSOLUTE, left.cardinality(), left.cardinality(), new Members.Listed(left));
    }

    /** Whether a cost may be none: its interval reaches down to 0, or, without one, it is not above 0. */
    private static boolean isFree(Estimate cost) {
        double low = cost.interval().low();
        return (Double.isNaN(low) ? cost.value() : low) <= 0;
    }

    /** How much of the answer difference circuits lose against the first one. */
    private List<Estimate> costs(String name, Circuit first, List<Circuit> circuits) {
        List<Circuit> all = new ArrayList<>(List.of(first));
        all.addAll(circuits);
        List<Measurement> measured =
                runs.measure(name, all, Faithfulness.DIFFERENCE, runs.settings().checks().bootstrap());
        Estimate whole = measured.get(0).estimate();
        return measured.subList(1, measured.size()).stream()
                .map(measurement -> whole.minus(measurement.estimate()))
                .toList();
    }
}
