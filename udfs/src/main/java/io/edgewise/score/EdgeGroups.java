package io.edgewise.score;

import java.io.Serializable;
import java.util.List;

/** For each group of prompts and each of some neighbouring edges, the sums of what the prompts add to the score. Prompts are added in their order. */
public final class EdgeGroups implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EdgeRange range;
    private final long[] prompts;
    private final double[][] sums;
    private final double[][] squares;

    /** @param groups how many there are */
    public EdgeGroups(EdgeRange range, int groups) {
        this.range = range;
        this.prompts = new long[groups];
        this.sums = new double[groups][range.size()];
        this.squares = new double[groups][range.size()];
    }

    /**
     * Adds the prompts of a batch.
     *
     * @param groups the place of each prompt's group; -1 where it is in no group
     * @param shares what each prompt adds to each score, {@code [edge][prompt]} in one array
     */
    public void add(List<Integer> groups, float[] shares) {
        if (shares.length != groups.size() * range.size()) {
            throw new IllegalArgumentException(
                    "A batch has " + shares.length / range.size() + " prompts, got groups of " + groups.size());
        }
        for (int prompt = 0; prompt < groups.size(); prompt++) {
            int group = groups.get(prompt);
            if (group < 0) {
                continue;
            }
            prompts[group]++;
            for (int edge = 0; edge < range.size(); edge++) {
                double share = shares[edge * groups.size() + prompt];
                sums[group][edge] += share;
                squares[group][edge] += share * share;
            }
        }
    }

    /**
     * Puts the scores of this range's edges into those of all.
     *
     * @param ofSum the factor from the sum of all prompts' shares to the score
     * @param all how many prompts there are in all
     */
    void putInto(GroupScores scores, double ofSum, long all) {
        for (int group = 0; group < prompts.length; group++) {
            scores.prompts()[group] = prompts[group];
            for (int edge = 0; edge < range.size(); edge++) {
                double mean = sums[group][edge] / prompts[group];
                double variance = (squares[group][edge] - sums[group][edge] * mean) / (prompts[group] - 1);
                scores.scores()[group][range.first() + edge] = ofSum * all * mean;
                scores.standardErrors()[group][range.first() + edge] =
                        ofSum * all * Math.sqrt(Math.max(0, variance) / prompts[group]);
            }
        }
    }
}
