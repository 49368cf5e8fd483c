package io.edgewise.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.edgewise.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A reader of untrusted JSON. It has to be UTF-8 and one whole value, may not name a field twice or nest deeper than {@value
 * #DEEPEST}, and keeps to Jackson's default bounds for texts and numbers, 20 million and 1000 characters.
 */
public final class StrictJson {
    private static final int DEEPEST = 64;

    private static final ObjectReader TREES = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Jackson's table of names refuses many that hash alike, by an exception that says nothing of JSON.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .reader();

    private static final ObjectReader WHOLE = TREES.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /** The one value of a text; a missing node where the text is empty. */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return WHOLE.readTree(text);
    }

    /**
     * A file of this host.
     *
     * @param mostBytes of a larger one nothing is read
     * @throws InputException where it isn't JSON or too large
     */
    public static JsonNode read(Path file, int mostBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, mostBytes, file.toString());
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * All of a stream.
     *
     * @param name what to call it in a message
     * @throws InputException where it isn't JSON or too large
     */
    public static JsonNode read(InputStream in, int mostBytes, String name) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes);
        if (in.read() >= 0) {
            throw new InputException(name + " has more than " + mostBytes + " bytes; such a file has far fewer");
        }
        try {
            return parse(Utf8.decode(bytes));
        } catch (JsonProcessingException e) {
            throw new InputException(name + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (NotUtf8Exception e) {
            throw new InputException(name + " " + e.getMessage(), e);
        }
    }

    /** A stream's tokens one at a time; its trees too, each the next value. Reading throws {@link CharacterCodingException} where it isn't UTF-8. */
    public static JsonParser parser(InputStream in) throws IOException {
        return TREES.createParser(Utf8.reader(in));
    }
}
