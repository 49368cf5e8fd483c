package io.edgewise.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkConf;

/** The living workers of a standalone cluster, as the page of its master tells them. */
record StandaloneCluster(List<Worker> workers) {
    private static final String SCHEME = "spark://";
    private static final int PAGES_PORT = 8080;
    private static final int MOST_BYTES = 16 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param memory in MiB, as free memory is */
    record Worker(long memory, long freeMemory, int cores, int freeCores, int gpus, int freeGpus) {
        private static Worker of(JsonNode worker) {
            return new Worker(
                    worker.path("memory").asLong(),
                    worker.path("memoryfree").asLong(),
                    worker.path("cores").asInt(),
                    worker.path("coresfree").asInt(),
                    gpus(worker.path("resources")),
                    gpus(worker.path("resourcesfree")));
        }

        private static int gpus(JsonNode resources) {
            return resources.path("gpu").path("addresses").size();
        }
    }

    StandaloneCluster {
        workers = List.copyOf(workers);
    }

    /** The cluster that a master leads now; empty where it isn't a standalone one, or where its page can't be had. */
    static Optional<StandaloneCluster> of(String master, SparkConf settings) {
        if (!master.startsWith(SCHEME)) {
            return Optional.empty();
        }
        int port = settings.getInt("spark.master.ui.port", PAGES_PORT);
        return Arrays.stream(master.substring(SCHEME.length()).split(",", -1)) // of several masters, one leads
                .map(host -> page(host, port))
                .flatMap(Optional::stream)
                .filter(page -> page.path("status").asText().equals("ALIVE"))
                .findFirst()
                .map(StandaloneCluster::read);
    }

    private static Optional<JsonNode> page(String hostAndPort, int port) {
        try {
            URI page = new URI("http", null, new URI(SCHEME + hostAndPort).getHost(), port, "/json/", null, null);
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
            try (InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                return Optional.of(StrictJson.read(body, MOST_BYTES, page.toString()));
            }
        } catch (IOException | URISyntaxException | IllegalArgumentException | InputException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static StandaloneCluster read(JsonNode page) {
        return new StandaloneCluster(StreamSupport.stream(page.path("workers").spliterator(), false)
                .filter(worker -> worker.path("state").asText().equals("ALIVE"))
                .map(Worker::of)
                .toList());
    }

    /** What there is for executors, and what to do, as the end of a sentence. */
    String against(AskedExecutor asked) {
        if (workers.isEmpty()) {
            return "the cluster has no workers: start some";
        }
        Worker largest = largest(asked);
        String size = Sizes.of(largest.memory(), largest.cores(), largest.gpus());
        String has = "the cluster has " + Sizes.counted(workers.size(), "worker") + ", the "
                + (workers.size() == 1 ? "size of it " : "most fitting of ") + size;
        List<String> tooMuch = asked.tooMuchFor(largest);
        if (!tooMuch.isEmpty()) {
            return has + ", which can't hold one: lower " + String.join(" and ", tooMuch) + ", or add larger workers";
        }
        boolean isRoom = workers.stream().anyMatch(asked::fitsBesideOthersOf);
        return has
                + (isRoom
                        ? ", which has room for one: the executors' logs on the master's page may say why none stays"
                        : ", but others use it: free are "
                                + Sizes.of(
                                        workers.stream()
                                                .mapToLong(Worker::freeMemory)
                                                .sum(),
                                        workers.stream()
                                                .mapToInt(Worker::freeCores)
                                                .sum(),
                                        workers.stream()
                                                .mapToInt(Worker::freeGpus)
                                                .sum())
                                + " in all");
    }

    private Worker largest(AskedExecutor asked) {
        return workers.stream()
                .min(Comparator.<Worker>comparingInt(
                                worker -> asked.tooMuchFor(worker).size())
                        .thenComparing(Comparator.comparingLong(Worker::memory).reversed())
                        .thenComparing(Comparator.comparingInt(Worker::cores).reversed()))
                .orElseThrow();
    }

    /** For an event: what it has in all. */
    Map<String, Object> facts() {
        return Map.of(
                "workers", workers.size(),
                "memory_mib", workers.stream().mapToLong(Worker::memory).sum(),
                "free_memory_mib",
                        workers.stream().mapToLong(Worker::freeMemory).sum(),
                "largest_memory_mib",
                        workers.stream().mapToLong(Worker::memory).max().orElse(0),
                "cores", workers.stream().mapToInt(Worker::cores).sum(),
                "free_cores", workers.stream().mapToInt(Worker::freeCores).sum(),
                "gpus", workers.stream().mapToInt(Worker::gpus).sum(),
                "free_gpus", workers.stream().mapToInt(Worker::freeGpus).sum());
    }
}
