package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.SourceNode;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.LastPosition;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.torch.KeptArrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with every edge at the same mask value m, recorded for differentiation, that gives the gradient of every edge's mask.
 * Several values can share a pass, in which the batch runs once for each; their gradients are summed.
 *
 * <p>With one mask value every destination of a layer reads the same: {@code residual + m * sum(patch - current)} over the earlier sources.
 * So no destination needs an input of its own. The current outputs add up to the residual, except for constants, so the gradient through
 * this input is {@code 1 - m} times that of the residual. The gradient of the mask of edge s to d is
 * {@code <dL/d(input of d), patch_s - current_s>}: one matrix product per layer.
 *
 * <p>{@link GradientTaps} collect the gradients.
 *
 * <p>Where all masks are 1, the only tap is at the end, and there is no graph of gradients before it ({@link MaskOne}).
 */
public final class UniformStream implements ResidualStream, AutoCloseable {
    private final ModelGraph graph;
    private final PatchActivations patch;
    private final List<Double> masks;
    private final MaskOne one;
    private final boolean ofEachPrompt;
    private final KeptArrays kept = new KeptArrays();
    private final GradientTaps taps;
    private @Nullable SourceOutputs differences;
    private @Nullable EdgeProducts products;
    private @Nullable NDArray differenceSum;
    private @Nullable NDArray maskOfPrompt;
    private @Nullable PatchedEnd patchedEnd;

    /**
     * @param patch ablation activations
     * @param masks the mask values; the prompts that run are the batch repeated, once for each of them
     * @param one how mask value 1 is computed; where it follows, the end is read once more, last
     * @param ofEachPrompt whether the gradients of each prompt will be asked for
     */
    public UniformStream(
            ModelGraph graph, PatchActivations patch, List<Double> masks, MaskOne one, boolean ofEachPrompt) {
        this.graph = graph;
        this.patch = patch;
        this.masks = List.copyOf(masks);
        this.one = one;
        this.ofEachPrompt = ofEachPrompt;
        this.taps = new GradientTaps(graph, kept);
    }

    @Override
    public boolean endsAtOutput() {
        return true;
    }

    @Override
    public NDArray start(NDArray embedding) {
        EdgeLayout.check(graph, embedding);
        differences = SourceOutputs.like(graph, embedding);
        products = new EdgeProducts(differences, 1, ofEachPrompt, kept);
        float[] each = new float[(int) embedding.getShape().get(0)];
        for (int prompt = 0; prompt < each.length; prompt++) {
            each[prompt] = masks.get(prompt * masks.size() / each.length).floatValue();
        }
        maskOfPrompt = kept.keep(embedding
                .getManager()
                .create(each, new Shape(each.length, 1, 1))
                .duplicate());
        startFrom(SourceNode.Kind.START, 0, embedding);
        return embedding;
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        List<DestinationModule> modules = taps.heads(block);
        if (modules.isEmpty() || one == MaskOne.ENDS) {
            return heads.mix(Heads.Input.shared(modules.isEmpty() ? residual : patched(residual)));
        }
        UnaryOperator<NDArray> passed = sum -> isPlain() ? sum : sum.sub(sum.mul(maskOfPrompt));
        return heads.mix(
                taps.atHeads(modules, heads, residual, this::patched, passed).array());
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        addDifference(LastPosition.write(
                mixed,
                Objects.requireNonNull(differences).of(SourceNode.Kind.HEAD, block),
                into -> patch.lessHeads(block, masks.size(), heads, mixed.stopGradient(), into)));
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        return stage(Kind.RESIDUAL_MID, SourceNode.Kind.RESIDUAL_MID, block, residual);
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        return read(Kind.MLP, block, residual);
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        addDifference(
                difference(SourceNode.Kind.MLP, block, output.stopGradient().expandDims(0)));
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        return taps.cut(stage(Kind.RESIDUAL_POST, SourceNode.Kind.RESIDUAL_POST, block, residual));
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        NDArray read = read(Kind.RESIDUAL_END, block, residual);
        if (one != MaskOne.FOLLOWS) {
            return read;
        }
        patchedEnd = PatchedEnd.of(residual, Objects.requireNonNull(differenceSum), masks.size(), kept);
        return patchedEnd.after(read);
    }

    /**
     * The gradient of every edge's mask: the backward pass.
     *
     * @param loss a single number, computed from the results of the forward pass
     * @return one number per edge, in canonical order
     */
    public double[] maskGradients(NDArray loss) {
        taps.run(loss, products());
        double[] found = products().found();
        if (patchedEnd != null) {
            patchedEnd.addTo(found, Objects.requireNonNull(differences));
        }
        return found;
    }

    /**
     * What each prompt adds to the gradient of every edge's mask, after the backward pass, {@code [prompt][edge]}.
     *
     * @param prompts of the batch
     */
    public double[][] maskGradientsOfEach(int prompts) {
        double[][] found = products().foundOfEach(prompts);
        if (patchedEnd != null) {
            patchedEnd.addToEach(found, Objects.requireNonNull(differences));
        }
        return found;
    }

    private EdgeProducts products() {
        return Objects.requireNonNull(products);
    }

    /** A stage of the stream, which may be a destination and a source of the graph. The stream goes on with what the stage reads. */
    private NDArray stage(Kind kind, SourceNode.Kind source, int block, NDArray residual) {
        if (graph.module(kind, block) == null) {
            return residual;
        }
        NDArray read = read(kind, block, residual);
        startFrom(source, block, read.stopGradient());
        return read;
    }

    /** What a destination other than a head reads. */
    private NDArray read(Kind kind, int block, NDArray residual) {
        DestinationModule module = graph.module(kind, block);
        if (module == null) {
            return residual;
        }
        NDArray read = patched(residual);
        return one == MaskOne.ENDS && kind != Kind.RESIDUAL_END ? read : read.add(taps.at(module, residual));
    }

    /** What every destination of a layer reads; an added zero carries the gradient's share. */
    private NDArray patched(NDArray residual) {
        if (isPlain()) {
            return residual;
        }
        NDArray zero = residual.sub(residual.stopGradient());
        NDArray sum = LastPosition.like(residual, Objects.requireNonNull(differenceSum));
        return residual.add(sum.sub(zero).mul(maskOfPrompt));
    }

    /** Whether everything reads the residual stream as it is. */
    private boolean isPlain() {
        return masks.stream().allMatch(mask -> mask == 0);
    }

    /** Starts the sources anew: later destinations read only this source and those after it. */
    private void startFrom(SourceNode.Kind kind, int block, NDArray output) {
        differenceSum = kept.keep(
                difference(kind, block, output.expandDims(0)).squeeze(0).duplicate());
    }

    /** A source's ablation less its output, {@code [n, batch, seq, d_model]}. */
    private NDArray difference(SourceNode.Kind kind, int block, NDArray outputs) {
        return LastPosition.write(
                outputs,
                Objects.requireNonNull(differences).of(kind, block),
                into -> patch.less(kind, block, masks.size(), outputs, into));
    }

    private void addDifference(NDArray difference) {
        if (!isPlain() || one == MaskOne.FOLLOWS) {
            NDArray sum = difference.sum(new int[] {0});
            differenceSum = kept.keep(LastPosition.like(sum, Objects.requireNonNull(differenceSum))
                    .add(sum));
        }
    }

    @Override
    public void close() {
        kept.close();
    }
}
