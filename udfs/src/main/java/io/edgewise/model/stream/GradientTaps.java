package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.Tap;
import io.edgewise.model.torch.Autograd;
import io.edgewise.model.torch.BackwardSteps;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The taps of one forward pass, and the backward pass that collects the gradients at its destinations' inputs.
 *
 * <p>Taps are at the heads' queries, keys and values, and at zeros added to the other inputs. The gradients at the heads' inputs follow in
 * closed form, each by itself, as the edges need them. So the graph of gradients leaves out the heads' projections: it is cut between
 * blocks, and in the backward pass the sum of these gradients is passed to the residual that a block's heads read.
 */
final class GradientTaps {
    private final ModelGraph graph;
    private final KeptArrays kept;
    private final BackwardSteps backward;
    private final List<Tap> taps = new ArrayList<>();
    private @Nullable EdgeProducts products;

    /** @param kept holds the arrays that the backward pass needs, and frees them */
    GradientTaps(ModelGraph graph, KeptArrays kept) {
        this.graph = graph;
        this.kept = kept;
        this.backward = new BackwardSteps(kept);
    }

    /** The modules through which a block's heads read. */
    List<DestinationModule> heads(int block) {
        return Stream.of(Kind.QUERY, Kind.KEY, Kind.VALUE, Kind.ATTENTION)
                .map(kind -> graph.module(kind, block))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * A tap at the heads' projections, where the graph of gradients begins.
     *
     * @param residual that the heads' block reads
     * @param read makes what heads read of the residual, outside any graph of gradients
     * @param passed makes the residual's gradient of the sum of those at the heads' inputs
     */
    Tap atHeads(
            List<DestinationModule> modules,
            Heads heads,
            NDArray residual,
            UnaryOperator<NDArray> read,
            UnaryOperator<NDArray> passed) {
        Tap tap = project(modules, heads, () -> read.apply(kept.keep(residual.stopGradient())));
        kept.keep(residual);
        int before = taps.size();
        backward.add(() -> {
            addFrom(before);
            passOn(tap, residual, passed);
        });
        return tap;
    }

    private Tap project(List<DestinationModule> modules, Heads heads, Supplier<NDArray> read) {
        try (Autograd off = Autograd.off()) {
            NDArray input = kept.keep(read.get());
            int keyValueInputs = modules.get(modules.size() - 1).destinations();
            NDArray projected = kept.keep(heads.project(input, keyValueInputs));
            projected.setRequiresGradient(true);
            return new Tap(modules, projected, new Tap.HeadRead(heads, input));
        }
    }

    /** Adds the products of the edges to heads, and passes the gradient at the heads' inputs to the residual. */
    private void passOn(Tap heads, NDArray residual, UnaryOperator<NDArray> passed) {
        if (!Autograd.isRecorded(residual)) {
            products().add(heads, null);
            return;
        }
        NDArray sum = residual.getManager().create(residual.getShape(), DataType.FLOAT32);
        products().add(heads, sum);
        Autograd.backward(residual, passed.apply(sum));
    }

    /** Zeros of the same shape, whose gradient is that at a destination other than a head. */
    NDArray at(DestinationModule module, NDArray like) {
        NDArray array = zeros(like);
        taps.add(new Tap(List.of(module), array, null));
        return array;
    }

    /** Zeros of the same shape that have a gradient. */
    NDArray zeros(NDArray like) {
        NDArray array = kept.keep(like.getManager().zeros(like.getShape(), DataType.FLOAT32));
        array.setRequiresGradient(true);
        return array;
    }

    /** Notes a step of the backward pass, which runs when all later steps have completed its gradients. */
    void then(Runnable step) {
        backward.add(step);
    }

    /** Ends a piece of the graph of gradients; the next one begins with what is returned. */
    NDArray cut(NDArray residual) {
        return backward.cut(residual);
    }

    /**
     * The backward pass.
     *
     * @param loss a single number, computed from the results of the forward pass
     * @param into receives the gradients
     */
    void run(NDArray loss, EdgeProducts into) {
        products = into;
        backward.run(loss);
        addFrom(0);
    }

    /** Adds the products of the edges to other destinations, from a place on. Those before it don't have all of their gradients yet. */
    private void addFrom(int place) {
        List<Tap> complete = taps.subList(place, taps.size());
        products().add(complete);
        complete.clear();
    }

    private EdgeProducts products() {
        return Objects.requireNonNull(products, "The backward pass runs");
    }
}
