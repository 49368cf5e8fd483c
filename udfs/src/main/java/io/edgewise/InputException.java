package io.edgewise;

/**
 * An error in something the user gave. The message is one line: what was wanted, what was given, where, and what to do. The command prints
 * it and exits with status 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
