package io.edgewise.jobs.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share, {@code 5%} or {@code 0.05}. */
final class ShareConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
        try {
            boolean isPercent = value.endsWith("%");
            double share = isPercent
                    ? Double.parseDouble(value.substring(0, value.length() - 1)) / 100
                    : Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(wanted(value));
        }
        throw new TypeConversionException(wanted(value));
    }

    private static String wanted(String value) {
        return "got \"" + value + "\"; wanted a share from 0 to 1, or 0% to 100%";
    }
}
