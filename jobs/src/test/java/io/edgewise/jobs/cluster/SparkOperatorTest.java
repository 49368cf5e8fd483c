package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.edgewise.jobs.Main;
import io.edgewise.jobs.command.EdgewiseCommand;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What Kubernetes' Spark operator is told agrees with the settings that {@code spark-submit} gets, and is a command. {@code .ci/kubernetes}
 * checks it against the operator's schemas.
 */
class SparkOperatorTest {
    private static final Path HOME = Path.of("..");
    private static final String SCHEDULED = "scheduled-study.yaml";
    private static final String GPU = "score-gpu.yaml";

    private static Map<String, Object> application(String name) throws IOException {
        Map<String, Object> resource = new Yaml().load(text("conf/kubernetes/" + name));
        Map<String, Object> spec = map(resource.get("spec"));
        return spec.containsKey("template") ? map(spec.get("template")) : spec;
    }

    @SuppressWarnings("unchecked") // as YAML has it
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static String text(String file) throws IOException {
        return Files.readString(HOME.resolve(file));
    }

    /** The settings of a file, those too that stand in it as suggestions. */
    private static Properties settings(String file) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(text("conf/spark/" + file).replaceAll("(?m)^# (?=spark\\.)", "")));
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {SCHEDULED, GPU})
    void itRunsACommandOfTheImage(String name) throws IOException {
        Map<String, Object> application = application(name);
        assertThat(application)
                .containsEntry("mainClass", Main.class.getName())
                .containsEntry("mainApplicationFile", "local:///opt/edgewise/edgewise.jar")
                .containsEntry("type", "Scala");
        assertThat(text("conf/spark/Dockerfile"))
                .contains("ARG SPARK_VERSION=" + application.get("sparkVersion") + "\n");
        String[] arguments = ((List<?>) application.get("arguments"))
                .stream().map(Object::toString).toArray(String[]::new);
        assertThat(arguments).contains("--resume");
        assertThatCode(() -> EdgewiseCommand.parser().parseArgs(arguments)).doesNotThrowAnyException();
    }

    @Test
    void theStudysSettingsAreThoseOfKubernetesAndPrometheus() throws IOException {
        Map<String, Object> application = application(SCHEDULED);
        Properties known = settings("kubernetes.conf");
        Properties prometheus = settings("prometheus.conf");
        assertThat(application).containsEntry("image", known.getProperty("spark.kubernetes.container.image"));
        Map<String, Object> given = map(application.get("sparkConf"));
        assertThat(given).containsAllEntriesOf(map(prometheus));
        prometheus.keySet().forEach(given::remove);
        known.remove("spark.executor.extraJavaOptions"); // the suggested one has more
        given.remove("spark.executor.extraJavaOptions");
        known.setProperty("spark.task.cpus", "1"); // the suggested one is for GPUs
        assertThat(given).hasSizeGreaterThan(4).allSatisfy((key, value) -> assertThat(known)
                .containsEntry(key, value));
        assertThat(map(map(application.get("driver")).get("annotations")))
                .containsEntry(
                        "prometheus.io/path", prometheus.get("spark.metrics.conf.*.sink.prometheusServlet.path") + "/");
    }

    @Test
    void gpusAreAskedForAsInKubernetesSettings() throws IOException {
        Properties known = settings("kubernetes.conf");
        Map<String, Object> given = map(application(GPU).get("sparkConf"));
        assertThat(Stream.of(
                        "spark.task.cpus",
                        "spark.executor.resource.gpu.amount",
                        "spark.executor.resource.gpu.vendor",
                        "spark.executor.resource.gpu.discoveryScript",
                        "spark.task.resource.gpu.amount",
                        "spark.executorEnv.PYTORCH_LIBRARY_PATH",
                        "spark.executorEnv.PYTORCH_VERSION",
                        "spark.executorEnv.PYTORCH_FLAVOR"))
                .allSatisfy(
                        key -> assertThat(given.get(key)).as(key).isNotNull().isEqualTo(known.get(key)));
    }
}
