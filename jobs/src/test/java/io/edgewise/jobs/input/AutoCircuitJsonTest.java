package io.edgewise.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoCircuitJsonTest {
    @TempDir
    private Path temporary;

    /** Files of other kinds may be of any length, and only the beginning of one is read for its labels. */
    @Test
    void aFileThatIsTooLongToBeReadWholeIsAskedForItsLabelsAllTheSame() throws IOException {
        Path file = Files.writeString(temporary.resolve("long.jsonl"), "{\"clean\": [1]}\n");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(Runtime.getRuntime().maxMemory() / 8 + 1);
        }
        assertThat(AutoCircuitJson.seqLabels(file.toString())).isEmpty();
        assertThatThrownBy(() -> AutoCircuitJson.prompts(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("one JSON document is read whole");
    }
}
