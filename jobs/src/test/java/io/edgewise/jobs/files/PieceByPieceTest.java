package io.edgewise.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import io.edgewise.jobs.files.OutputDirectory.IfThere;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results in a store that can't rename a directory. */
class PieceByPieceTest {
    private static final String RUN = "0123456789abcdef";
    private static final IfThere NEW = new IfThere(false, false);
    private static final IfThere RESUMED = new IfThere(false, true);
    private static final IfThere OVERWRITTEN = new IfThere(true, false);
    private static final List<String> WHOLE = List.of("_SUCCESS", "edges/part-0", "manifest.json", "numbers");

    @TempDir
    private Path temporary;

    @BeforeAll
    static void knowTheStore() {
        Configuration.addDefaultResource("store-file-system.xml");
    }

    @AfterEach
    void letItGo() {
        StoreFileSystem.RENAMES.set(Integer.MAX_VALUE);
    }

    @Test
    void aResultAppearsAndReplacesAnOlderOneWhole() throws IOException {
        write(NEW, RUN);
        assertThat(result()).isEqualTo(WHOLE);
        Files.createFile(temporary.resolve("out/edges/of-another"));
        assertThatThrownBy(() -> write(NEW, RUN)).isInstanceOf(InputException.class);
        write(OVERWRITTEN, "fedcba9876543210");
        assertThat(result()).isEqualTo(WHOLE);
        assertThat(manifest()).contains("fedcba9876543210");
        assertThat(temporary.toFile().list()).containsExactly("out");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whereThatStopsItIsHalfWrittenAndTheSameRunCompletesIt(int renames) throws IOException {
        StoreFileSystem.RENAMES.set(renames);
        assertThatThrownBy(() -> write(NEW, RUN)).isInstanceOf(UncheckedIOException.class);
        assertThat(result()).contains("_INCOMPLETE").doesNotContain("_SUCCESS");
        assertThatThrownBy(() -> ManifestFile.find(uri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is half-written, by a run that was stopped");
        letItGo();
        assertThatThrownBy(() -> write(NEW, RUN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> write(RESUMED, "fedcba9876543210")).isInstanceOf(InputException.class);
        write(RESUMED, RUN);
        assertThat(result()).isEqualTo(WHOLE);
        assertThat(temporary.toFile().list()).containsExactly("out");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatAKilledTryHadBegunToBringIsBroughtWithoutRunningAgain(int renames) throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        write(NEW, "fedcba9876543210");
        StoreFileSystem.RENAMES.set(renames);
        OutputDirectory killed = open(OVERWRITTEN, RUN);
        assertThatThrownBy(() -> fill(killed, RUN)).isInstanceOf(UncheckedIOException.class);
        try (Stream<Path> signs = Files.list(temporary.resolve(".out.batches-" + RUN + "/_tries"))) {
            Files.writeString(
                    signs.findFirst().orElseThrow(), new Writer(Writer.here().machine(), ended.pid()).toString());
        }
        letItGo();
        try (OutputDirectory out = open(RESUMED, RUN)) {
            assertThat(out.isDone()).isTrue();
            out.discardKept();
        }
        killed.close();
        assertThat(result()).isEqualTo(WHOLE);
        assertThat(manifest()).contains(RUN);
        assertThat(temporary.toFile().list()).containsExactly("out");
    }

    @Test
    void aPlaceThatCannotBeReachedIsNamedAsItWasGiven() {
        assertThatThrownBy(() -> new Output("store:///nosuch/out", NEW, null).open(RUN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Could not reach store:///nosuch/out: ");
    }

    private void write(IfThere ifThere, String run) {
        try (OutputDirectory out = open(ifThere, run)) {
            fill(out, run);
        }
    }

    private static void fill(OutputDirectory out, String run) {
        out.write("numbers", "1 2 3");
        out.write("edges/part-0", "4 5 6");
        out.write(ManifestFile.NAME, "{\"run_id\": \"" + run + "\"}");
        out.complete();
    }

    private OutputDirectory open(IfThere ifThere, String run) {
        return new Output(uri(), ifThere, null).open(run);
    }

    private String uri() {
        return "store://" + temporary.resolve("out");
    }

    private String manifest() throws IOException {
        return Files.readString(temporary.resolve("out/manifest.json"));
    }

    private List<String> result() throws IOException {
        Path out = temporary.resolve("out");
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
