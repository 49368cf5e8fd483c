package io.edgewise.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.ablation.Ablation;
import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.DemoPrompts;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.ParsedPrompt;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptParser;
import io.edgewise.prompt.PromptRules;
import io.edgewise.prompt.PromptSide;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.Tokenizer;
import io.edgewise.score.AnswerFunction;
import io.edgewise.score.EdgeErrors;
import io.edgewise.score.EdgeRange;
import io.edgewise.score.EdgeSample;
import io.edgewise.score.GradFunction;
import io.edgewise.score.MaskGradient;
import io.edgewise.score.MaskValue;
import io.edgewise.uncertainty.Bootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the 95% interval of a score holds the score of the prompts that a sample was drawn from. */
@Tag("slow")
class CoverageTest {
    private static final int PROMPTS = 512;
    private static final int BATCH = 32;
    private static final int SAMPLES = 200;
    private static final int STRONGEST = 50;
    private static final int REPLICATES = 200;

    /** What each prompt adds to each score. */
    private static final List<float[]> SHARES = new ArrayList<>();

    private static int[] strongest;
    private static double[] means;

    @BeforeAll
    static void score() throws Exception {
        Path directory = Path.of(CommandRun.MODEL);
        try (Transformer weights = Transformer.load(Checkpoint.open(directory), Device.cpu(), 1, ComputeType.FLOAT32);
                Tokenizer tokenizer = Tokenizer.read(directory).orElseThrow()) {
            PatchableModel model = PatchableModel.of(weights, GraphSpec.DEFAULT, OutputSlice.LAST_SEQ);
            MaskGradient scorer = new MaskGradient(
                    GradFunction.LOGIT,
                    AnswerFunction.AVG_DIFF,
                    new MaskValue.Constant(0),
                    AblationActivations.of(Ablation.of(AblationType.RESAMPLE, PromptSide.CORRUPT)),
                    BATCH);
            List<PromptPair> prompts = prompts(tokenizer, model.config().vocabulary());
            for (int first = 0; first < PROMPTS; first += BATCH) {
                PromptBatch batch = PromptBatch.of(0, prompts.subList(first, first + BATCH));
                scorer.score(model, BatchPieces.whole(batch), (prompt, shares) -> SHARES.add(floats(shares)));
            }
        }
        int edges = SHARES.get(0).length;
        means = new double[edges];
        SHARES.forEach(share -> IntStream.range(0, edges).forEach(edge -> means[edge] += share[edge] / PROMPTS));
        strongest = IntStream.range(0, edges)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer edge) -> -Math.abs(means[edge])))
                .limit(STRONGEST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static List<PromptPair> prompts(Tokenizer tokenizer, int vocabulary) throws Exception {
        PromptParser parser = new PromptParser(
                tokenizer,
                BosRule.AUTO,
                new PromptRules(
                        vocabulary,
                        vocabulary,
                        64,
                        PromptNeeds.bothAnswers("--answer-function avg_diff"),
                        length -> 1));
        List<PromptPair> prompts = new ArrayList<>();
        for (ObjectNode prompt : DemoPrompts.first("ioi", PROMPTS)) {
            prompts.add(((ParsedPrompt.Usable) parser.parse(PromptText.of(prompt.toString()))).pair());
        }
        return prompts;
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        IntStream.range(0, floats.length).forEach(place -> floats[place] = (float) numbers[place]);
        return floats;
    }

    /** The share of samples and edges whose interval holds the score of all prompts. */
    private static double coverage(int size, BiFunction<Random, Integer, List<Integer>> draw) {
        int held = 0;
        for (int number = 0; number < SAMPLES; number++) {
            EdgeSample sample = new EdgeSample(new EdgeRange(0, STRONGEST), new Bootstrap(REPLICATES, number));
            int place = 0;
            for (int prompt : draw.apply(new Random(number), size)) {
                float[] shares = new float[STRONGEST];
                IntStream.range(0, STRONGEST).forEach(edge -> shares[edge] = SHARES.get(prompt)[strongest[edge]]);
                sample.add(new long[] {new Random(place++).nextLong()}, shares);
            }
            EdgeErrors errors = sample.errors(1);
            for (int edge = 0; edge < STRONGEST; edge++) {
                double all = size * means[strongest[edge]];
                held += errors.low()[edge] <= all && all <= errors.high()[edge] ? 1 : 0;
            }
        }
        double coverage = (double) held / (SAMPLES * STRONGEST);
        System.out.printf("intervals of %d prompts that hold the score of all: %.1f%%%n", size, 100 * coverage);
        return coverage;
    }

    /** As a new set of prompts would be drawn from all prompts of the kind: with the same prompt as often as it comes. */
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void intervalsOfNewPromptsHoldTheScoreOfAll(int size) {
        double coverage = coverage(
                size, (random, count) -> random.ints(count, 0, PROMPTS).boxed().toList());
        assertThat(coverage).isBetween(0.90, 0.98);
    }

    /** Half of all prompts know half of what there is to know: their score is nearer to that of all than the interval says. */
    @Test
    void intervalsOfHalvesHoldItMoreOften() {
        List<Integer> all = new ArrayList<>(IntStream.range(0, PROMPTS).boxed().toList());
        double coverage = coverage(PROMPTS / 2, (random, count) -> {
            Collections.shuffle(all, random);
            return List.copyOf(all.subList(0, count));
        });
        assertThat(coverage).isBetween(0.98, 1.0);
    }
}
