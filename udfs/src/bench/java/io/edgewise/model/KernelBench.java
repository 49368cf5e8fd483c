package io.edgewise.model;

import io.edgewise.model.layer.Attention;
import io.edgewise.model.torch.Autograd;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.stream.EdgeLayout;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.config.TransformerConfig;
import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The products that scores and circuits are made of, one layer each, of the shape of GPT-2 small. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class KernelBench {
    private static final int WIDTH = 768;
    private static final int HEADS = 12;

    /** Prompts of 16 tokens. */
    @Param({"8", "24"})
    private int prompts;

    /** Sources before the layer. */
    @Param({"14", "79", "157"})
    private int sources;

    private Transformer model;
    private NDManager manager;
    private Attention attention;
    private NDArray input;
    private NDArray projected;
    private NDArray rows;
    private NDArray changes;
    private NDArray selection;

    @Setup
    public void make() {
        model = Transformer.random(
                TransformerConfig.named("gpt2-small"),
                Device.cpu(),
                Runtime.getRuntime().availableProcessors());
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        attention = ((Decoder) model.network()).blocks().get(0).attention();
        try (Autograd off = Autograd.off()) {
            input = manager.randomNormal(new Shape(prompts, 16, WIDTH));
            projected = attention.project(input, HEADS);
            rows = manager.randomNormal(new Shape(3 * HEADS, prompts, 16, WIDTH));
            changes = manager.randomNormal(new Shape(sources, prompts, 16, WIDTH));
            selection = manager.randomUniform(0, 1, new Shape(3 * HEADS, sources))
                    .round();
        }
    }

    /** The gradients at all heads' inputs from those at their projections. */
    @Benchmark
    public void pullBack() {
        off(() -> attention.pullBack(input, projected, projected).write(0, prompts, rows));
    }

    /** The products of all heads' gradients with all sources' changes. */
    @Benchmark
    public void edgeProducts() {
        off(() -> EdgeLayout.SHARED.product(rows, changes));
    }

    /** What all heads read where a circuit chooses their edges. */
    @Benchmark
    public void circuitInputs() {
        off(() -> InPlace.addedProduct(
                input.reshape(1, -1),
                selection,
                changes.reshape(sources, -1),
                rows.reshape(3 * HEADS, -1)));
    }

    /** What each head writes. */
    @Benchmark
    public void writeHeads() {
        NDArray mixed = projected.get(":, :, 0:" + WIDTH)
                .reshape(prompts, 16, HEADS, WIDTH / HEADS)
                .transpose(2, 0, 1, 3);
        off(() -> attention.writeSome(mixed, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
        mixed.close();
    }

    private static void off(Runnable work) {
        try (NDScope scope = new NDScope();
                Autograd off = Autograd.off()) {
            scope.suppressNotUsedWarning();
            work.run();
        }
    }

    @TearDown
    public void free() {
        manager.close();
        model.close();
    }
}
