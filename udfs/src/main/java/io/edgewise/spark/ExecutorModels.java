package io.edgewise.spark;

import ai.djl.Device;
import io.edgewise.model.Checkpoint;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models of this JVM: weights are loaded once, on first use, and shared by all tasks and all graphs on them. */
final class ExecutorModels {
    private static final Map<String, Transformer> WEIGHTS = new ConcurrentHashMap<>();
    private static final Map<ModelSource, PatchableModel> MODELS = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    static PatchableModel get(ModelSource source) {
        return MODELS.computeIfAbsent(source, ExecutorModels::patchable);
    }

    private static PatchableModel patchable(ModelSource source) {
        Transformer weights = WEIGHTS.computeIfAbsent(
                source.uri(),
                uri -> Transformer.load(Checkpoint.open(ModelCache.local(uri)), Device.cpu(), source.threads()));
        PatchableModel model = PatchableModel.of(weights, source.graph(), source.slice());
        return source.prefix().isEmpty() ? model : model.withPrefix(source.prefix());
    }
}
