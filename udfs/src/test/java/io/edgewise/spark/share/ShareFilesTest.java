package io.edgewise.spark.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.score.EdgeRange;
import io.edgewise.spark.share.ShareFiles.BatchFile;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareFilesTest {
    private static final PromptPair ONE = prompt(1);
    private static final PromptPair OTHER = prompt(2);

    @TempDir
    private Path directory;

    private ShareFiles files;

    @BeforeEach
    void open() {
        files = new ShareFiles(directory.toString(), 3);
    }

    private static PromptPair prompt(int token) {
        return PromptPair.of(List.of(token, 7), List.of(token, 8), List.of(3), List.of(4));
    }

    private void write(int batch, PromptPair... prompts) {
        float[][] shares = {{1, 2, 3}, {10, 20, 30}};
        files.write(PromptBatch.of(batch, List.of(prompts)), List.of(shares).subList(0, prompts.length));
    }

    @Test
    void theNumbersOfSomeEdgesAreReadByEdgeAndPrompt() {
        write(0, ONE, OTHER);
        ShareFiles.Shares shares = files.read(files.files().get(0), new EdgeRange(1, 3));
        assertThat(shares.keys()).containsExactly(ONE.key(), OTHER.key());
        assertThat(shares.numbers()).containsExactly(2, 20, 3, 30);
    }

    @Test
    void batchesAreInTheirOrderAndOfOneThatWasTriedInPartsTheLargestCounts() {
        write(10, ONE);
        write(2, ONE);
        write(2, ONE, OTHER);
        write(2, OTHER);
        assertThat(files.files()).extracting(BatchFile::batch).containsExactly(2, 10);
        assertThat(files.files()).extracting(BatchFile::prompts).containsExactly(2, 1);
        assertThat(ShareFiles.bytesOfEdge(files.files())).isEqualTo(2 * 8);
    }

    @Test
    void filesOfBatchesThatRunAgainAreRemoved() {
        write(0, ONE);
        write(1, ONE);
        BitSet finished = new BitSet();
        finished.set(1);
        files.keep(finished);
        assertThat(files.files()).extracting(BatchFile::batch).containsExactly(1);
    }

    @Test
    void beforeAnyIsWrittenThereAreNone() {
        assertThat(new ShareFiles(directory.resolve("none").toString(), 3).files())
                .isEmpty();
    }

    @Test
    void rangesAreAsFewAsMemoryAllowsAndTasksNeed() {
        assertThat(EdgeRange.fitting(10, 1, 3))
                .containsExactly(new EdgeRange(0, 4), new EdgeRange(4, 8), new EdgeRange(8, 10));
        assertThat(EdgeRange.fitting(3, 64L << 20, 1))
                .extracting(EdgeRange::size)
                .containsExactly(1, 1, 1);
        assertThat(EdgeRange.fitting(2, 1L << 40, 1)).hasSize(2);
    }
}
