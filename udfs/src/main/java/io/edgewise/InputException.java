package io.edgewise;

/**
 * Something the user gave can't be used. The message is one line that says what was wanted, what came, where and what to
 * do; the command prints it and exits with status 2.
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
