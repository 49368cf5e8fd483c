package io.edgewise.safetensors;

/** What is wrong with a safetensors header; the reader adds the file's name and makes it the user's one line. */
final class MalformedHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedHeaderException(String message) {
        super(message);
    }
}
