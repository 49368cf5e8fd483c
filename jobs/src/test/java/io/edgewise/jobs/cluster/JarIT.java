package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.Main;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.ScoreCommandTest;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.jobs.score.ScoreMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that was built, started by {@code ./edgewise} in a JVM of its own, as a user does. */
class JarIT {
    private static final Path SCRIPT = Path.of("../edgewise").toAbsolutePath().normalize();

    @TempDir
    private Path temporary;

    @Tag("slow")
    @Test
    void theJarScoresSweepsAndReportsAndGivesTheSameBytesAsTheClasses() throws Exception {
        String scores = temporary.resolve("scores").toString();
        String sweep = temporary.resolve("sweep").toString();
        String[] options = {
            "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--limit", "6", "--batch-size", "2"
        };
        assertThat(edgewise("score", options, "--out", scores, "--master", "local[2]"))
                .isEqualTo(0);
        ProcessBuilder held = command(CommandRun.with(
                CommandRun.with(new String[] {"sweep"}, options),
                "--scores",
                scores,
                "--edge-counts",
                "0,20,262",
                "--out",
                sweep));
        held.environment().put("EDGEWISE_REPRODUCIBLE", "1");
        assertThat(ended(held)).isZero();
        assertHeldToOneInstructionSet(ScoreCommandTest.manifest(temporary.resolve("sweep")));
        Path page = temporary.resolve("report.html");
        assertThat(edgewise("report", new String[0], "--scores", scores, "--sweep", sweep, "--out", page.toString()))
                .isEqualTo(0);
        assertThat(page).content(StandardCharsets.UTF_8).contains("Resid Start", "echarts");

        Path inProcess = temporary.resolve("in-process");
        List<String> args = new ArrayList<>(List.of("score"));
        args.addAll(List.of(options));
        args.addAll(List.of("--out", inProcess.toString()));
        assertThat(CommandRun.of(args.toArray(new String[0])).status()).isZero();
        assertThat(inProcess.resolve(ScoreFile.NAME))
                .hasSameBinaryContentAs(temporary.resolve("scores").resolve(ScoreFile.NAME));
    }

    /** Class-data sharing: with {@code -Xshare:on} Java refuses an archive that doesn't fit it and its class path. */
    @Tag("slow")
    @Test
    void aCommandLeavesAnArchiveOfItsClassesThatLaterOnesStartFrom() throws Exception {
        String[] options = {"--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--limit", "2"};
        for (String name : List.of("first", "second")) {
            assertThat(edgewise(
                            "score", options, "--out", temporary.resolve(name).toString()))
                    .isZero();
        }
        assertThat(temporary.resolve("second").resolve(ScoreFile.NAME))
                .hasSameBinaryContentAs(temporary.resolve("first").resolve(ScoreFile.NAME));
        List<String> line = new ArrayList<>(List.of("bash", "-x"));
        line.addAll(command("--version").command());
        ProcessBuilder traced = new ProcessBuilder(line);
        traced.environment().remove("SPARK_HOME");
        String trace = new String(traced.start().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String archive = Pattern.compile("-XX:SharedArchiveFile=(\\S+\\.jsa)")
                .matcher(trace)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        String classPath = Path.of("target/edgewise.jar").toAbsolutePath().normalize() + ":"
                + Files.readString(Path.of("target/spark.classpath"));
        assertThat(ended(new ProcessBuilder(
                                "java", "-Xshare:on", "-XX:SharedArchiveFile=" + archive, "-cp", classPath, "-version")
                        .inheritIO()))
                .isZero();
    }

    private static void assertHeldToOneInstructionSet(JsonNode manifest) {
        assertThat(manifest.at("/hardware/reproducible").asBoolean()).isTrue();
        assertThat(manifest.at("/hardware/vector_instructions").asText()).isEqualTo("AVX2");
    }

    @Test
    void wrongInputExitsWithTwo() throws Exception {
        assertThat(edgewise(
                        "inspect",
                        new String[0],
                        "--model",
                        temporary.resolve("nosuch").toString()))
                .isEqualTo(2);
    }

    @Test
    void variablesAreOneOrZero() throws Exception {
        for (String variable : List.of("EDGEWISE_REPRODUCIBLE", "EDGEWISE_PROMETHEUS")) {
            ProcessBuilder process = command("--version");
            process.environment().put(variable, "yes");
            assertThat(ended(process)).isEqualTo(2);
        }
    }

    /** Commands are read where PyTorch isn't loaded yet, or is never. */
    @Test
    void everyMethodIsReadWithoutPyTorch() throws Exception {
        List<String> options = new ArrayList<>(List.of("--model", CommandRun.MODEL));
        for (ScoreMethod method : ScoreMethod.values()) {
            if (method != ScoreMethod.GROUND_TRUTH) {
                options.addAll(List.of("--method", method.name().toLowerCase(Locale.ROOT)));
            }
        }
        String missing = temporary.resolve("missing.json").toString();
        assertThat(edgewise(
                        "study",
                        options.toArray(String[]::new),
                        "--prompts",
                        missing,
                        "--circuit-size",
                        "10",
                        "--circuit-sizes",
                        "10",
                        "--out",
                        temporary.resolve("out").toString()))
                .isEqualTo(2);
    }

    /** All of the whole jar but PyTorch's libraries: with those beside it, it does what the whole one does. */
    @Test
    void theThinJarLacksPyTorchsLibrariesAlone() throws IOException {
        Set<String> whole = entries("edgewise.jar");
        Set<String> thin = entries("edgewise-thin.jar");
        assertThat(thin)
                .contains(
                        "io/edgewise/jobs/Main.class",
                        "io/edgewise/model/torch/Autograd.class",
                        "io/edgewise/shaded/gson/Gson.class",
                        "META-INF/services/ai.djl.engine.EngineProvider",
                        "jnilib/linux-x86_64/cpu/libdjl_torch.so",
                        "native/lib/linux-x86_64/cpu/libtokenizers.so")
                .noneMatch(name -> name.startsWith("com/google/gson/") || name.startsWith("org/apache/spark/"));
        assertThat(whole).containsAll(thin);
        whole.removeAll(thin);
        assertThat(whole)
                .contains("pytorch/cpu/linux-x86_64/libtorch_cpu.so", "native/lib/pytorch.properties")
                .allMatch(name -> name.startsWith("pytorch/")
                        || name.equals("native/lib/pytorch.properties")
                        || name.startsWith("META-INF/native-image/ai/djl/pytorch/pytorch-native/"));
        assertThat(Files.size(Path.of("target/edgewise-thin.jar"))).isLessThan(40_000_000);
    }

    @Test
    void theThinJarAloneSaysWhatItLacks() throws IOException, InterruptedException {
        String classPath = "target/edgewise-thin.jar:" + Files.readString(Path.of("target/spark.classpath"));
        ProcessBuilder process = new ProcessBuilder(
                "java",
                "-cp",
                classPath,
                "io.edgewise.jobs.Main",
                "bench",
                "--model",
                CommandRun.MODEL,
                "--rounds",
                "1");
        process.environment()
                .put("DJL_CACHE_DIR", temporary.resolve("no-libraries").toString());
        Process started = process.start();
        String complaints = new String(started.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(started.exitValue()).as(complaints).isEqualTo(2);
        assertThat(complaints.lines().filter(line -> line.startsWith("edgewise: ")))
                .singleElement()
                .asString()
                .contains("PyTorch's libraries could not be loaded", "--jars", "PYTORCH_LIBRARY_PATH");
    }

    private static Set<String> entries(String jar) throws IOException {
        try (JarFile file = new JarFile(Path.of("target", jar).toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(Main.class.getName());
            return file.stream().map(JarEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static int edgewise(String command, String[] options, String... more)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(options));
        line.addAll(List.of(more));
        return ended(command(line.toArray(String[]::new)));
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(line).inheritIO();
        process.environment().remove("SPARK_HOME");
        return process;
    }

    private static int ended(ProcessBuilder process) throws IOException, InterruptedException {
        Process started = process.start();
        assertThat(started.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return started.exitValue();
    }
}
