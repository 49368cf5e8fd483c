package io.edgewise.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
    @TempDir
    private Path temporary;

    private Path cache;
    private Path store;

    @BeforeAll
    static void knowTheFileSystem() {
        Configuration.addDefaultResource("remote-file-system.xml");
    }

    @BeforeEach
    void storeAModel() throws IOException {
        cache = temporary.resolve("cache");
        store = Files.createDirectories(temporary.resolve("store"));
        System.setProperty("edgewise.cache", cache.toString());
        try (Stream<Path> files = Files.list(Golden.ROOT.resolve("tiny-gpt2/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, store.resolve(file.getFileName()));
            }
        }
        Files.writeString(store.resolve("pytorch_model.bin"), "not wanted");
    }

    @AfterEach
    void forget() {
        System.clearProperty("edgewise.cache");
    }

    @Test
    void aModelOnTheLocalDiskIsUsedWhereItIs() {
        assertThat(ModelCache.local(store.toString())).isEqualTo(store);
        assertThat(ModelCache.local(store.toUri().toString())).isEqualTo(store);
        assertThat(cache).doesNotExist();
    }

    @Test
    void aRemoteModelIsFetchedOnceByManyAndIsWhole() throws Exception {
        RemoteFileSystem.OPENED.set(0);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> copies = IntStream.range(0, 8)
                    .mapToObj(i -> pool.submit(() -> ModelCache.local("remote://" + store)))
                    .toList();
            for (Future<Path> copy : copies) {
                assertThat(copy.get()).isEqualTo(copies.get(0).get());
            }
            assertThat(Checkpoint.open(copies.get(0).get()).config().blocks()).isEqualTo(2);
            assertThat(copies.get(0).get().resolve("pytorch_model.bin")).doesNotExist();
        } finally {
            pool.shutdownNow();
        }
        try (Stream<Path> files = Files.list(store)) {
            assertThat(RemoteFileSystem.OPENED.get()).isEqualTo((int) files.count() - 1);
        }
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("."));
        }
    }

    @Test
    void aCopyThatIsCutOffIsFetchedAgainAndAChangedModelIsAnother() throws IOException {
        Path copy = ModelCache.local("remote://" + store);
        byte[] weights = Files.readAllBytes(store.resolve("model.safetensors"));
        Files.write(copy.resolve("model.safetensors"), new byte[10]);
        assertThat(ModelCache.local("remote://" + store)).isEqualTo(copy);
        assertThat(copy.resolve("model.safetensors")).hasBinaryContent(weights);
        Files.setLastModifiedTime(store.resolve("config.json"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(ModelCache.local("remote://" + store)).isNotEqualTo(copy);
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        assertThatThrownBy(() -> ModelCache.local("remote://" + temporary.resolve("nosuch")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("No such model directory: remote://");
        Files.delete(store.resolve("config.json"));
        assertThatThrownBy(() -> ModelCache.local("remote://" + store))
                .hasMessageContaining("No config.json in remote://");
        assertThatThrownBy(() -> ModelCache.local("nosuchscheme://bucket/model"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Nothing here reads and writes nosuchscheme:// (nosuchscheme://bucket/model)");
    }
}
