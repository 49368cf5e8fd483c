package io.edgewise.circuit;

import io.edgewise.score.Ranking;

/**
 * The two numbers by which the MIB benchmark's circuit track judges scores (arXiv 2504.13151). Both are areas under a curve: how much of
 * the behaviour a circuit keeps, over the share of edges that it may have.
 */
public enum BenchmarkArea {
    /** Integrated circuit performance ratio, higher is better: do the edges that help the answer come first? */
    CPR("cpr", Ranking.SIGNED) {
        @Override
        double height(double faithfulness) {
            return faithfulness;
        }
    },
    /** Integrated circuit-model distance, lower is better: do small circuits behave as the model does, no better and no worse? */
    CMD("cmd", Ranking.ABSOLUTE) {
        @Override
        double height(double faithfulness) {
            return Math.abs(1 - faithfulness);
        }
    };

    private final String metric;
    private final Ranking ranking;

    BenchmarkArea(String metric, Ranking ranking) {
        this.metric = metric;
        this.ranking = ranking;
    }

    /** The name in options and files. */
    public String metric() {
        return metric;
    }

    /** How its circuits are chosen. */
    public Ranking ranking() {
        return ranking;
    }

    /** The height of the curve at a circuit of this faithfulness. */
    abstract double height(double faithfulness);
}
