package io.edgewise.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.Golden;
import io.edgewise.check.Findings.Accuracy;
import io.edgewise.check.Findings.GradientFinding;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.FiniteDifferences;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelfCheckTest {
    private static final Accuracy DOES = new Accuracy(0.9, 32);
    private static final Findings GOOD = new Findings(4, DOES, 1e-7, 1e-6, 0.5, new GradientFinding(4, 1e-3));
    private static final ScoreCensus SOME = new ScoreCensus(100, 0, 10);

    static Stream<Golden> goldens() {
        return Golden.VARIANTS.stream().map(Golden::of);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyModelAndGraphPasses(Golden golden) {
        Findings findings = new SelfCheck(differences(golden, GradFunction.LOGIT))
                .on(golden.model(), BatchPieces.whole(golden.batches().get(0)));
        assertThat(findings.allEdgesDifference()).isLessThan(1e-5);
        assertThat(findings.noEdgesDifference()).isLessThan(1e-4);
        assertThat(findings.gradient()).isNotNull();
        assertThat(findings.gradient().deviation()).isLessThan(0.01);
        assertThat(findings.accuracy().share()).isBetween(0.0, 1.0);
        assertThat(findings.ablationDifference()).isBetween(0.01, 10.0);
    }

    @Test
    void aGradientThatIsNotTheLossesIsSeen() {
        Golden golden = Golden.tinyGpt2();
        FiniteDifferences heldStill = differences(golden, GradFunction.LOGIT_EXP);
        assertThat(heldStill.deviation(golden.model(), golden.batches().get(0))).isGreaterThan(0.05);
        assertThat(heldStill.serve()).isFalse();
        Findings findings = new SelfCheck(heldStill)
                .on(golden.model(), BatchPieces.whole(golden.batches().get(0)));
        assertThat(findings.gradient()).isNull();
    }

    @Test
    void aBatchThatRunsInPiecesIsCheckedInPieces() {
        Golden golden = Golden.tinyGpt2();
        SelfCheck check = new SelfCheck(differences(golden, GradFunction.LOGIT));
        PromptBatch batch = golden.batches().get(0);
        Findings pieces = check.on(golden.model(), BatchPieces.of(batch, 1));
        assertThat(pieces.prompts()).isEqualTo(1);
        assertThat(pieces.accuracy())
                .isEqualTo(check.on(golden.model(), BatchPieces.whole(batch)).accuracy());
    }

    @Test
    void withoutCorruptPromptsTheCircuitWithoutEdgesIsNotCompared() {
        Golden golden = Golden.tinyGpt2();
        PromptBatch batch = golden.batches().get(0);
        PromptBatch clean = batch.of(batch.pairs().stream()
                .map(pair -> new PromptPair(pair.clean(), List.of(), pair.answers(), new Answers.Unused()))
                .toList());
        Findings findings = new SelfCheck(null).on(golden.model(), BatchPieces.whole(clean));
        assertThat(findings.allEdgesDifference()).isLessThan(1e-3);
        assertThat(findings.noEdgesDifference()).isNull();
        assertThat(findings.accuracy()).isNull();
    }

    @Test
    void nothingOutOfTheOrdinaryPasses() {
        assertThat(Verdict.of(GOOD, SOME, false).passed()).isTrue();
        assertThat(Verdict.of(new Findings(4, null, 0, null, null, null), null, false)
                        .passed())
                .isTrue();
    }

    @Test
    void everythingThatIsWrongIsSaid() {
        Findings bad = new Findings(4, new Accuracy(0.1, 40), Double.NaN, 0.2, 3e-7, new GradientFinding(4, 0.3));
        assertThat(Verdict.of(bad, new ScoreCensus(100, 3, 0), false).doubts())
                .satisfiesExactly(
                        doubt -> assertThat(doubt).startsWith("the circuit of all edges is off the clean run by NaN"),
                        doubt -> assertThat(doubt)
                                .startsWith("the circuit without edges is off the corrupt run by 0.200"),
                        doubt -> assertThat(doubt)
                                .startsWith("ablations differ from what the clean run writes by 3.00e-07"),
                        doubt -> assertThat(doubt).isEqualTo("3 of 100 scores are NaN or infinite"),
                        doubt -> assertThat(doubt).startsWith("gradients are off finite differences by 0.300"),
                        doubt -> assertThat(doubt).startsWith("on 10.0% of the 40 clean prompts"));
        assertThat(Verdict.of(GOOD, new ScoreCensus(100, 0, 100), false).doubts())
                .singleElement()
                .asString()
                .startsWith("all scores are zero");
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0", "0, 4, 1", "0.4, 20, 0", "0.4, 200, 1", "0.5, 1000, 0"})
    void fewPromptsRaiseNoDoubtAboutTheTask(double share, int prompts, int doubts) {
        Findings findings = new Findings(3, new Accuracy(share, prompts), 1e-7, 1e-6, null, null);
        assertThat(Verdict.of(findings, null, false).doubts()).hasSize(doubts);
    }

    @Test
    void scoresThatAreNoGradientsMayBeInfinite() {
        Findings ofAcdc = new Findings(4, DOES, 1e-7, 1e-6, null, null);
        assertThat(Verdict.of(ofAcdc, new ScoreCensus(100, 40, 0), false).passed())
                .isTrue();
    }

    @Test
    void productsOf16BitsMayBeFurtherOff() {
        Findings rounded = new Findings(4, DOES, 0.02, 0.03, 0.5, new GradientFinding(4, 0.2));
        assertThat(Verdict.of(rounded, SOME, true).passed()).isTrue();
        assertThat(Verdict.of(rounded, SOME, false).doubts()).hasSize(3);
    }

    private static FiniteDifferences differences(Golden golden, GradFunction function) {
        return new FiniteDifferences(
                new MaskGradient(
                        function,
                        AnswerFunction.AVG_DIFF,
                        new MaskValue.IntegratedGradients(2),
                        golden.ablation("RESAMPLE", PromptSide.CORRUPT),
                        4),
                4,
                0);
    }
}
