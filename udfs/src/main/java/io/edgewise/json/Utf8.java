package io.edgewise.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** A decoder of bytes that have to be UTF-8: it never replaces a character. A byte order mark is skipped. */
public final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /**
     * The text of bytes, without a byte order mark.
     *
     * @throws NotUtf8Exception where the bytes aren't UTF-8
     */
    public static String decode(byte[] bytes) throws NotUtf8Exception {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer unread = ByteBuffer.wrap(bytes);
        try {
            String text = strict.decode(unread).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new NotUtf8Exception(unread.position());
        }
    }

    /** A reader of a stream's text; reading throws {@link CharacterCodingException} where it isn't UTF-8. */
    static Reader reader(InputStream in) throws IOException {
        PushbackReader text = new PushbackReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    /** Whether UTF-8 can hold a text. It can't where half of a surrogate pair stands alone, as JSON's escapes allow. */
    public static boolean canHold(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
