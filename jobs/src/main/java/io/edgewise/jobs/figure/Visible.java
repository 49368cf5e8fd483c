package io.edgewise.jobs.figure;

/** A conversion of any text to one that XML can hold and readers can see: tokens may contain line ends and other invisible characters. */
final class Visible {
    private static final int FIRST_PRINTED = 0x20;
    private static final int DELETE = 0x7F;
    private static final int LAST_CONTROL = 0x9F;
    /** The first of Unicode's pictures of control characters. */
    private static final int PICTURES = 0x2400;

    private static final int DELETE_PICTURE = 0x2421;
    private static final int UNKNOWN = 0xFFFD;
    private static final int LAST_OF_PLANE = 0xFFFD;

    private Visible() {}

    static String text(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().map(Visible::character).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static int character(int c) {
        if (c < FIRST_PRINTED) {
            return PICTURES + c;
        }
        if (c == DELETE) {
            return DELETE_PICTURE;
        }
        boolean control = c > DELETE && c <= LAST_CONTROL;
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean noCharacter = (c & 0xFFFF) > LAST_OF_PLANE;
        return control || half || noCharacter ? UNKNOWN : c;
    }
}
