package io.edgewise.spark.model;

import ai.djl.Device;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.model.weights.Checkpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of this JVM: weights are loaded once per device, on first use, and shared by all tasks and all graphs. */
public final class ExecutorModels {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorModels.class);
    private static final Map<Weights, Transformer> WEIGHTS = new ConcurrentHashMap<>();
    private static final Map<Patchable, PatchableModel> MODELS = new ConcurrentHashMap<>();

    private record Weights(String uri, ComputeType type, Device device) {}

    private record Patchable(ModelSource source, Device device) {}

    private ExecutorModels() {}

    /** The model on the device of the running task. */
    public static PatchableModel get(ModelSource source) {
        Device device = source.device().here(source.threads());
        return MODELS.computeIfAbsent(new Patchable(source, device), key -> patchable(source, device));
    }

    private static PatchableModel patchable(ModelSource source, Device device) {
        Transformer weights = WEIGHTS.computeIfAbsent(
                new Weights(source.uri(), source.type(), device), key -> load(key, source.threads()));
        PatchableModel model = PatchableModel.of(weights, source.graph(), source.slice());
        return source.prefix().isEmpty() ? model : model.withPrefix(source.prefix());
    }

    private static Transformer load(Weights weights, int threads) {
        Transformer loaded = Transformer.load(
                Checkpoint.open(ModelCache.local(weights.uri())), weights.device(), threads, weights.type());
        LOG.info("Loaded {} on {}", weights.uri(), weights.device());
        return loaded;
    }
}
