package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the image's recipe names is there once the build is done, and agrees with the settings that run it. No image is built. */
class ImageIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String PLACE = "/opt/edgewise";

    private static List<String> instructions;
    private static String settings;

    @BeforeAll
    static void read() throws IOException {
        String recipe =
                text("conf/spark/Dockerfile").replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n *", "");
        instructions = recipe.lines().filter(line -> !line.isBlank()).toList();
        settings = text("conf/spark/kubernetes.conf");
    }

    @Test
    void everythingThatIsCopiedIsThereAndGoesToTheBuild() throws IOException {
        List<String> sent = text("conf/spark/Dockerfile.dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> sources = copies().flatMap(words -> words.subList(0, words.size() - 1).stream())
                .toList();
        assertThat(sources)
                .contains("jobs/target/edgewise.jar", "jobs/target/edgewise-thin.jar")
                .allSatisfy(source -> {
                    assertThat(HOME.resolve(source)).exists();
                    assertThat(sent).anyMatch(allowed -> source.equals(allowed) || source.startsWith(allowed + "/"));
                });
        assertThat(sent).allSatisfy(allowed -> assertThat(HOME.resolve(allowed)).exists());
    }

    @Test
    void whatTheSettingsNameInTheImageIsThere() throws IOException {
        List<String> here = new ArrayList<>();
        copies().forEach(words -> {
            String target = words.get(words.size() - 1);
            words.subList(0, words.size() - 1)
                    .forEach(source -> here.add(
                            target.endsWith("/") ? target + Path.of(source).getFileName() : target));
        });
        List<String> named =
                found(PLACE + "/[\\w./-]+", settings).map(MatchResult::group).toList();
        assertThat(named)
                .contains(PLACE + "/edgewise.jar", PLACE + "/conf/spark/discover-gpus.sh")
                .allSatisfy(name -> assertThat(here).contains(name));
        assertThat(settings)
                .containsPattern("spark.kubernetes.container.image +"
                        + only("docker build .* -t (\\S+) ", text("conf/spark/Dockerfile")));
    }

    @Test
    void versionsAreThoseOfTheBuildAndMemorySettingsThoseOfTheCommand() throws IOException {
        String build = text("pom.xml");
        String spark = only("<spark.version>([^<]+)<", build.substring(0, build.indexOf("<profiles>")));
        String scala = only("<scala.binary.version>([^<]+)<", build.substring(0, build.indexOf("<profiles>")));
        assertThat(instructions)
                .contains("ARG SPARK_VERSION=" + spark)
                .contains("ARG SPARK_TAG=${SPARK_VERSION}-scala" + scala + "-java17-ubuntu");
        String environment =
                instructions.stream().filter(line -> line.startsWith("ENV ")).collect(Collectors.joining());
        assertThat(environment).contains("PYTORCH_VERSION=" + only("<pytorch.version>([^<]+)<", build) + " ");
        assertThat(found("(MALLOC_\\w+)=\\$\\{\\w+:-(\\d+)}", text("edgewise")))
                .hasSize(3)
                .allSatisfy(set -> assertThat(environment).contains(set.group(1) + "=" + set.group(2)));
    }

    @Test
    void itRunsAsTheStockImagesUser() {
        assertThat(instructions).filteredOn(line -> line.startsWith("USER ")).containsExactly("USER 185");
        assertThat(instructions)
                .filteredOn(line -> line.startsWith("FROM "))
                .hasSize(2)
                .allMatch(line -> line.startsWith("FROM apache/spark:${SPARK_TAG}"));
    }

    /** Sources and then the target of what is copied from the build's own files. */
    private static Stream<List<String>> copies() {
        return instructions.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .map(line -> Arrays.asList(line.substring("COPY ".length()).split(" +")));
    }

    private static String only(String pattern, String text) {
        return found(pattern, text).findFirst().orElseThrow().group(1);
    }

    private static Stream<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private static String text(String file) throws IOException {
        return Files.readString(HOME.resolve(file));
    }
}
