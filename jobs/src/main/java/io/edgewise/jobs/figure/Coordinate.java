package io.edgewise.jobs.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of the drawing: tenths of a pixel, the same text in every locale. */
final class Coordinate {
    private static final int DIGITS = 1;

    private Coordinate() {}

    static String text(double value) {
        return decimal(value).stripTrailingZeros().toPlainString();
    }

    static double rounded(double value) {
        return decimal(value).doubleValue();
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
    }
}
