package io.edgewise.metric;

import java.io.Serializable;

/**
 * The axes on which a metric's curve over circuit sizes is drawn and the area under it is taken.
 *
 * @param logX sizes are on a logarithmic axis
 * @param logY values are on a logarithmic axis
 * @param yMin smaller values count as this one; above zero where {@code logY}, else unused
 */
public record CurveAxes(boolean logX, boolean logY, double yMin) implements Serializable {
    public CurveAxes {
        if (logY && !(yMin > 0)) {
            throw new IllegalArgumentException("A logarithmic axis begins above zero, got " + yMin);
        }
    }

    /** Neither is logarithmic. */
    public static final CurveAxes LINEAR = new CurveAxes(false, false, 0);

    /** Sizes logarithmic, values not. */
    static CurveAxes logSizes() {
        return new CurveAxes(true, false, 0);
    }

    /** Both logarithmic. */
    static CurveAxes logBoth(double yMin) {
        return new CurveAxes(true, true, yMin);
    }
}
