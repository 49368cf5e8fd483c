package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.EapIgGolden;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchTotal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** EAP-IG's own scores. */
class EdgeAttributionGoldenTest {
    private record Method(String name, AnswerFunction answers, GradientPoints points) {}

    private static final List<Method> METHODS = List.of(
            new Method("EAP/patching", AnswerFunction.AVG_DIFF, new GradientPoints.Clean()),
            new Method("EAP-IG-inputs/5", AnswerFunction.AVG_DIFF, new GradientPoints.Inputs(5)),
            new Method("EAP-IG-activations/3", AnswerFunction.AVG_DIFF, new GradientPoints.Activations(3)),
            new Method("clean-corrupted", AnswerFunction.AVG_DIFF, new GradientPoints.CleanCorrupted()),
            new Method("EAP-IG-inputs/5/kl", AnswerFunction.KL_DIV, new GradientPoints.Inputs(5)));

    static Stream<Arguments> methods() {
        return EapIgGolden.MODELS.stream().map(EapIgGolden::of).flatMap(golden -> METHODS.stream()
                .map(method -> Arguments.of(golden, method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void scoresAreEapIgs(EapIgGolden golden, Method method) {
        double[] theirs = golden.scores(method.name());
        double[] ours = scores(
                golden,
                new EdgeAttribution(
                        GradFunction.LOGIT,
                        method.answers(),
                        method.points(),
                        new GradientRule.Gradient(),
                        AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                        EapIgGolden.BATCH_SIZE));
        compare(golden, ours, theirs);
    }

    static Stream<EapIgGolden> goldens() {
        return EapIgGolden.MODELS.stream().map(EapIgGolden::of);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void informationFlowRoutesAreEapIgs(EapIgGolden golden) {
        double[] theirs = golden.scores("information-flow-routes");
        int prompts = golden.golden().batches().size() * EapIgGolden.BATCH_SIZE;
        double[] means = Arrays.stream(theirs).map(sum -> sum / prompts).toArray();
        compare(golden, scores(golden, new InformationFlowRoutes()), means);
    }

    private static void compare(EapIgGolden golden, double[] ours, double[] theirs) {
        double largest = Arrays.stream(theirs).map(Math::abs).max().orElseThrow();
        assertThat(largest).isPositive();
        for (int edge = 0; edge < ours.length; edge++) {
            assertThat(ours[edge])
                    .as("%s", golden.golden().model().graph().edge(edge))
                    .isCloseTo(theirs[edge], within(2e-5 * largest));
        }
    }

    private static double[] scores(EapIgGolden golden, EdgeScorer scorer) {
        BatchTotal total = new BatchTotal();
        for (PromptBatch batch : golden.golden().batches()) {
            total.add(scorer.score(golden.golden().model(), batch));
        }
        return scorer.finish(golden.golden().model().graph(), total.finish(), total.prompts());
    }
}
