package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.spark.ModelCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model. */
public final class ModelOption {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description =
                    "Hugging Face directory: config.json, *.safetensors, tokenizer.json; local or in any Hadoop file system, then fetched"
                            + " once a host into EDGEWISE_CACHE or ~/.cache/edgewise/models.")
    private String model;

    @Option(
            names = "--dtype",
            defaultValue = "float32",
            paramLabel = "float32",
            description = "What the model is computed in; weights stored in 16 bits are read exactly (default:"
                    + " ${DEFAULT-VALUE}).")
    private String dtype;

    /** The directory on this host, fetched where it lies elsewhere. */
    public Path directory() {
        if (!dtype.equalsIgnoreCase("float32")) {
            throw new InputException(
                    "--dtype " + dtype + " can't be computed: DJL's PyTorch has no bfloat16, and its casts stop"
                            + " gradients; give float32, in which weights stored in 16 bits are read exactly");
        }
        return ModelCache.local(model);
    }

    /** Where executors find it: absolute, so that it names the same place in every process. */
    public String uri() {
        boolean isElsewhere = model.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !model.startsWith("file:");
        return isElsewhere ? model : ModelCache.local(model).toString();
    }
}
