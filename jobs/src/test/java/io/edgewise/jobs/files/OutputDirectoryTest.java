package io.edgewise.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.jobs.files.OutputDirectory.IfThere;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    private static final String RUN = "0123456789abcdef";
    private static final IfThere NEW = new IfThere(false, false);
    private static final IfThere RESUMED = new IfThere(false, true);

    @TempDir
    private Path temporary;

    @Test
    void whatIsHiddenIsThereOnlyWhileARunWrites() throws IOException {
        try (OutputDirectory out = open(NEW)) {
            assertThat(hidden()).isEmpty();
            out.write("numbers", "1 2 3");
            assertThat(hidden()).hasSize(2);
            complete(out);
            assertThat(hidden()).isEmpty();
        }
        assertThat(temporary.resolve("out/numbers")).hasContent("1 2 3");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aRunThatFailsLeavesItsFinishedBatchesAndNothingElse() throws IOException {
        try (OutputDirectory out = open(NEW)) {
            out.write("numbers", "1 2 3");
        }
        assertThat(hidden()).isEmpty();
        try (OutputDirectory out = open(NEW)) {
            Files.createDirectories(Path.of(URI.create(out.kept("score"))));
            out.write("numbers", "1 2 3");
        }
        assertThat(hidden()).containsExactly(".out.batches-" + RUN);
    }

    @Test
    void whatKilledTriesLeftIsClearedByTheNextOne() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path kept = aTryOf(new Writer(Writer.here().machine(), ended.pid()));
        aTryOf(new Writer(Writer.here().machine(), ended.pid()));
        Files.createDirectories(kept.resolve("score"));
        try (OutputDirectory out = open(RESUMED)) {
            assertThat(kept.resolve("score")).exists();
            complete(out);
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    void whatAnotherTryIsWritingStays() throws Exception {
        Process living = new ProcessBuilder("sleep", "60").start();
        try {
            Path kept = aTryOf(new Writer(Writer.here().machine(), living.pid()));
            Files.createDirectories(kept.resolve("score"));
            List<String> theirs = hidden();
            try (OutputDirectory out = open(NEW)) {
                complete(out);
            }
            assertThat(hidden()).isEqualTo(theirs);
            assertThat(kept.resolve("score")).exists();
        } finally {
            living.destroyForcibly().waitFor();
        }
        try (OutputDirectory out = open(RESUMED)) {
            assertThat(out.isDone()).isTrue();
            out.discardKept();
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aTryOnAnotherMachineIsDeadWhenItHasBeenSilentForLong() throws IOException {
        Path kept = aTryOf(new Writer("another", 1));
        List<String> theirs = hidden();
        try (OutputDirectory out = open(NEW)) {
            complete(out);
        }
        assertThat(hidden()).isEqualTo(theirs);
        try (Stream<Path> signs = Files.list(kept.resolve("_tries"))) {
            Files.setLastModifiedTime(
                    signs.findFirst().orElseThrow(), FileTime.from(Instant.now().minusSeconds(100)));
        }
        try (OutputDirectory out = open(RESUMED)) {
            out.discardKept();
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    void twoTriesOfOneRunMayBothComplete() throws IOException {
        try (OutputDirectory one = open(RESUMED);
                OutputDirectory other = open(RESUMED)) {
            complete(one);
            complete(other);
        }
        assertThat(temporary.resolve("out/_SUCCESS")).exists();
        assertThat(hidden()).isEmpty();
        try (OutputDirectory one = open(new IfThere(true, false));
                OutputDirectory other = open(new IfThere(true, false))) {
            complete(one);
            complete(other);
        }
        assertThat(temporary.resolve("out/_SUCCESS")).exists();
        assertThat(hidden()).isEmpty();
    }

    @Test
    void anOlderResultThatAKilledTryMovedAwayIsPutBack() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path kept = aTryOf(new Writer(Writer.here().machine(), ended.pid()));
        try (Stream<Path> signs = Files.list(kept.resolve("_tries"))) {
            String name = signs.findFirst().orElseThrow().getFileName().toString();
            Files.createFile(Files.createDirectories(temporary.resolve(".out.replaced-" + RUN + "-" + name))
                    .resolve("old"));
        }
        assertThatThrownBy(() -> open(NEW))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Output directory is already there: ");
        assertThat(temporary.resolve("out/old")).exists();
        assertThat(hidden()).isEmpty();
    }

    @Test
    void whatALostTaskLeftIsNoPartOfTheResult() throws IOException {
        try (OutputDirectory out = open(NEW)) {
            out.write("batches/a.safetensors", "whole");
            out.write("batches/.b.safetensors.unfinished-" + UUID.randomUUID(), "half");
            complete(out);
        }
        try (Stream<Path> files = Files.list(temporary.resolve("out/batches"))) {
            assertThat(files).extracting(Path::getFileName).containsExactly(Path.of("a.safetensors"));
        }
    }

    private OutputDirectory open(IfThere ifThere) {
        return new Output(temporary.resolve("out").toString(), ifThere, null).open(RUN);
    }

    private static void complete(OutputDirectory out) {
        out.write(ManifestFile.NAME, "{\"run_id\": \"" + RUN + "\"}");
        out.complete();
    }

    /** What a try of a process looks like that is at work or was killed there. */
    private Path aTryOf(Writer process) throws IOException {
        String name = UUID.randomUUID().toString();
        Path kept = temporary.resolve(".out.batches-" + RUN);
        Files.writeString(Files.createDirectories(kept.resolve("_tries")).resolve(name), process.toString());
        Files.createFile(Files.createDirectories(temporary.resolve(".out.incomplete-" + RUN + "-" + name))
                .resolve("numbers"));
        return kept;
    }

    private List<String> hidden() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
