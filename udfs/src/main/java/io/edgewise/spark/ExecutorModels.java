package io.edgewise.spark;

import ai.djl.Device;
import io.edgewise.model.Checkpoint;
import io.edgewise.model.PatchableModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models of this JVM: each is loaded once, on first use, and shared by all tasks. */
final class ExecutorModels {
    private static final Map<ModelSource, PatchableModel> MODELS = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    static PatchableModel get(ModelSource source) {
        return MODELS.computeIfAbsent(source, ExecutorModels::load);
    }

    private static PatchableModel load(ModelSource source) {
        return PatchableModel.load(Checkpoint.open(Path.of(source.directory())), Device.cpu(), source.threads());
    }
}
