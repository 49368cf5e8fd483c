package io.edgewise.jobs.input;

import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.weights.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model directory that has been checked: its configuration is supported and its weights are complete.
 *
 * @param uri where executors find it
 * @param fingerprint the fingerprint of its configuration and weights
 * @param tokenizer the fingerprint of its tokenizer; null where it has none
 */
public record ModelFiles(
        String uri, Path directory, TransformerConfig config, String fingerprint, @Nullable String tokenizer) {

    /** Opens a model on a local disk. */
    public static ModelFiles open(Path directory) {
        return open(directory.toString(), directory);
    }

    /**
     * Opens a model that is read here and that executors find by its address.
     *
     * @param directory the model's directory on this host
     */
    public static ModelFiles open(String uri, Path directory) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        String config = Fingerprint.of(local(directory.resolve("config.json")));
        String weights = checkpoint.files().stream()
                .map(file -> Fingerprint.of(local(file)))
                .collect(Collectors.joining());
        Path tokenizer = directory.resolve("tokenizer.json");
        return new ModelFiles(
                uri,
                directory,
                checkpoint.config(),
                Fingerprint.ofText(config + weights),
                Files.exists(tokenizer) ? Fingerprint.of(local(tokenizer)) : null);
    }

    /** The file's address. Unlike Java's URIs, Hadoop's paths are not percent-encoded. */
    private static String local(Path file) {
        return "file:" + file;
    }
}
