package io.edgewise.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What the page of a standalone master says of what is asked for. */
class StandaloneClusterTest {
    private static final String EMPTY = worker("ALIVE", 2048, 2048, 1, 1, 0);
    private static final String BUSY = worker("ALIVE", 8192, 1024, 8, 0, 2);
    private static final String DEAD = worker("DEAD", 65536, 65536, 64, 64, 8);

    @Test
    void anExecutorLargerThanEveryWorkerIsToldWithTheSettingsThatAreTooMuch() throws IOException {
        assertThat(told(page("ALIVE", EMPTY, EMPTY, DEAD), "4g", 1, 0))
                .contains("the cluster has 2 workers, the most fitting of 2 GiB, 1 core, which can't hold one:"
                        + " lower spark.executor.memory, or add larger workers");
        assertThat(told(page("ALIVE", EMPTY), "1500m", 2, 1))
                .contains("the cluster has 1 worker, the size of it 2 GiB, 1 core, which can't hold one:"
                        + " lower spark.executor.cores and spark.executor.resource.gpu.amount, or add larger workers");
    }

    @Test
    void aClusterThatOthersUseIsToldWithWhatIsFree() throws IOException {
        assertThat(told(page("ALIVE", BUSY, EMPTY), "4g", 4, 1))
                .contains("the cluster has 2 workers, the most fitting of 8 GiB, 8 cores, 2 GPUs, but others use it:"
                        + " free are 3 GiB, 1 core in all");
    }

    @Test
    void roomThatGivesNoExecutorPointsToItsLogs() throws IOException {
        assertThat(told(page("ALIVE", EMPTY, BUSY), "1g", 1, 0))
                .get()
                .asString()
                .contains("logs on the master's page");
    }

    @Test
    void noWorkersAtAll() throws IOException {
        assertThat(told(page("ALIVE", DEAD), "1g", 1, 0)).contains("the cluster has no workers: start some");
    }

    @Test
    void aPageThatIsNoLeadersOrNoPageTellsNothing() throws IOException {
        assertThat(told(page("STANDBY"), "1g", 1, 0)).isEmpty();
        assertThat(told("<html>", "1g", 1, 0)).isEmpty();
        SparkConf nowhere = new SparkConf(false).set("spark.master.ui.port", "1");
        assertThat(StandaloneCluster.of("spark://127.0.0.1:7077", nowhere)).isEmpty();
        assertThat(StandaloneCluster.of("spark://:::", nowhere)).isEmpty();
        assertThat(StandaloneCluster.of("yarn", nowhere)).isEmpty();
    }

    private static Optional<String> told(String page, String memory, int cores, int gpus) throws IOException {
        HttpServer master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        master.createContext("/json/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        master.start();
        try {
            SparkConf settings = new SparkConf(false)
                    .set(
                            "spark.master.ui.port",
                            String.valueOf(master.getAddress().getPort()))
                    .set("spark.executor.memory", memory)
                    .set("spark.executor.cores", String.valueOf(cores))
                    .set("spark.executor.resource.gpu.amount", String.valueOf(gpus));
            return StandaloneCluster.of("spark://127.0.0.1:7077", settings)
                    .map(cluster -> cluster.against(AskedExecutor.of(settings)));
        } finally {
            master.stop(0);
        }
    }

    private static String page(String status, String... workers) {
        return "{\"workers\": [" + String.join(", ", workers) + "], \"status\": \"" + status + "\"}";
    }

    /** All of its GPUs are in use. */
    private static String worker(String state, int memory, int free, int cores, int freeCores, int gpus) {
        String addresses = Stream.iterate(0, gpu -> gpu + 1)
                .limit(gpus)
                .map(gpu -> "\"" + gpu + "\"")
                .collect(Collectors.joining(", "));
        return "{\"cores\": " + cores + ", \"coresfree\": " + freeCores + ", \"memory\": " + memory
                + ", \"memoryfree\": " + free + ", \"resources\": {\"gpu\": {\"name\": \"gpu\", \"addresses\": ["
                + addresses + "]}}, \"resourcesfree\": {\"gpu\": {\"name\": \"gpu\", \"addresses\": []}}, \"state\": \""
                + state + "\"}";
    }
}
