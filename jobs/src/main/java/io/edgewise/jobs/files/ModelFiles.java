package io.edgewise.jobs.files;

import io.edgewise.model.Checkpoint;
import io.edgewise.model.TransformerConfig;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A model directory that was checked: its configuration is supported and its weights are whole.
 *
 * @param fingerprint of its configuration and weights
 */
public record ModelFiles(Path directory, TransformerConfig config, String fingerprint) {

    public static ModelFiles open(Path directory) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        String config = Fingerprint.of(local(directory.resolve("config.json")));
        String weights = checkpoint.files().stream()
                .map(file -> Fingerprint.of(local(file)))
                .collect(Collectors.joining());
        return new ModelFiles(directory, checkpoint.config(), Fingerprint.ofText(config + weights));
    }

    /** Hadoop's paths are not percent-encoded, as a Java URI is. */
    private static String local(Path file) {
        return "file:" + file;
    }
}
