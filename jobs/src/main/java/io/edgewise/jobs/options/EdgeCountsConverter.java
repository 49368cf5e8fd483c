package io.edgewise.jobs.options;

import io.edgewise.circuit.EdgeCounts;
import io.edgewise.circuit.EdgeCounts.Rule;
import io.edgewise.circuit.EdgeCounts.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 0,10,100}, {@code 0.1%,1%}, {@code all}, {@code logarithmic}, {@code groups}, {@code mib} or {@code default}. */
public final class EdgeCountsConverter implements ITypeConverter<EdgeCounts> {
    @Override
    public EdgeCounts convert(String value) {
        for (Rule rule : Rule.values()) {
            if (rule.name().equals(value.toUpperCase(Locale.ROOT))) {
                return rule;
            }
        }
        List<Size> sizes = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            sizes.add(size(part.strip(), value));
        }
        return new EdgeCounts.Listed(sizes);
    }

    private static Size size(String part, String value) {
        try {
            if (part.endsWith("%")) {
                double percent = Double.parseDouble(part.substring(0, part.length() - 1));
                if (percent >= 0 && percent <= 100) {
                    return new Size.Share(percent / 100);
                }
            } else {
                return new Size.Edges(Integer.parseInt(part));
            }
        } catch (NumberFormatException e) {
            throw wanted(part, value, e);
        }
        throw wanted(part, value, null);
    }

    private static TypeConversionException wanted(String part, String value, @Nullable Throwable cause) {
        TypeConversionException wanted = new TypeConversionException("got \"" + part + "\" in " + value
                + "; wanted counts (0,10,100), shares (0.1%,1%), all, logarithmic, groups, mib or default");
        wanted.initCause(cause);
        return wanted;
    }
}
