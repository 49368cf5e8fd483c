package io.edgewise.prompt;

import io.edgewise.json.NotUtf8Exception;
import io.edgewise.json.Utf8;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The JSON text of a prompt, not yet parsed.
 *
 * @param json an object with {@code clean}, {@code corrupt}, {@code answers} and {@code wrong_answers}; only its beginning where it is too
 *     long, with U+FFFD where bytes aren't UTF-8
 * @param fault why it can't be used; null where that isn't known yet
 */
public record PromptText(String json, @Nullable String fault) implements Serializable {
    /** The length of the longest prompt that is read. */
    public static final int MOST_BYTES = 1 << 25;

    private static final int BEGINNING = 1000;

    public static PromptText of(String json) {
        return json.length() > MOST_BYTES ? tooLong(json, json.length() + " characters") : new PromptText(json, null);
    }

    private static PromptText tooLong(String json, String length) {
        return new PromptText(
                json.substring(0, Math.min(json.length(), BEGINNING)),
                "has " + length + "; a prompt has at most " + MOST_BYTES);
    }

    /**
     * The text of a line or a file, or the reason why it can't be used.
     *
     * @param bytes all of its bytes, or more than {@link #MOST_BYTES} of them
     * @param length how many bytes there are
     */
    public static PromptText of(byte[] bytes, long length) {
        if (length > MOST_BYTES) {
            return tooLong(new String(Arrays.copyOf(bytes, BEGINNING), StandardCharsets.UTF_8), length + " bytes");
        }
        try {
            return of(Utf8.decode(bytes));
        } catch (NotUtf8Exception e) {
            return new PromptText(new String(bytes, StandardCharsets.UTF_8), e.getMessage());
        }
    }
}
