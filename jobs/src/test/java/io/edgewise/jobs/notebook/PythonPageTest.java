package io.edgewise.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.EdgewiseCommand;
import io.edgewise.jobs.run.Failures;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python page and its module name methods and options that are there. A real PySpark runs the page in {@code .ci/python}. */
class PythonPageTest {
    private static final Map<String, Class<?>> RESULTS =
            Map.of("Scores", ScoredEdges.class, "Circuits", MeasuredCircuits.class, "Study", StudyResults.class);

    private static PythonPage page;

    @BeforeAll
    static void readThePage() throws IOException {
        page = PythonPage.read();
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    @Test
    void theModuleAsksJvmObjectsWhatTheyCanAnswer() {
        RESULTS.forEach((python, java) -> {
            List<String> body = page.inModule("^class " + python + "\\(_Results\\):\n(.*?)\n\n\n");
            assertThat(body).hasSize(1);
            List<String> asked = Pattern.compile("_asking\\(\"(\\w+)\"\\)|self\\._java.*\\)\\.(\\w+)\\(")
                    .matcher(body.get(0))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                    .toList();
            assertThat(methods(java)).hasSizeGreaterThan(3).containsAll(asked);
            assertThat(page.module()).contains("\"" + java.getSimpleName() + "\": " + python);
        });
        assertThat(page.inModule("_model\\(model\\).*?\\)\\.(\\w+)\\("))
                .containsExactly("score", "scored", "study")
                .allSatisfy(name -> assertThat(methods(Edgewise.class)).contains(name));
        assertThat(page.inModule("_jvm\\.([\\w.]+)"))
                .containsExactlyInAnyOrder(Failures.class.getName(), Edgewise.class.getName());
        assertThat(methods(Failures.class)).containsAll(page.inModule("failures\\.([a-z]+)\\("));
    }

    @Test
    void thePageCallsWhatTheModuleHas() {
        TreeSet<String> there = new TreeSet<>(page.inModule("^ *(?:def )?([a-z]\\w*)(?: =|\\()"));
        List<String> called =
                page.found("\\b(?:edgewise|scores|circuits|study|study\\.circuits\\([^)]*\\))\\.([a-z]\\w*)\\(");
        assertThat(called).contains("score", "sweep", "study", "edges", "measurements", "circuit_html");
        assertThat(there).containsAll(called);
    }

    /** Arguments by name stand alone or at the end of a line. */
    @ParameterizedTest
    @ValueSource(strings = {"edgewise.score", "scores.sweep", "edgewise.study"})
    void argumentsAreOptionsOfTheCommand(String call) {
        String command = call.substring(call.indexOf('.') + 1);
        List<String> arguments = page.found("\\b" + call.replace(".", "\\.") + "\\((.*?)\\)\n").stream()
                .flatMap(given -> Pattern.compile("\\b(\\w+)=").matcher(given).results())
                .map(match -> "--" + match.group(1).replace('_', '-'))
                .toList();
        assertThat(arguments).hasSizeGreaterThan(1);
        assertThat(EdgewiseCommand.parser()
                        .getSubcommands()
                        .get(command)
                        .getCommandSpec()
                        .optionsMap())
                .containsKeys(arguments.toArray(String[]::new));
    }
}
