package io.edgewise.model.weights;

import io.edgewise.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Weights in formats that aren't read. */
final class OtherFormats {
    private OtherFormats() {}

    /**
     * Refuses a model that has its weights in another format alone.
     *
     * @throws InputException that says how to convert them
     */
    static void refuse(Path model) {
        List<Path> files = Files.isDirectory(model)
                ? files(model)
                : Stream.of(model).filter(Files::isRegularFile).toList();
        if (files.stream().anyMatch(file -> isNamed(file, ".*\\.safetensors(\\.index\\.json)?"))) {
            return;
        }
        for (Path file : files) {
            if (isNamed(file, "pytorch_model.*\\.bin")) {
                throw refused(file, "");
            }
            if (isNamed(file, ".*\\.gguf")) {
                throw refused(file, ", gguf_file='" + file.getFileName() + "'");
            }
        }
    }

    private static InputException refused(Path file, String argument) {
        Path directory = file.toAbsolutePath().getParent();
        return new InputException(file
                + " is no safetensors file; convert the model with python -c \"from transformers import"
                + " AutoModelForCausalLM as M, AutoTokenizer as T; [part.from_pretrained('" + directory + "'" + argument
                + ").save_pretrained('safetensors') for part in (M, T)]\" and give --model safetensors");
    }

    private static boolean isNamed(Path file, String pattern) {
        return file.getFileName().toString().matches(pattern);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new InputException("Could not read " + directory + ": " + e.getMessage(), e);
        }
    }
}
