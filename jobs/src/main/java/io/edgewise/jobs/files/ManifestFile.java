package io.edgewise.jobs.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A reader of the {@code manifest.json} of a result directory. */
public final class ManifestFile {
    public static final String NAME = "manifest.json";
    private static final int MOST_BYTES = 1 << 24;

    private ManifestFile() {}

    /**
     * Reads the manifest of a directory that has one.
     *
     * @throws InputException where it has none, or a broken one
     */
    public static JsonNode read(String directory) {
        JsonNode manifest = find(directory);
        if (manifest.isMissingNode()) {
            throw new InputException(
                    "No " + NAME + " in " + directory + "; wanted a directory that score --out or sweep --out wrote");
        }
        return manifest;
    }

    /**
     * Reads the manifest of a directory.
     *
     * @return a missing node where it has none
     * @throws InputException where it is broken
     */
    public static JsonNode find(String directory) {
        return find(Hadoop.qualified(directory));
    }

    static JsonNode find(Path directory) {
        Path manifest = new Path(directory, NAME);
        FileSystem files = Hadoop.fileSystem(manifest);
        try {
            new PieceByPiece(files, directory).refuseHalfWritten();
            if (!files.exists(manifest)) {
                return MissingNode.getInstance();
            }
            try (InputStream in = files.open(manifest)) {
                return StrictJson.read(in, MOST_BYTES, manifest.toString());
            }
        } catch (IOException e) {
            throw new InputException("Could not read " + manifest + ": " + e.getMessage(), e);
        }
    }
}
