package io.edgewise.spark;

import ai.djl.Device;
import io.edgewise.model.Checkpoint;
import io.edgewise.model.ComputeType;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models of this JVM: weights are loaded once, on first use, and shared by all tasks and all graphs on them. */
final class ExecutorModels {
    private static final Map<Weights, Transformer> WEIGHTS = new ConcurrentHashMap<>();
    private static final Map<ModelSource, PatchableModel> MODELS = new ConcurrentHashMap<>();

    private record Weights(String uri, ComputeType type) {}

    private ExecutorModels() {}

    static PatchableModel get(ModelSource source) {
        return MODELS.computeIfAbsent(source, ExecutorModels::patchable);
    }

    private static PatchableModel patchable(ModelSource source) {
        Transformer weights = WEIGHTS.computeIfAbsent(
                new Weights(source.uri(), source.type()),
                key -> Transformer.load(
                        Checkpoint.open(ModelCache.local(key.uri())), Device.cpu(), source.threads(), key.type()));
        PatchableModel model = PatchableModel.of(weights, source.graph(), source.slice());
        return source.prefix().isEmpty() ? model : model.withPrefix(source.prefix());
    }
}
