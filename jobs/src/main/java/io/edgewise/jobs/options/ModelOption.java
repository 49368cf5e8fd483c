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
            description = "Hugging Face directory: config.json, model.safetensors, tokenizer.json.")
    private String model;

    /** The directory, absolute, so that it names the same place in every process. */
    public Path directory() {
        if (model.startsWith("file:")) {
            return Path.of(URI.create(model)).toAbsolutePath().normalize();
        }
        if (model.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            throw new InputException("--model wants a directory on a disk that every executor sees, got " + model);
        }
        return Path.of(model).toAbsolutePath().normalize();
    }
}
