package io.edgewise.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The note is one that Zeppelin can import, and says what Edgewise knows. A real spark-shell runs it in {@code .ci/zeppelin}. */
class ZeppelinNoteTest {
    private static final Set<String> OTHERS = Set.of(
            "notebook",
            "env",
            "getOrElse",
            "textbox",
            "select",
            "toString",
            "toLong",
            "edgewise",
            "jobs",
            "Edgewise",
            "createOrReplaceTempView");

    private static ZeppelinNote note;

    @BeforeAll
    static void readTheNote() throws Exception {
        note = ZeppelinNote.read();
    }

    @Test
    void everyParagraphHasWhatZeppelinWantsAndWasNeverRun() {
        assertThat(note.json().get("name").asText()).isNotBlank();
        assertThat(note.json().get("id").asText()).matches("[0-9A-Z]{9}");
        assertThat(note.paragraphs()).hasSizeGreaterThan(5).allSatisfy(paragraph -> {
            assertThat(paragraph.get("status").asText()).isEqualTo("READY");
            assertThat(paragraph.at("/config/enabled").asBoolean()).isTrue();
            assertThat(paragraph.at("/config/editorSetting/language").asText())
                    .isIn("text", "markdown", "scala", "sql");
            assertThat(paragraph.at("/settings/params").isObject()).isTrue();
            assertThat(paragraph.at("/settings/forms").isObject()).isTrue();
            assertThat(paragraph.has("results")).isFalse();
        });
        assertThat(note.paragraphs())
                .extracting(paragraph -> paragraph.get("id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void theFirstParagraphSaysWhichSparkAndWhichJar() {
        JsonNode first = note.paragraphs().get(0);
        assertThat(first.get("text").asText())
                .startsWith("%spark.conf\n")
                .contains("\nspark.master ", "\nspark.submit.deployMode ", "\nspark.jars jobs/target/edgewise.jar\n");
    }

    @Test
    void methodsThatItCallsAreThere() {
        Set<String> known = Stream.of(Edgewise.class, ScoredEdges.class, MeasuredCircuits.class)
                .flatMap(type -> Stream.of(type.getMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());
        known.addAll(OTHERS);
        List<String> called = note.paragraphs("%spark").stream()
                .map(ZeppelinNote::body)
                .map(code -> code.replaceAll("\"[^\"]*\"", "\"\""))
                .flatMap(code -> Pattern.compile("\\.([a-zA-Z]+)").matcher(code).results())
                .map(match -> match.group(1))
                .toList();
        assertThat(called).contains("model", "prompts", "score", "sweep", "circuitHtml");
        assertThat(known).containsAll(called);
    }

    /** The interpreter reads line by line: a line that begins with a dot would come too late. */
    @Test
    void noLineGoesOnWithADot() {
        assertThat(note.paragraphs("%spark"))
                .allSatisfy(paragraph -> assertThat(ZeppelinNote.body(paragraph).lines())
                        .noneMatch(line -> line.strip().startsWith(".")));
    }

    @Test
    void theCurveIsALineAndTheStrongestEdgesAreBars() {
        assertThat(note.paragraphs("%spark.sql"))
                .extracting(paragraph ->
                        paragraph.at("/config/results/0/graph/mode").asText())
                .contains("lineChart", "multiBarChart");
    }
}
