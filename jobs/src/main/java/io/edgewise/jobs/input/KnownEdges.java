package io.edgewise.jobs.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.json.NotUtf8Exception;
import io.edgewise.json.StrictJson;
import io.edgewise.json.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A known circuit, read from a file with one edge name per line: {@code A0.3->A1.2.Q}, or, at one token position, {@code A0.3->A1.2.Q[5]}.
 * Lines that begin with # are comments. The file may also be JSON: a list of such names, or of pairs of a name and a position or null.
 */
public final class KnownEdges {
    private static final int MOST_BYTES = 1 << 25;

    private KnownEdges() {}

    /**
     * The names in a file.
     *
     * @throws InputException where the file isn't there or isn't a list of edges
     */
    public static List<String> read(String uri) {
        String text = text(uri);
        List<String> edges = text.stripLeading().startsWith("[") ? ofJson(text, uri) : ofLines(text);
        if (edges.isEmpty()) {
            throw new InputException(
                    "No edges in " + uri + "; --known-edges wants one edge name per line, A0.3->A1.2.Q");
        }
        return edges;
    }

    private static String text(String uri) {
        Path path = Hadoop.qualified(uri);
        try {
            if (!Hadoop.fileSystem(path).exists(path)) {
                throw new InputException("No such file of known edges: " + uri);
            }
            try (InputStream in = Hadoop.fileSystem(path).open(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new InputException(uri + " is larger than " + MOST_BYTES + " bytes; a list of edges isn't");
                }
                return Utf8.decode(bytes);
            }
        } catch (NotUtf8Exception e) {
            throw new InputException(uri + " " + e.getMessage() + "; --known-edges wants one edge name per line", e);
        } catch (IOException e) {
            throw new InputException("Could not read " + uri + ": " + e.getMessage(), e);
        }
    }

    private static List<String> ofLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static List<String> ofJson(String text, String uri) {
        try {
            List<String> edges = new ArrayList<>();
            for (JsonNode edge : StrictJson.parse(text)) {
                edges.add(name(edge, uri));
            }
            return edges;
        } catch (JsonProcessingException e) {
            throw new InputException("Not JSON: " + uri + ", " + e.getOriginalMessage(), e);
        }
    }

    private static String name(JsonNode edge, String uri) {
        if (edge.isTextual()) {
            return edge.asText();
        }
        JsonNode position = edge.path(1);
        if (edge.size() == 2 && edge.path(0).isTextual() && (position.isNull() || position.isIntegralNumber())) {
            return edge.get(0).asText() + (position.isNull() ? "" : "[" + position.asText() + "]");
        }
        throw new InputException(uri + " has " + edge + "; wanted an edge name, or a list of a name and a position");
    }
}
