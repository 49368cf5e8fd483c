package io.edgewise.jobs.figure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text files next to these classes. */
final class OwnFile {
    private OwnFile() {}

    static String read(String name) {
        try (InputStream text = OwnFile.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new FileNotFoundException("The class path has no " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
