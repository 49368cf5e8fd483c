package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.command.EdgewiseCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Airflow's DAG passes what the commands know. Airflow itself runs it in {@code .ci/airflow}. */
class EdgewiseDagTest {
    private static final Path DAG = Path.of("../conf/airflow/edgewise_dag.py");
    private static final Pattern OPTION = Pattern.compile("\"(--[a-z-]+)\"");

    /** What makes command lines in the DAG, without Airflow. */
    private static final String LINES =
            """
            import ast, json, sys
            tree = ast.parse(open(sys.argv[1]).read())
            makers = [part for part in tree.body
                if isinstance(part, ast.FunctionDef) and part.name in ("score", "sweep", "shared", "report")]
            dag = {}
            exec(compile(ast.Module(makers, []), sys.argv[1], "exec"), dag)
            params = dict(model="model", method="mask_gradient", integrated_grad_samples=8, limit=128, batch_size=32,
                edge_counts="0,10,100", overwrite=True)
            print(json.dumps([dag["score"](params, "prompts.json", "out"), dag["sweep"](params, "prompts.json", "out"),
                dag["report"]("ioi", "out")]))
            """;

    @ParameterizedTest
    @ValueSource(strings = {"score", "sweep", "report"})
    void everyOptionIsOneOfTheCommandAndNoneThatItWantsIsMissing(String command) throws Exception {
        List<OptionSpec> known = spec(command).options();
        TreeSet<String> passed = new TreeSet<>(options(function(command)));
        if (!command.equals("report")) {
            passed.addAll(options(function("shared")));
        }
        assertThat(known).flatExtracting(option -> List.of(option.names())).containsAll(passed);
        assertThat(known).filteredOn(EdgewiseDagTest::isWanted).allSatisfy(option -> assertThat(option.names())
                .containsAnyElementsOf(passed));
    }

    @Test
    void optionsStandNowhereElse() throws Exception {
        String lines = function("score") + function("sweep") + function("shared") + function("report");
        assertThat(options(Files.readString(DAG))).hasSameSizeAs(options(lines));
    }

    @Test
    void methodsAreThoseOfScore() throws Exception {
        String list = Files.readString(DAG)
                .lines()
                .filter(line -> line.startsWith("METHODS = "))
                .findFirst()
                .orElseThrow();
        List<String> methods = Pattern.compile("\"([a-z_]+)\"")
                .matcher(list)
                .results()
                .map(match -> match.group(1).toUpperCase(Locale.ROOT))
                .toList();
        assertThat(methods).hasSizeGreaterThan(1);
        Object[] known = spec("score").findOption("--method").type().getEnumConstants();
        assertThat(Arrays.stream(known).map(Object::toString)).containsAll(methods);
    }

    @Test
    void theCommandsReadTheLinesThatItMakes() throws Exception {
        assumeThat(python("-c", "")).as("python3 is there").isNotNull();
        String made = python("-c", LINES, DAG.toString());
        JsonNode lines = new ObjectMapper().readTree(made);
        assertThat(lines).hasSize(3);
        for (JsonNode line : lines) {
            String[] words = StreamSupport.stream(line.spliterator(), false)
                    .map(JsonNode::asText)
                    .toArray(String[]::new);
            EdgewiseCommand.parser().parseArgs(words);
        }
    }

    @Test
    void airflowReadsIt() throws Exception {
        assumeThat(python("-c", "import airflow.providers.apache.spark"))
                .as("Airflow is there")
                .isNotNull();
        assertThat(python(DAG.toString())).isNotNull();
    }

    /** Options of a group are wanted where the group is. */
    private static boolean isWanted(OptionSpec option) {
        return option.required()
                && (option.group() == null || option.group().multiplicity().min() > 0);
    }

    private static String function(String name) throws IOException {
        return Pattern.compile("(?s)\\ndef " + name + "\\(.*?(?=\\n\\n\\n)")
                .matcher(Files.readString(DAG))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> options(String text) {
        return OPTION.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** What python3 says on stdout; null where it fails or isn't there. */
    private static @Nullable String python(String... arguments) throws InterruptedException {
        try {
            Process python = new ProcessBuilder(CommandRun.with(new String[] {"python3"}, arguments))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return python.waitFor() == 0 ? said : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static CommandSpec spec(String command) {
        return EdgewiseCommand.parser().getSubcommands().get(command).getCommandSpec();
    }
}
