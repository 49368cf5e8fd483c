package io.edgewise.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.uncertainty.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownAnswersTest {
    private static final int SHOWN = 3;

    private final Golden golden = Golden.tinyGpt2();
    private final PatchableModel model = golden.model();
    private final CircuitRunner runner = MadeUpCircuits.runner(golden);

    private List<ShownAnswer> answers(int shown) {
        CircuitSweep sweep =
                new CircuitSweep(runner, Golden.metrics().subList(0, 2), new Bootstrap(3, 0), List.of(), shown);
        BatchTotal total = new BatchTotal();
        golden.batches().forEach(batch -> total.add(sweep.measure(model, batch)));
        return sweep.answers(total.finish());
    }

    @Test
    void areThoseOfTheFirstPromptsWhateverOtherBatchesGive() {
        PromptBatch first = golden.batches().get(0);
        assertThat(golden.batches().size()).isGreaterThan(1);
        float[] whole;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            whole = model.logits(model.tokens(first, PromptSide.CLEAN)).toFloatArray();
        }
        List<float[]> circuits = runner.logits(model, BatchPieces.whole(first));
        List<ShownAnswer> answers = answers(SHOWN);
        assertThat(answers).hasSize(SHOWN * circuits.size());
        for (ShownAnswer answer : answers) {
            check(answer.before(), first, answer.place(), whole);
            check(
                    answer.after(),
                    first,
                    answer.place(),
                    circuits.get(runner.circuits().indexOf(answer.circuit())));
        }
        assertThat(answers).extracting(ShownAnswer::place).containsExactly(0, 0, 1, 1, 2, 2);
    }

    private void check(Answer answer, PromptBatch batch, int place, float[] logits) {
        int vocabulary = logits.length / batch.size();
        double[] own = IntStream.range(place * vocabulary, (place + 1) * vocabulary)
                .mapToDouble(i -> logits[i])
                .toArray();
        int best = 0;
        for (int token = 1; token < vocabulary; token++) {
            best = own[token] > own[best] ? token : best;
        }
        double highest = own[best];
        double all = Arrays.stream(own).map(logit -> Math.exp(logit - highest)).sum();
        assertThat(answer.token()).isEqualTo(best);
        assertThat(answer.probability()).isCloseTo(1 / all, within(1e-5));
        double right = mean(own, batch.pairs().get(place).answers());
        double wrong = mean(own, batch.pairs().get(place).wrongAnswers());
        assertThat(answer.difference()).isCloseTo(right - wrong, within(1e-4));
    }

    private static double mean(double[] logits, Answers answers) {
        return ((Answers.Tokens) answers)
                .byPosition().get(0).stream()
                        .mapToDouble(token -> logits[token])
                        .average()
                        .orElseThrow();
    }

    @Test
    void areNoMoreThanThereArePromptsInTheFirstBatch() {
        int there = golden.batches().get(0).size();
        assertThat(answers(100))
                .extracting(ShownAnswer::place)
                .contains(0, there - 1)
                .doesNotContain(there);
        assertThat(answers(0)).isEmpty();
    }
}
