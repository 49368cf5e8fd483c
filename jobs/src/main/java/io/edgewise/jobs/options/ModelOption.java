package io.edgewise.jobs.options;

import io.edgewise.InputException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model. */
public final class ModelOption {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "Hugging Face directory: config.json, *.safetensors, tokenizer.json.")
    private String model;

    @Option(
            names = "--dtype",
            defaultValue = "float32",
            paramLabel = "float32",
            description = "What the model is computed in; weights stored in 16 bits are read exactly (default:"
                    + " ${DEFAULT-VALUE}).")
    private String dtype;

    /** The directory, absolute, so that it names the same place in every process. */
    public Path directory() {
        if (!dtype.equalsIgnoreCase("float32")) {
            throw new InputException(
                    "--dtype " + dtype + " can't be computed: DJL's PyTorch has no bfloat16, and its casts stop"
                            + " gradients; give float32, in which weights stored in 16 bits are read exactly");
        }
        if (model.startsWith("file:")) {
            return Path.of(URI.create(model)).toAbsolutePath().normalize();
        }
        if (model.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            throw new InputException("--model wants a directory on a disk that every executor sees, got " + model);
        }
        return Path.of(model).toAbsolutePath().normalize();
    }
}
