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
 * A reader of untrusted JSON. The JSON must be UTF-8 and one whole value. It may not name a field twice or nest deeper than
 * {@value #DEEPEST}. Texts and numbers keep to Jackson's default bounds, 20 million and 1000 characters.
 */
public final class StrictJson {
    private static final int DEEPEST = 64;

    private static final ObjectReader TREES = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Jackson's table of names refuses many names with equal hashes, by an exception that doesn't
                    // mention JSON.
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
     * Reads a file of this host.
     *
     * @param mostBytes the largest size; a larger file isn't read at all
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
     * Reads a whole stream.
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

    /**
     * A parser of a stream, which gives one token at a time, or the next value as a tree. Reading throws {@link CharacterCodingException}
     * where it isn't UTF-8.
     */
    public static JsonParser parser(InputStream in) throws IOException {
        return TREES.createParser(Utf8.reader(in));
    }
}
