package io.edgewise.jobs.input;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.spark.HadoopSettings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A file of text. One whose name ends in {@code .gz}, {@code .bz2} or another of Hadoop's is decompressed, as Spark
 * decompresses it.
 */
record TextFile(String uri) {
    private static final int BYTES_OF_HEAP_A_BYTE = 8;

    /** Opens it, however long it is. */
    InputStream open() throws IOException {
        Path path = Hadoop.qualified(uri);
        InputStream in = Hadoop.fileSystem(path).open(path);
        CompressionCodec codec = new CompressionCodecFactory(HadoopSettings.current()).getCodec(path);
        return codec == null ? in : codec.createInputStream(in);
    }

    /**
     * Opens it to read it whole.
     *
     * @throws InputException where it is too long for that, which a compressed file may turn out to be on the way
     */
    InputStream openWhole() throws IOException {
        Path path = Hadoop.qualified(uri);
        long most = Runtime.getRuntime().maxMemory() / BYTES_OF_HEAP_A_BYTE;
        long length = Hadoop.fileSystem(path).getFileStatus(path).getLen();
        if (length > most) {
            throw tooLong(length + " bytes", most);
        }
        return new Limited(open(), most);
    }

    private InputException tooLong(String length, long most) {
        return new InputException(uri + " has " + length
                + "; one JSON document is read whole, and this JVM has memory for " + most + ": give JSONL or Parquet");
    }

    /** Fails where more comes than there is memory for. */
    private final class Limited extends FilterInputStream {
        private final long most;
        private long left;

        private Limited(InputStream in, long most) {
            super(in);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLong("more bytes when it is decompressed", most);
            }
        }
    }
}
