package io.edgewise.jobs.options;

import java.time.Duration;
import org.apache.spark.network.util.JavaUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as Spark's settings have it: {@code 90}, {@code 90s}, {@code 10m}, {@code 2h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        try {
            long seconds = JavaUtils.timeStringAsSec(value);
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(wanted(value));
        }
        throw new TypeConversionException(wanted(value));
    }

    private static String wanted(String value) {
        return "got \"" + value + "\"; wanted a time such as 90s, 10m or 2h";
    }
}
