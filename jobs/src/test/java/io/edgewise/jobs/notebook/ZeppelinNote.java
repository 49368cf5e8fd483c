package io.edgewise.jobs.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The note that is imported into Zeppelin. */
record ZeppelinNote(JsonNode json) {

    static ZeppelinNote read() throws IOException {
        return new ZeppelinNote(new ObjectMapper()
                .readTree(Path.of("../conf/zeppelin/circuits.zpln").toFile()));
    }

    List<JsonNode> paragraphs() {
        return StreamSupport.stream(json.get("paragraphs").spliterator(), false).toList();
    }

    /** The paragraphs of an interpreter, as {@code %spark}. */
    List<JsonNode> paragraphs(String interpreter) {
        return paragraphs().stream()
                .filter(paragraph -> paragraph.get("text").asText().startsWith(interpreter + "\n"))
                .toList();
    }

    /** What a paragraph says to its interpreter. */
    static String body(JsonNode paragraph) {
        String text = paragraph.get("text").asText();
        return text.substring(text.indexOf('\n') + 1);
    }

    /** The columns that a paragraph's charts show. */
    static List<String> charted(JsonNode paragraph) {
        return paragraph.at("/config/results").findValues("graph").stream()
                .flatMap(graph -> graph.findValuesAsText("name").stream())
                .toList();
    }
}
