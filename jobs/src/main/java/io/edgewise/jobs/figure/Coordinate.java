package io.edgewise.jobs.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of the drawing: hundredths of a pixel, the same text in every locale. */
final class Coordinate {
    private static final int DIGITS = 2;

    private Coordinate() {}

    static String text(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DIGITS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
