package io.edgewise.spark.prompt;

import io.edgewise.json.NotUtf8Exception;
import io.edgewise.json.Utf8;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** Whether bytes are UTF-8; true for null. Spark's own {@code decode} replaces other bytes by U+FFFD or fails, depending on the version. */
record IsUtf8() implements UDF1<byte @Nullable [], Boolean> {
    @Override
    public Boolean call(byte @Nullable [] bytes) {
        if (bytes == null) {
            return true;
        }
        try {
            Utf8.decode(bytes);
            return true;
        } catch (NotUtf8Exception e) {
            return false;
        }
    }
}
