package io.edgewise.jobs.command;

import io.edgewise.model.torch.Hardware;
import io.edgewise.spark.kept.BlockName;
import io.edgewise.spark.kept.KeptBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of finished batches that a run keeps beside its output directory. */
public record KeptFiles(Path out, String work) {
    public static KeptFiles beside(Path out, String work) {
        return new KeptFiles(out, work);
    }

    public Optional<Path> directory() {
        return in(out.getParent()).stream()
                .filter(file -> file.getFileName().toString().startsWith("." + out.getFileName() + ".batches-"))
                .flatMap(run -> in(run).stream())
                .filter(file -> file.getFileName().toString().startsWith(work))
                .findFirst();
    }

    /** How many batches are finished. */
    public int batches() {
        return directory()
                .map(directory ->
                        new KeptBlocks(directory.toString(), 0, () -> new Hardware("", "", false, 1, null)).listed())
                .map(BlockName::largest)
                .orElse(List.of())
                .stream()
                .mapToInt(BlockName::batches)
                .sum();
    }

    private static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
