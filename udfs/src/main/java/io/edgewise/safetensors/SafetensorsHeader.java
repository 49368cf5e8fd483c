package io.edgewise.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked as a stranger's: every tensor lies inside the file and no two overlap.
 *
 * @param tensors by name, in the header's order
 * @param dataOffset where in the file the tensors' bytes begin
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, long dataOffset) {
    static final int LENGTH_BYTES = 8;
    static final long LONGEST = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(8).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** Checks the length that the first eight bytes give. */
    static int checkedLength(long length, long fileBytes) {
        if (length < 2 || length > LONGEST || length > fileBytes - LENGTH_BYTES) {
            throw new MalformedHeaderException("says that its header has " + Long.toUnsignedString(length)
                    + " bytes, but the file has " + fileBytes);
        }
        return (int) length;
    }

    static SafetensorsHeader parse(byte[] header, long fileBytes) {
        long dataOffset = LENGTH_BYTES + (long) header.length;
        JsonNode root;
        try {
            root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new MalformedHeaderException("has a header that is not JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new MalformedHeaderException("has a header that is not a JSON object");
        }
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        root.fields().forEachRemaining(field -> {
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
                && offsets.get(0).canConvertToLong()
                && offsets.get(1).canConvertToLong();
        if (!wellFormed) {
            throw new MalformedHeaderException("has no dtype, shape or data_offsets for tensor " + name);
        }
        List<Long> axes = new ArrayList<>();
        for (JsonNode axis : shape) {
            if (!axis.isIntegralNumber() || !axis.canConvertToLong()) {
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

    private static void checkLayout(Map<String, TensorEntry> tensors, long dataBytes) {
        long end = 0;
        for (TensorEntry tensor : tensors.values().stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList()) {
            if (tensor.end() > dataBytes) {
                throw new MalformedHeaderException("is cut off: tensor " + tensor.name() + " ends at byte "
                        + tensor.end() + " of the data, which has " + dataBytes);
            }
            if (tensor.begin() < end) {
                throw new MalformedHeaderException("has tensors that overlap at " + tensor.name());
            }
            end = tensor.end();
        }
    }
}
