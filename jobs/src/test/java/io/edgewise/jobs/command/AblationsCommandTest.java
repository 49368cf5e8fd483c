package io.edgewise.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goldens' own model and prompts, through the command. */
class AblationsCommandTest {
    private static final Path GOLDENS = Path.of("../udfs/src/test/resources/goldens/tiny-gpt2")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path temporary;

    @Test
    void everyBatchHasAFileAndRows() throws IOException {
        Path out = ablations("--ablation-type", "RESAMPLE", "--clean-corrupt", "clean");
        List<Row> rows = CommandRun.table(out.resolve("activations"), table -> table.orderBy(
                        "batch_index", "source_index", "prompt_index", "position")
                .collectAsList());
        assertThat(rows).hasSize(2 * 11 * 4 * 8);
        FloatTensor golden = golden("src_ablations/RESAMPLE/clean/b0");
        String key = rows.get(0).getAs("batch_key");
        FloatTensor file = read(out.resolve("batches/" + key + ".safetensors"));
        assertThat(file.shape()).containsExactly(11, 4, 8, 32);
        assertThat(file.values()).containsExactly(golden.values(), within(1e-5f));
        Row last = rows.get(11 * 4 * 8 - 1);
        assertThat(last.<String>getAs("source")).isEqualTo("MLP 1");
        assertThat(last.<Float>getList(last.fieldIndex("activation")).get(31))
                .isEqualTo(file.values()[file.values().length - 1]);
        try (Stream<Path> files = Files.list(out.resolve("batches"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aMeanOverTheDataSetIsOneTensor() throws IOException {
        Path out = ablations("--ablation-type", "TOKENWISE_MEAN_CLEAN_AND_CORRUPT");
        FloatTensor golden = golden("src_ablations/TOKENWISE_MEAN_CLEAN_AND_CORRUPT");
        FloatTensor file = read(out.resolve("src_ablations.safetensors"));
        assertThat(file.shape()).containsExactly(11, 8, 32);
        for (int source = 0; source < 11; source++) {
            for (int i = 0; i < 8 * 32; i++) {
                assertThat(file.values()[source * 8 * 32 + i])
                        .isCloseTo(golden.values()[source * 4 * 8 * 32 + i], within(1e-5f));
            }
        }
        long rows = CommandRun.table(out.resolve("activations"), table -> table.count());
        assertThat(rows).isEqualTo(11 * 8);
    }

    private Path ablations(String... options) {
        Path out = temporary.resolve("ablations");
        String[] args = Stream.concat(
                        Stream.of(
                                "ablations",
                                "--model",
                                GOLDENS.resolve("model").toString(),
                                "--prompts",
                                GOLDENS.resolve("prompts.json").toString(),
                                "--batch-size",
                                "4",
                                "--out",
                                out.toString()),
                        Stream.of(options))
                .toArray(String[]::new);
        CommandRun run = CommandRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(out + "\n");
        return out;
    }

    private static FloatTensor golden(String key) throws IOException {
        Path file = GOLDENS.resolve("qkv/tensors.safetensors");
        return Safetensors.decode(Files.readAllBytes(file), file.toString()).get(key);
    }

    private static FloatTensor read(Path file) throws IOException {
        return Safetensors.decode(Files.readAllBytes(file), file.toString()).get("src_ablations");
    }
}
