package io.edgewise.jobs.options;

import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.input.ModelFiles;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.torch.ComputeType;
import io.edgewise.spark.model.DeviceRule;
import io.edgewise.spark.model.ModelCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of the model. */
public final class ModelOption {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description =
                    "Hugging Face directory: config.json, *.safetensors, tokenizer.json; local or in any Hadoop file system, from which each host"
                            + " fetches it once into EDGEWISE_CACHE or ~/.cache/edgewise/models.")
    private String model;

    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            defaultValue = "float32",
            description =
                    "Number type that the model's matrices are held and multiplied in: ${COMPLETION-CANDIDATES}; norms, softmax, losses"
                            + " and sums are float32 or wider with each (default: ${DEFAULT-VALUE}).")
    private ComputeType dtype;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "auto|cpu|gpu",
            description =
                    "Device that tasks compute on; auto: the GPU that Spark gives a task, and the processor where it gives none"
                            + " (default: ${DEFAULT-VALUE}).")
    private DeviceRule device;

    /** The directory on this host, fetched where it lies elsewhere. */
    public Path directory() {
        return ModelCache.local(model);
    }

    /** The model, checked, with all edges and the last position's logits. */
    public ModelSetup setup() {
        return new ModelSetup(
                ModelFiles.open(uri(), directory()), GraphSpec.DEFAULT, OutputSlice.LAST_SEQ, dtype, device);
    }

    /** The type that its matrices are held and multiplied in. */
    public ComputeType dtype() {
        return dtype;
    }

    /** The address by which executors find it. It is absolute, so that it names the same place in every process. */
    private String uri() {
        boolean isElsewhere = model.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !model.startsWith("file:");
        return isElsewhere ? model : ModelCache.local(model).toString();
    }
}
