package io.edgewise.jobs.figure;

/** An estimate of a text's width, for whichever font the reader has. */
final class TextWidth {
    private static final double PER_CHARACTER = 0.59;
    private static final double PER_WIDE_CHARACTER = 1.1;
    /** The first of the scripts whose characters fill a square. */
    private static final int WIDE = 0x1100;

    private static final String CUT = "\u2026";

    private TextWidth() {}

    static double of(String text, double fontSize) {
        return fontSize
                * text.codePoints()
                        .mapToDouble(c -> c < WIDE ? PER_CHARACTER : PER_WIDE_CHARACTER)
                        .sum();
    }

    /** The text, or as much of its beginning as fits. */
    static String fit(String text, double fontSize, double room) {
        if (of(text, fontSize) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && of(text.substring(0, end) + CUT, fontSize) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + CUT;
    }
}
