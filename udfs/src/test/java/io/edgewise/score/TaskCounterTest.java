package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.metric.CorrectAnswerPercent;
import io.edgewise.metric.FullModel;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.RightAnswers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scoring counts how often the whole model is right, whatever it scores by. */
class TaskCounterTest {
    static Stream<Golden> goldens() {
        return Stream.of("tiny-gpt2/qkv", "tiny-gpt2/multi", "tiny-gpt2/padded", "tiny-gpt2/noslice", "tiny-llama/qkv")
                .map(Golden::of);
    }

    private static MaskGradient scorer(Golden golden, MaskValue maskValue, String ablation) {
        return scorer(golden, maskValue, ablation, AnswerFunction.AVG_DIFF);
    }

    private static MaskGradient scorer(Golden golden, MaskValue maskValue, String ablation, AnswerFunction function) {
        PromptSide side = ablation.equals("ZERO") ? null : PromptSide.CORRUPT;
        return new MaskGradient(GradFunction.LOGIT, function, maskValue, golden.ablation(ablation, side), 4);
    }

    private static RightAnswers expected(Golden golden, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            CorrectAnswerPercent metric = new CorrectAnswerPercent(CorrectAnswerPercent.Among.GIVEN_ANSWERS);
            FullModel full = FullModel.on(golden.model(), batch);
            return new RightAnswers(
                    Arrays.stream(metric.measure(full.clean(), full)[0]).sum(),
                    Arrays.stream(metric.measure(full.corrupt(), full)[0]).sum(),
                    batch.size());
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsCountedIsWhatTheMetricSays(Golden golden) {
        List<MaskGradient> scorers = List.of(
                scorer(golden, new MaskValue.Constant(0), "RESAMPLE"),
                scorer(golden, new MaskValue.Constant(0.3), "RESAMPLE"),
                scorer(golden, new MaskValue.Constant(0), "ZERO"),
                scorer(golden, new MaskValue.IntegratedGradients(3), "RESAMPLE"));
        for (PromptBatch batch : golden.batches()) {
            RightAnswers expected = expected(golden, batch);
            for (MaskGradient scorer : scorers) {
                assertThat(scorer.score(golden.model(), batch).notes().right())
                        .as("%s", scorer)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void promptsWithoutWrongAnswersDoNotCount() {
        Golden golden = Golden.tinyGpt2();
        PromptBatch batch = golden.batches().get(0);
        List<PromptPair> some = new ArrayList<>(batch.pairs());
        PromptPair first = some.set(0, withoutOthers(batch.pairs().get(0)));
        RightAnswers all = count(golden, batch);
        RightAnswers ofFirst = count(golden, batch.of(List.of(first)));
        RightAnswers ofOthers = count(golden, batch.of(some));
        assertThat(ofOthers.prompts()).isEqualTo(batch.size() - 1);
        assertThat(ofOthers.clean()).isEqualTo(all.clean() - ofFirst.clean());
        assertThat(ofOthers.corrupt()).isNaN();
        assertThat(count(golden, batch.of(List.of(withoutOthers(first))))).isEqualTo(RightAnswers.NONE);
    }

    private static PromptPair withoutOthers(PromptPair pair) {
        return new PromptPair(pair.clean(), List.of(), pair.answers(), new Answers.Unused());
    }

    private static RightAnswers count(Golden golden, PromptBatch batch) {
        return scorer(golden, new MaskValue.Constant(0), "ZERO", AnswerFunction.AVG_VAL)
                .score(golden.model(), batch)
                .notes()
                .right();
    }

    @Test
    void piecesAddUp() {
        Golden golden = Golden.tinyGpt2();
        PromptBatch batch = golden.batches().get(0);
        RightAnswers inPieces = scorer(golden, new MaskValue.Constant(0), "RESAMPLE")
                .score(golden.model(), BatchPieces.of(batch, 1))
                .notes()
                .right();
        assertThat(inPieces).isEqualTo(expected(golden, batch));
    }

    @Test
    void numbersToFitAreNoTask() {
        Golden golden = Golden.tinyGpt2();
        MaskGradient scorer = new MaskGradient(
                GradFunction.LOGIT,
                AnswerFunction.MSE,
                new MaskValue.Constant(0),
                golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                4);
        PromptBatch batch = golden.batchesWithTargets().get(0);
        assertThat(scorer.score(golden.model(), batch).notes().right()).isEqualTo(RightAnswers.NONE);
    }
}
