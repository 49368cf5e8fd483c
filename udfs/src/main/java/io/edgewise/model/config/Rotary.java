package io.edgewise.model.config;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Positions by rotation (Su et al. 2021): dimension i of a query or key and dimension i + width/2 are rotated together, by an angle of the
 * position times {@code theta^(-2i/width)}.
 *
 * @param width how many of a head's dimensions are rotated; they are its first ones
 * @param theta the base of the wavelengths
 * @param stretch how wavelengths are stretched; null for not at all
 */
public record Rotary(int width, double theta, @Nullable Stretch stretch) implements Serializable {

    /** A rule that lowers frequencies, so that a model can read longer texts than it was trained on. */
    public sealed interface Stretch extends Serializable {
        double of(double frequency);

        /** All by one factor. */
        record Linear(double factor) implements Stretch {
            @Override
            public double of(double frequency) {
                return frequency / factor;
            }
        }

        /**
         * Llama 3's: wavelengths longer than {@code originalPositions / lowFactor} by the factor, those shorter than {@code
         * originalPositions / highFactor} not at all, and smoothly between.
         */
        record Llama3(double factor, double lowFactor, double highFactor, double originalPositions) implements Stretch {
            @Override
            public double of(double frequency) {
                double wavelength = 2 * Math.PI / frequency;
                if (wavelength < originalPositions / highFactor) {
                    return frequency;
                }
                if (wavelength > originalPositions / lowFactor) {
                    return frequency / factor;
                }
                double smooth = (originalPositions / wavelength - lowFactor) / (highFactor - lowFactor);
                return (1 - smooth) * frequency / factor + smooth * frequency;
            }
        }
    }

    /** The angle by which each pair of dimensions rotates from one position to the next. */
    public double[] frequencies() {
        return IntStream.range(0, width / 2)
                .mapToDouble(pair -> Math.pow(theta, -2.0 * pair / width))
                .map(frequency -> stretch == null ? frequency : stretch.of(frequency))
                .toArray();
    }
}
