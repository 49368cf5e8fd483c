package io.edgewise.score;

import io.edgewise.uncertainty.FalseDiscovery;
import io.edgewise.uncertainty.Welch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of each group of prompts, in the unit of all prompts' scores: scaled to the number of all prompts, as if all were like the group's.
 *
 * @param names the groups' names
 * @param prompts how many prompts each group has
 * @param scores {@code [group][edge]}, in canonical order
 * @param standardErrors the scores' standard errors, {@code [group][edge]}; not a number in a group of one prompt
 */
@SuppressWarnings("ArrayRecordComponent")
public record GroupScores(List<String> names, long[] prompts, double[][] scores, double[][] standardErrors)
        implements Serializable {
    public GroupScores {
        names = List.copyOf(names);
    }

    /**
     * The scores, put together from ranges of edges.
     *
     * @param ofSum the factor from the sum of all prompts' shares to the score
     * @param all how many prompts there are in all
     */
    public static GroupScores of(List<String> names, int edges, List<EdgeGroups> ofRanges, double ofSum, long all) {
        GroupScores scores = new GroupScores(
                names, new long[names.size()], new double[names.size()][edges], new double[names.size()][edges]);
        ofRanges.forEach(some -> some.putInto(scores, ofSum, all));
        return scores;
    }

    /**
     * An edge whose scores differ between two groups.
     *
     * @param group the place of one group
     * @param other the place of another group, after it
     * @param edge the edge's place in canonical order
     * @param difference the first group's score less the other's
     * @param standardError the difference's standard error
     * @param pValue the probability of so large a difference if the groups' means are equal, by Welch's t-test
     * @param qValue the false discovery rate among the edges that differ at least as clearly between these two groups
     */
    public record Difference(
            int group, int other, int edge, double difference, double standardError, double pValue, double qValue)
            implements Serializable {}

    /**
     * For every two groups, the edges that differ between them beyond their errors, the clearest first.
     *
     * @param rate the false discovery rate up to which edges are reported
     */
    public List<Difference> differences(double rate) {
        List<Difference> differences = new ArrayList<>();
        for (int group = 0; group < names.size(); group++) {
            for (int other = group + 1; other < names.size(); other++) {
                differences.addAll(differences(group, other, rate));
            }
        }
        return differences;
    }

    private List<Difference> differences(int group, int other, double rate) {
        int edges = scores[group].length;
        double[] pValues = IntStream.range(0, edges)
                .mapToDouble(edge -> welch(group, other, edge).pValue())
                .toArray();
        double[] qValues = FalseDiscovery.benjaminiHochberg(pValues);
        return IntStream.range(0, edges)
                .filter(edge -> qValues[edge] <= rate)
                .mapToObj(edge -> new Difference(
                        group,
                        other,
                        edge,
                        scores[group][edge] - scores[other][edge],
                        welch(group, other, edge).standardError(),
                        pValues[edge],
                        qValues[edge]))
                .sorted(Comparator.comparingDouble(Difference::pValue).thenComparingInt(Difference::edge))
                .toList();
    }

    private Welch welch(int group, int other, int edge) {
        return new Welch(
                scores[group][edge] - scores[other][edge],
                standardErrors[group][edge],
                prompts[group],
                standardErrors[other][edge],
                prompts[other]);
    }
}
