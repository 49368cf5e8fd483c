package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.RunningCommand;
import io.edgewise.jobs.input.ScoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever a run is killed, it goes on to a whole result and leaves nothing hidden. */
@Tag("slow")
class KilledRunTest {
    @TempDir
    private Path temporary;

    /** It is killed when it writes its first file, and when it writes its tables. */
    @ParameterizedTest
    @ValueSource(strings = {".out.batches-", ".out.incomplete-"})
    void aScore(String written) throws Exception {
        Path out = temporary.resolve("out");
        String[] command = CommandRun.ofIoi("score", out, "--batch-size", "1", "--limit", "8", "--bootstrap", "20");
        killed(command, written);
        assertThat(hidden()).anySatisfy(file -> assertThat(file).startsWith(written));
        assertThat(out).doesNotExist();
        CommandRun.done(CommandRun.with(command, "--resume"));
        assertThat(out.resolve(ScoreFile.NAME)).isNotEmptyFile();
        assertThat(hidden()).isEmpty();
    }

    /** It is killed when it starts, and when the first part is done. */
    @ParameterizedTest
    @ValueSource(strings = {".out.batches-", "score/_SUCCESS"})
    void aStudy(String written) throws Exception {
        Path out = temporary.resolve("out");
        String[] command =
                CommandRun.ofIoi("study", out, "--limit", "8", "--batch-size", "1", "--edge-counts", "0,262");
        killed(command, written);
        assertThat(out).doesNotExist();
        CommandRun.done(CommandRun.with(command, "--resume"));
        assertThat(out.resolve("ioi/mask_gradient/sweep/_SUCCESS")).exists();
        assertThat(hidden()).isEmpty();
    }

    private void killed(String[] command, String written) throws Exception {
        Process process = RunningCommand.start("local[2]", List.of(command));
        RunningCommand.await(process, () -> all().stream().anyMatch(file -> file.contains(written)));
        process.destroyForcibly().waitFor();
    }

    /** Everything that is hidden, but for the checksums of Hadoop's local disks. */
    private List<String> hidden() {
        return all().stream()
                .filter(file -> file.matches("(.*/)?\\.[^/]+(?<!\\.crc)"))
                .toList();
    }

    private List<String> all() {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> !file.equals(temporary))
                    .map(file -> temporary.relativize(file).toString())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // files come and go
        }
    }
}
