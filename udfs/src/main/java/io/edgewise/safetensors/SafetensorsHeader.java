package io.edgewise.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.json.NotUtf8Exception;
import io.edgewise.json.StrictJson;
import io.edgewise.json.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked as untrusted input: the tensors must follow one another and fill the file, without overlaps,
 * and without holes that could hide something else.
 *
 * @param tensors by name, in the header's order
 * @param dataOffset where in the file the tensors' bytes begin
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, long dataOffset) {
    static final int LENGTH_BYTES = 8;

    /** The longest header that is read; headers of the largest models have a few million bytes. */
    private static final long LONGEST = 1 << 24;

    /** Checks the length that the first eight bytes give. */
    static int checkedLength(long length, long fileBytes) {
        if (length < 2 || length > fileBytes - LENGTH_BYTES) {
            throw new MalformedHeaderException("says that its header has " + Long.toUnsignedString(length)
                    + " bytes, but the file has " + fileBytes);
        }
        if (length > LONGEST) {
            throw new MalformedHeaderException("has a header of " + length + " bytes; wanted at most " + LONGEST);
        }
        return (int) length;
    }

    static SafetensorsHeader parse(byte[] header, long fileBytes) {
        long dataOffset = LENGTH_BYTES + (long) header.length;
        JsonNode root;
        try {
            root = StrictJson.parse(Utf8.decode(header));
        } catch (NotUtf8Exception e) {
            throw new MalformedHeaderException("has a header that " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw new MalformedHeaderException("has a header that is not JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new MalformedHeaderException("has a header that is not a JSON object");
        }
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            if (!field.getKey().equals("__metadata__")) {
                tensors.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        });
        checkLayout(tensors, fileBytes - dataOffset);
        return new SafetensorsHeader(Map.copyOf(tensors), dataOffset);
    }

    private static TensorEntry entry(String name, JsonNode node) {
        JsonNode offsets = node.path("data_offsets");
        JsonNode shape = node.path("shape");
        boolean wellFormed = node.path("dtype").isTextual()
                && shape.isArray()
                && offsets.isArray()
                && offsets.size() == 2
                && isLong(offsets.get(0))
                && isLong(offsets.get(1));
        if (!wellFormed) {
            throw new MalformedHeaderException("has no dtype, shape or data_offsets for tensor " + name);
        }
        List<Long> axes = new ArrayList<>();
        for (JsonNode axis : shape) {
            if (!isLong(axis)) {
                throw new MalformedHeaderException("gives tensor " + name + " the shape " + shape);
            }
            axes.add(axis.asLong());
        }
        return new TensorEntry(
                name,
                TensorType.parse(node.get("dtype").asText()),
                axes,
                offsets.get(0).asLong(),
                offsets.get(1).asLong());
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static void checkLayout(Map<String, TensorEntry> tensors, long dataBytes) {
        long end = 0;
        for (TensorEntry tensor : tensors.values().stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList()) {
            if (tensor.end() > dataBytes) {
                throw new MalformedHeaderException("is cut off: tensor " + tensor.name() + " ends at byte "
                        + tensor.end() + " of the data, which has " + dataBytes);
            }
            if (tensor.begin() != end) {
                throw new MalformedHeaderException(
                        (tensor.begin() < end ? "has tensors that overlap at " : "has a hole before tensor ")
                                + tensor.name());
            }
            end = tensor.end();
        }
        if (end != dataBytes) {
            throw new MalformedHeaderException("has " + dataBytes + " bytes of data, but its tensors take " + end);
        }
    }
}
