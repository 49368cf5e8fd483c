package io.edgewise.jobs.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whole inputs to begin with, and how JSON and texts are broken. */
final class Wholes {
    static final Path MODEL = Path.of("../conf/demo/model").toAbsolutePath().normalize();

    private Wholes() {}

    static byte[] of(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of its own, so that files of the model stay as they are. */
    static Path copyOfModel(Path to, List<String> names) {
        try {
            for (String name : names) {
                Files.copy(MODEL.resolve(name), to.resolve(name));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Mutation> ofJson() {
        Mutation json = new JsonMutation();
        return List.of(
                json,
                json,
                json,
                json,
                ByteMutation.FLIP,
                ByteMutation.TRUNCATE,
                ByteMutation.INSERT,
                ByteMutation.REMOVE,
                ByteMutation.REPEAT,
                ByteMutation.GARBAGE,
                json.then(ByteMutation.FLIP));
    }

    static List<Mutation> ofText() {
        return List.of(ByteMutation.values());
    }
}
