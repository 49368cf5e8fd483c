package io.edgewise.json;

import java.nio.charset.CharacterCodingException;

/** Bytes that aren't UTF-8. The message says where; a caller puts the name of the file or field before it. */
public final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position of the first byte that isn't, from 0 */
    NotUtf8Exception(int position) {
        this.position = position;
    }

    @Override
    public String getMessage() {
        return "is not UTF-8 at byte " + position;
    }
}
