package io.edgewise.safetensors;

/** A fault in a safetensors header. The reader adds the file's name to the message and reports it to the user in one line. */
final class MalformedHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedHeaderException(String message) {
        super(message);
    }
}
