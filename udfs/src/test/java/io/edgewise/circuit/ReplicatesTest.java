package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A sweep's measurements in the replicates of the bootstrap, and of each prompt. */
class ReplicatesTest {
    private final Golden golden = Golden.tinyGpt2();
    private final PatchableModel model = golden.model();
    private final CircuitRunner runner = MadeUpCircuits.runner(golden);

    private List<Measurement> measured(Bootstrap bootstrap, List<PromptBatch> batches) {
        CircuitSweep sweep = new CircuitSweep(runner, Golden.metrics(), bootstrap, List.of(), 1);
        BatchTotal total = new BatchTotal();
        batches.forEach(batch -> total.add(sweep.measure(model, batch)));
        return sweep.finish(total.finish(), total.prompts());
    }

    /** A replicate is the set of prompts in which each stands as often as it was drawn, run as any other set is. */
    @Test
    void areWhatTheRepeatedPromptsThemselvesGive() {
        Bootstrap bootstrap = new Bootstrap(4, 1);
        List<Measurement> all = measured(bootstrap, golden.batches());
        for (int replicate = 0; replicate < bootstrap.replicates(); replicate++) {
            List<PromptPair> repeated = new ArrayList<>();
            for (PromptBatch batch : golden.batches()) {
                for (PromptPair pair : batch.pairs()) {
                    repeated.addAll(Collections.nCopies(bootstrap.weights(pair)[replicate], pair));
                }
            }
            assertThat(repeated).isNotEmpty();
            List<Measurement> plain = measured(Bootstrap.NONE, List.of(PromptBatch.of(0, repeated)));
            for (int place = 0; place < all.size(); place++) {
                double expected = plain.get(place).value();
                assertThat(all.get(place).estimate().replicates().get(replicate))
                        .as("%s in replicate %d", all.get(place).metric(), replicate)
                        .isCloseTo(expected, rounding(all.get(place).metric(), expected));
            }
        }
    }

    /** Percentages are rounded in parts of 100, and a mean of ratios is as uncertain as its widest ratio, here some tens of it. */
    private static Offset<Double> rounding(String metric, double expected) {
        double unit = metric.endsWith("mean_of_ratios") ? 1000 : metric.contains("percent") ? 100 : 1;
        return within(2e-4 * Math.max(unit, Math.abs(expected)));
    }

    /** Each prompt by itself: what a sweep of that prompt alone measures. */
    @Test
    void everyPromptsOwnMeasurementsAreThoseOfASweepOfItAlone() {
        PromptBatch batch = golden.batches().get(0);
        PromptSweep sweep = new PromptSweep(runner, Golden.metrics(), false);
        List<PromptMeasurement> each =
                sweep.read(sweep.measure(model, BatchPieces.of(batch, 2))).toList();
        assertThat(each).hasSize(2 * Golden.metrics().size() * batch.size());
        for (int prompt = 0; prompt < batch.size(); prompt++) {
            int place = prompt;
            List<PromptMeasurement> own =
                    each.stream().filter(one -> one.place() == place).toList();
            List<Measurement> alone = measured(Bootstrap.NONE, List.of(batch.part(prompt, prompt + 1)));
            for (int i = 0; i < own.size(); i++) {
                double expected = alone.get(i).value();
                assertThat(own.get(i).metric()).isEqualTo(alone.get(i).metric());
                assertThat(own.get(i).circuit()).isEqualTo(alone.get(i).circuit());
                assertThat(own.get(i).value())
                        .isCloseTo(expected, rounding(own.get(i).metric(), expected));
            }
        }
    }

    @Test
    void theValuesHaveTheSameBitsWithAndWithoutThem() {
        List<Double> without = measured(Bootstrap.NONE, golden.batches()).stream()
                .map(Measurement::value)
                .toList();
        List<Double> with = measured(new Bootstrap(7, 0), golden.batches()).stream()
                .map(Measurement::value)
                .toList();
        assertThat(with).isEqualTo(without);
    }
}
