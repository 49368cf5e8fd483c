package io.edgewise.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.results.EdgesAt90;
import io.edgewise.jobs.sweep.Headline.Kept;
import io.edgewise.uncertainty.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static Kept kept(int edges, double faithfulness) {
        return new Kept(edges, faithfulness, new Interval(faithfulness - 0.031, faithfulness + 0.02));
    }

    @Test
    void isTheSmallestCircuitThatKeepsNineTenths() {
        Headline headline = new Headline(List.of(kept(262, 1), kept(30, 0.93), kept(20, 0.904), kept(10, 0.89)), 262);
        assertThat(headline).hasToString("20 of 262 edges keep 90% of the behaviour (87 to 92)");
        assertThat(headline.chosenEdges()).isEqualTo(20);
        assertThat(headline.showsNoTask()).isFalse();
    }

    @Test
    void hasNoIntervalWhereNoneIsKnown() {
        assertThat(new Headline(List.of(new Kept(20, 0.91, Interval.UNKNOWN)), 262))
                .hasToString("20 of 262 edges keep 91% of the behaviour");
    }

    @Test
    void isTheBestWhereNoneKeepsAsMuchAndTheSmallerOfEquals() {
        Headline headline = new Headline(List.of(kept(5, 0.2), kept(10, 0.5), kept(9, 0.5)), 262);
        assertThat(headline)
                .hasToString(
                        "No measured circuit keeps 90% of the behaviour; the best, 9 of 262 edges, keeps 50% of the behaviour (47 to 52)");
        assertThat(headline.chosenEdges()).isEqualTo(9);
    }

    @Test
    void isThatThereIsNoTaskWhereFaithfulnessIsNotDefined() {
        Headline headline = new Headline(List.of(new Kept(5, Double.NaN, Interval.UNKNOWN)), 262);
        assertThat(headline.toString()).startsWith("The prompts show no task: with all edges ablated");
        assertThat(headline.showsNoTask()).isTrue();
        assertThat(headline.chosenEdges()).isEqualTo(20);
    }

    /** Bands go from 3.1 below to 2 above. */
    @Test
    void edgesAt90AreWhereTheCurveAndTheEndsOfItsBandReachIt() {
        assertThat(new Headline(List.of(kept(262, 1), kept(30, 0.92), kept(20, 0.904), kept(10, 0.89)), 262)
                        .edgesAt90())
                .isEqualTo(new EdgesAt90(20, 10, 262));
        assertThat(new Headline(List.of(kept(30, 0.89), kept(20, 0.5)), 262).edgesAt90())
                .isEqualTo(new EdgesAt90(null, 30, null));
        assertThat(new Headline(List.of(new Kept(20, 0.91, Interval.UNKNOWN)), 262).edgesAt90())
                .isEqualTo(new EdgesAt90(20, null, null));
        assertThat(new Headline(List.of(new Kept(5, Double.NaN, Interval.UNKNOWN)), 262).edgesAt90())
                .isEqualTo(new EdgesAt90(null, null, null));
    }

    @Test
    void saysThatNothingWasMeasured() {
        Headline headline = new Headline(List.of(), 10);
        assertThat(headline).hasToString("Faithfulness was not measured");
        assertThat(headline.showsNoTask()).isFalse();
        assertThat(headline.chosenEdges()).isEqualTo(10);
    }
}
