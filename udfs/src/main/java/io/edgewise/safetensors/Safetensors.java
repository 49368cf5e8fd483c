package io.edgewise.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whole safetensors files of floats as bytes, for small results. The same tensors always give the same bytes. */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /** Writes tensors in the map's order, as 32-bit floats. */
    public static byte[] encode(Map<String, FloatTensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey());
            entry.put("dtype", TensorType.F32.name());
            Arrays.stream(tensor.getValue().shape()).forEach(entry.putArray("shape")::add);
            long end = offset + 4L * tensor.getValue().values().length;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = padded(header.toString());
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(SafetensorsHeader.LENGTH_BYTES + json.length + offset))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        tensors.values().forEach(tensor -> {
            for (float value : tensor.values()) {
                bytes.putFloat(value);
            }
        });
        return bytes.array();
    }

    /**
     * Reads a whole file of floating-point tensors, of any precision.
     *
     * @param name what to call the file in a message
     * @throws InputException where it isn't such a file
     */
    public static Map<String, FloatTensor> decode(byte[] file, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (file.length < SafetensorsHeader.LENGTH_BYTES) {
                throw new MalformedHeaderException("has only " + file.length + " bytes");
            }
            byte[] json = new byte[SafetensorsHeader.checkedLength(bytes.getLong(), file.length)];
            bytes.get(json);
            SafetensorsHeader header = SafetensorsHeader.parse(json, file.length);
            Map<String, FloatTensor> tensors = new LinkedHashMap<>();
            header.tensors().forEach((key, entry) -> tensors.put(key, floats(bytes, header.dataOffset(), entry)));
            return tensors;
        } catch (MalformedHeaderException e) {
            throw new InputException("Not a whole safetensors file: " + name + " " + e.getMessage(), e);
        }
    }

    private static FloatTensor floats(ByteBuffer bytes, long dataOffset, TensorEntry entry) {
        float[] values = new float[Math.toIntExact(entry.elements())];
        int position = Math.toIntExact(dataOffset + entry.begin());
        for (int i = 0; i < values.length; i++, position += entry.type().bytes()) {
            values[i] = switch (entry.type()) {
                case F64 -> (float) bytes.getDouble(position);
                case F32 -> bytes.getFloat(position);
                case BF16 -> Float.intBitsToFloat(bytes.getShort(position) << 16);
                default ->
                    throw new MalformedHeaderException(
                            "has tensor " + entry.name() + " of type " + entry.type() + "; wanted F64, F32 or BF16");
            };
        }
        return new FloatTensor(entry.shapeArray(), values);
    }

    /** Pads the header with spaces, so that the data begin at a multiple of eight bytes, as the format requires. */
    private static byte[] padded(String json) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        while (padded.size() % 8 != 0) {
            padded.write(' ');
        }
        return padded.toByteArray();
    }
}
