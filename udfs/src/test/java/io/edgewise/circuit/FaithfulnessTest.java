package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.prompt.PromptPair;
import io.edgewise.uncertainty.Bootstrap;
import io.edgewise.uncertainty.Estimate;
import io.edgewise.uncertainty.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaithfulnessTest {
    private static final double KEPT = 0.8;

    private final Random random = new Random(3);

    /** Answer differences of made-up prompts, without edges, with a circuit's, and with all. */
    private record Differences(Estimate none, Estimate circuit, Estimate all) {
        Estimate faithfulness() {
            return new Faithfulness(none, all).of(circuit);
        }
    }

    /** Prompts differ much in how strong their behaviour is, and little in how much of it the circuit keeps. */
    private Differences differences(int prompts, double behaviour) {
        Bootstrap bootstrap = new Bootstrap(200, 0);
        int[][] weights = new int[prompts][];
        double[][] values = new double[3][prompts];
        for (int prompt = 0; prompt < prompts; prompt++) {
            List<Integer> tokens = List.of(random.nextInt(), random.nextInt());
            weights[prompt] = bootstrap.weights(PromptPair.of(tokens, tokens, List.of(1), List.of(2)));
            values[0][prompt] = random.nextGaussian();
            double own = behaviour + 2 * random.nextGaussian();
            values[1][prompt] = values[0][prompt] + KEPT * own + 0.3 * random.nextGaussian();
            values[2][prompt] = values[0][prompt] + own;
        }
        return new Differences(mean(values[0], weights), mean(values[1], weights), mean(values[2], weights));
    }

    private static Estimate mean(double[] values, int[][] weights) {
        double sum = 0;
        double[] sums = new double[weights[0].length];
        double[] counts = new double[weights[0].length];
        for (int prompt = 0; prompt < values.length; prompt++) {
            sum += values[prompt];
            for (int replicate = 0; replicate < sums.length; replicate++) {
                sums[replicate] += weights[prompt][replicate] * values[prompt];
                counts[replicate] += weights[prompt][replicate];
            }
        }
        List<Double> means = new ArrayList<>();
        for (int replicate = 0; replicate < sums.length; replicate++) {
            means.add(sums[replicate] / counts[replicate]);
        }
        return new Estimate(sum / values.length, means);
    }

    @Test
    void isNoneWithoutEdgesAndOneWithAllInEveryReplicate() {
        Differences made = differences(40, 3);
        Faithfulness faithfulness = new Faithfulness(made.none(), made.all());
        assertThat(faithfulness.isDefined()).isTrue();
        assertThat(faithfulness.of(made.none()).interval()).isEqualTo(new Interval(0, 0));
        assertThat(faithfulness.of(made.all()).interval()).isEqualTo(new Interval(1, 1));
    }

    /** Of 300 sets of prompts, about 285. */
    @Test
    void itsIntervalHoldsTheTruthAsOftenAsItSays() {
        int held = 0;
        for (int set = 0; set < 300; set++) {
            held += differences(100, 3).faithfulness().interval().holds(KEPT) ? 1 : 0;
        }
        assertThat(held).isBetween(273, 297);
    }

    /** A set of prompts with a strong behaviour has it in the numerator and in the denominator. */
    @Test
    void itsIntervalIsFarNarrowerThanTheParts() {
        Differences made = differences(100, 3);
        Interval kept = made.faithfulness().interval();
        Interval whole = made.all().minus(made.none()).interval();
        double relative =
                (whole.high() - whole.low()) / made.all().minus(made.none()).value();
        assertThat(kept.high() - kept.low()).isLessThan(relative / 2);
    }

    /** Of 200 sets of prompts that show nothing, about 190. */
    @Test
    void isNotDefinedWhereTheBehaviourMayBeChance() {
        int defined = 0;
        for (int set = 0; set < 200; set++) {
            Differences made = differences(100, 0);
            defined += new Faithfulness(made.none(), made.all()).isDefined() ? 1 : 0;
        }
        assertThat(defined).isBetween(2, 20);
        assertThat(new Faithfulness(Estimate.of(2), Estimate.of(2)).isDefined()).isFalse();
        assertThat(new Faithfulness(Estimate.of(2), Estimate.of(3)).isDefined()).isTrue();
    }
}
