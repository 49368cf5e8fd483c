package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.model.layer.Tap;
import io.edgewise.model.torch.KeptArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The effects of edges to queries and keys through the attention pattern itself, where the other edges' follow from gradients: AtP*'s fix
 * (Kramár et al. 2024). A linear step through a saturated softmax misses most of what patching a query or key does.
 */
final class PatternChanges {
    /** How many bytes of patterns are made at a time; those of one source may take more. */
    private static final long BYTES_AT_A_TIME = 64L << 20;

    private final SourceOutputs changes;
    private final KeptArrays kept;
    private final List<Effects> all = new ArrayList<>();

    /** @param effects of a module's edges, {@code [prompt, source, destination]}, in double precision */
    private record Effects(DestinationModule module, NDArray effects) {}

    /** @param kept holds the effects, and frees them */
    PatternChanges(SourceOutputs changes, KeptArrays kept) {
        this.changes = changes;
        this.kept = kept;
    }

    /**
     * Adds a block's heads.
     *
     * @param gradient at the heads' outputs before W_O, {@code [b, h, s, e]}
     */
    void add(Tap heads, NDArray gradient) {
        for (DestinationModule module : heads.modules()) {
            if (module.kind() == Kind.QUERY || module.kind() == Kind.KEY) {
                all.add(new Effects(module, kept.keep(effects(module, heads, gradient))));
            }
        }
    }

    private NDArray effects(DestinationModule module, Tap tap, NDArray gradient) {
        Tap.HeadRead read = Objects.requireNonNull(tap.heads(), "heads");
        Shape shape = gradient.getShape();
        long bytesOfSource = 4 * shape.get(0) * shape.get(1) * shape.get(2) * shape.get(2);
        int step = (int) Math.max(1, BYTES_AT_A_TIME / bytesOfSource);
        int kind = module.kind() == Kind.QUERY ? 0 : 1;
        return KeptArrays.only(() -> {
            NDArray sources = changes.of(module);
            NDList parts = new NDList();
            for (int first = 0; first < module.sources(); first += step) {
                NDArray some = sources.get("{}:{}", first, Math.min(module.sources(), first + step));
                parts.add(KeptArrays.only(
                        () -> read.heads().patternEffects(kind, read.input(), tap.array(), gradient, some)));
            }
            return shared(NDArrays.concat(parts, 1).toType(DataType.FLOAT64, false), module);
        });
    }

    /** Where neighbouring heads read through one destination, the sum over these heads. */
    private static NDArray shared(NDArray effects, DestinationModule module) {
        Shape shape = effects.getShape();
        return effects.reshape(shape.get(0), shape.get(1), module.destinations(), -1)
                .sum(new int[] {3});
    }

    /** Puts the effects in the place of products. */
    void replace(double[] products) {
        for (Effects of : all) {
            put(of.effects().sum(new int[] {0}), of.module(), products);
        }
    }

    /**
     * The same for each prompt.
     *
     * @param products {@code [prompt][edge]}
     */
    void replaceEach(double[][] products) {
        for (Effects of : all) {
            for (int prompt = 0; prompt < products.length; prompt++) {
                put(of.effects().get(prompt), of.module(), products[prompt]);
            }
        }
    }

    /** @param effects {@code [source, destination]} */
    private static void put(NDArray effects, DestinationModule module, double[] products) {
        double[] values = effects.toDoubleArray();
        for (int edge = 0; edge < module.edges(); edge++) {
            int destination = edge / module.sources();
            int source = edge % module.sources();
            products[module.offset() + edge] = values[source * module.destinations() + destination];
        }
    }
}
