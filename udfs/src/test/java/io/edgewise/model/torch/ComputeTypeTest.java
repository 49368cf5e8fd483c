package io.edgewise.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.GraphSpec;
import io.edgewise.model.MaskGradients;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.RandomModels;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ComputeTypeTest {
    private static final int ROWS = 5;
    private static final int IN = 24;
    private static final int OUT = 7;

    /** Products of 16 bits are added in float32, in an order that is the processor's. */
    private static final double FLOAT32_ROUNDING = 0x1p-24;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
    void aProductAndItsGradientAreThoseOfTheRoundedFactors(ComputeType type) {
        TorchRuntime.start(1);
        float[] x = numbers(1, ROWS * IN);
        float[] w = numbers(2, IN * OUT);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                Autograd recording = Autograd.recording()) {
            NDArray weight = type.matrix(manager.create(w, new Shape(IN, OUT)).duplicate());
            NDArray tap = manager.zeros(new Shape(ROWS, IN));
            tap.setRequiresGradient(true);
            NDArray input = manager.create(x, new Shape(ROWS, IN)).duplicate().add(tap);
            NDArray product = ComputeType.product(input, weight);
            Autograd.backward(product.sum());
            float[] found = product.toFloatArray();
            float[] gradient = tap.getGradient().toFloatArray();
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < OUT; column++) {
                    double exact = 0;
                    double magnitudes = 0;
                    for (int i = 0; i < IN; i++) {
                        double term = (double) rounded(type, x[row * IN + i]) * rounded(type, w[i * OUT + column]);
                        exact += term;
                        magnitudes += Math.abs(term);
                    }
                    assertThat((double) found[row * OUT + column])
                            .isCloseTo(exact, within(step(type, exact) + IN * FLOAT32_ROUNDING * magnitudes));
                }
                for (int i = 0; i < IN; i++) {
                    double exact = 0;
                    double magnitudes = 0;
                    for (int column = 0; column < OUT; column++) {
                        exact += rounded(type, w[i * OUT + column]);
                        magnitudes += Math.abs(rounded(type, w[i * OUT + column]));
                    }
                    assertThat((double) gradient[row * IN + i])
                            .isCloseTo(exact, within(step(type, exact) + OUT * FLOAT32_ROUNDING * magnitudes));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama,BFLOAT16",
        "qwen3,BFLOAT16",
        "gemma2,BFLOAT16",
        "granite,BFLOAT16",
        "phi3,BFLOAT16",
        "neox-parallel,BFLOAT16",
        "gptj,BFLOAT16",
        "llama,FLOAT16",
        "qwen2_moe,BFLOAT16",
        "neox-sequential,FLOAT16"
    })
    void scoresPointWhereThoseOfFloat32Do(String name, ComputeType type) {
        PromptBatch batch =
                RandomModels.all().findFirst().orElseThrow().batches().get(0);
        double[] exact = gradients(RandomModels.load(name), batch);
        try (Transformer rounded =
                Transformer.load(Checkpoint.open(RandomModels.ROOT.resolve(name)), Device.cpu(), 1, type)) {
            double[] found = gradients(rounded, batch);
            assertThat(cosine(found, exact)).isBetween(type == ComputeType.FLOAT16 ? 0.99999 : 0.999, 1.0);
            assertThat(found).isNotEqualTo(exact);
        }
    }

    @Test
    void arraysOfSixteenBitsAreFreedToo() {
        PromptBatch batch =
                RandomModels.all().findFirst().orElseThrow().batches().get(0);
        try (Transformer transformer = Transformer.load(
                Checkpoint.open(RandomModels.ROOT.resolve("llama")), Device.cpu(), 1, ComputeType.BFLOAT16)) {
            // Of three projections and their transposes, float32 has made three arrays, and one for the norm.
            assertThat(transformer.arrayCount() - 2 * transformer.config().blocks())
                    .isEqualTo(RandomModels.load("llama").arrayCount());
            int before = transformer.arrayCount();
            for (int run = 0; run < 10; run++) {
                gradients(transformer, batch);
                assertThat(transformer.arrayCount()).isEqualTo(before);
            }
        }
    }

    private static double[] gradients(Transformer transformer, PromptBatch batch) {
        PatchableModel model = PatchableModel.of(transformer, GraphSpec.DEFAULT, OutputSlice.LAST_SEQ);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
            return new MaskGradients(model)
                    .of(model.tokens(batch, PromptSide.CLEAN), patch, 0.5, logits -> logits.mul(logits)
                            .mean());
        }
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }

    private static float[] numbers(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    /** The distance of neighbouring numbers of the type. */
    private static double step(ComputeType type, double value) {
        return Math.ulp((float) value) * (1 << droppedBits(type));
    }

    private static int droppedBits(ComputeType type) {
        return type == ComputeType.BFLOAT16 ? 16 : 13;
    }

    /** To the nearest, ties to even. */
    private static float rounded(ComputeType type, float value) {
        int dropped = droppedBits(type);
        int bits = Float.floatToIntBits(value);
        int half = (1 << (dropped - 1)) - 1 + (bits >>> dropped & 1);
        return Float.intBitsToFloat(bits + half & -(1 << dropped));
    }
}
