package io.edgewise.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    private Path temporary;

    @Test
    void aFileIsReadBackAsItWasWritten() throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("b", new FloatTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, -6.5f}));
        tensors.put("a", new FloatTensor(new long[] {}, new float[] {7}));
        byte[] bytes = Safetensors.encode(tensors);
        Map<String, FloatTensor> decoded = Safetensors.decode(bytes, "test");
        assertThat(decoded.get("b").values()).containsExactly(1, 2, 3, 4, 5, -6.5f);
        assertThat(decoded.get("b").shape()).containsExactly(2, 3);
        assertThat(decoded.get("a").shape()).isEmpty();

        Path file = Files.write(temporary.resolve("x.safetensors"), bytes);
        SafetensorsFile mapped = SafetensorsFile.open(file);
        ByteBuffer data = mapped.map(mapped.tensor("b"));
        assertThat(data.isDirect()).isTrue();
        assertThat(data.asFloatBuffer().get(5)).isEqualTo(-6.5f);
        assertThat(mapped.tensor("nosuch")).isNull();
    }

    @Test
    void bfloat16AndDoubleAreReadAsFloats() {
        String header = "{\"h\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[2,10]}}";
        ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) 0x3fc0).putDouble(0.25);
        Map<String, FloatTensor> decoded = Safetensors.decode(file(header, data.array()), "test");
        assertThat(decoded.get("h").values()).containsExactly(1.5f);
        assertThat(decoded.get("d").values()).containsExactly(0.25f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "not json at all | has a header that is not JSON",
                "[1,2,3] | has a header that is not a JSON object",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}} | has no dtype, shape or data_offsets for tensor a",
                "{\"a\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,4]}} | has the element type Q4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | a negative axis",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | impossible shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | but shape [2] of F32 takes 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | bytes -4 to 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}} | is cut off: tensor a ends at byte 12",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
                        + "\"data_offsets\":[2,6]}} | has tensors that overlap at b",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | has a hole before tensor a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | has 8 bytes of data, but its tensors take 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0.5,4]}} | has no dtype, shape or data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}} | gives tensor a the shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | bytes 4 to 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775808]}} | has no dtype, shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":5} | Duplicate field 'a'",
                "{\"a\":{\"dtype\":5,\"shape\":[1],\"data_offsets\":[0,4]}} | has no dtype, shape or data_offsets",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | exceeds the maximum allowed"
            })
    void aBrokenHeaderIsSaidInOneLine(String header, String message) throws IOException {
        byte[] bytes = file(header.strip(), new byte[8]);
        assertThatThrownBy(() -> Safetensors.decode(bytes, "some file"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("some file")
                .hasMessageContaining(message.strip());
        Path file = Files.write(temporary.resolve("x.safetensors"), bytes);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void aHeaderThatIsNotUtf8OrLongerThanAnyIsRefused() throws IOException {
        byte[] bytes = file("{\"a\u00e9\":1}", new byte[0]);
        bytes[10] = (byte) 0xFF;
        assertThatThrownBy(() -> Safetensors.decode(bytes, "x"))
                .hasMessageContaining("header that is not UTF-8 at byte 2");
        Path file = Files.write(temporary.resolve("x.safetensors"), file(" ".repeat(1 << 25), new byte[0]));
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .hasMessageContaining("has a header of 33554432 bytes; wanted at most 16777216");
    }

    @Test
    void tensorsWithoutElementsTakeNoBytes() {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9],\"data_offsets\":[0,0]},"
                + "\"b\":{\"dtype\":\"F64\",\"shape\":[3,0],\"data_offsets\":[0,0]}}";
        assertThat(Safetensors.decode(file(header, new byte[0]), "x"))
                .hasSize(2)
                .allSatisfy((name, tensor) -> assertThat(tensor.values()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "9223372036854775807", "1000"})
    void aHeaderLengthBeyondTheFileIsRefusedBeforeAnyMemoryIsTaken(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        Path file = Files.write(temporary.resolve("x.safetensors"), bytes);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("but the file has 20");
        assertThatThrownBy(() -> Safetensors.decode(bytes, "x")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Safetensors.decode(new byte[3], "x")).hasMessageContaining("has only 3 bytes");
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
