package io.edgewise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.edgewise.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void aWholeValueIsReadWithOrWithoutAByteOrderMark() throws IOException {
        assertThat(read("\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_8), 100))
                .isEqualTo(StrictJson.parse("{\"a\": 1}"));
        assertThat(StrictJson.parse("").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 1}}",
                "{} {}",
                "{} x",
                "{\"a\": NaN}",
                "{'a': 1}",
                "{\"a\": 1,}",
                "{\"a\": 01}",
                "// remark\n{}"
            })
    void whatOthersLetPassIsRefused(String json) {
        assertThatThrownBy(() -> StrictJson.parse(json)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void depthTextsAndNumbersAreBounded() {
        assertThatThrownBy(() -> StrictJson.parse("[".repeat(65) + "]".repeat(65)))
                .hasMessageContaining("epth (65) exceeds the maximum allowed");
        assertThatThrownBy(() -> StrictJson.parse("\"" + "x".repeat(20_100_000) + "\""))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> StrictJson.parse("9".repeat(1001))).isInstanceOf(JsonProcessingException.class);
    }

    /** Jackson's table of names throws an IllegalStateException where too many hash alike. */
    @Test
    void namesThatHashAlikeAreReadLikeOthers() throws IOException {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            for (int bit = 0; bit < 12; bit++) {
                json.append(bit == 0 ? "\"" : "").append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\": 1, ");
        }
        assertThat(StrictJson.parse(json + "\"end\": 1}")).hasSize((1 << 12) + 1);
    }

    @Test
    void aStreamIsReadNoFurtherThanAsked() {
        assertThatThrownBy(() -> read("[1, 2, 3]".getBytes(StandardCharsets.UTF_8), 8))
                .isInstanceOf(InputException.class)
                .hasMessage("some file has more than 8 bytes; such a file has far fewer");
    }

    /** Overlong forms, halves of surrogate pairs and the like, which Jackson's own decoder takes. */
    @ParameterizedTest
    @CsvSource({"FF, 1", "C0 80, 1", "ED A0 80, 1", "F4 90 80 80, 1", "C3, 1", "78 E2 82, 2"})
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace(String hex, int place) {
        String[] bytes = hex.split(" ", -1);
        byte[] json = new byte[bytes.length + 2];
        json[0] = '"';
        json[bytes.length + 1] = '"';
        for (int i = 0; i < bytes.length; i++) {
            json[i + 1] = (byte) Integer.parseInt(bytes[i], 16);
        }
        assertThatThrownBy(() -> read(json, 100))
                .isInstanceOf(InputException.class)
                .hasMessage("some file is not UTF-8 at byte " + place);
        assertThatThrownBy(
                        () -> StrictJson.parser(new ByteArrayInputStream(json)).nextToken())
                .isInstanceOf(CharacterCodingException.class);
    }

    private static Object read(byte[] json, int mostBytes) throws IOException {
        return StrictJson.read(new ByteArrayInputStream(json), mostBytes, "some file");
    }
}
