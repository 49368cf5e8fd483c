package io.edgewise.jobs.files;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The SHA-256 of files and texts, in hexadecimal. It shows whether two runs had the same input. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The hash of a file's bytes, or, for a directory such as a Parquet table, of its data files' bytes in the order of their names. */
    public static String of(String uri) {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        MessageDigest digest = DigestUtils.getSha256Digest();
        try {
            if (files.getFileStatus(path).isDirectory()) {
                FileStatus[] children = files.listStatus(path, Fingerprint::isData);
                Arrays.sort(children);
                for (FileStatus child : children) {
                    digest.update(of(child.getPath().toString()).getBytes(StandardCharsets.UTF_8));
                }
            } else {
                try (InputStream in = new DigestInputStream(files.open(path), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) {
            throw new InputException("Could not read " + uri + ": " + e.getMessage(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isData(Path path) {
        return !path.getName().startsWith("_") && !path.getName().startsWith(".");
    }

    public static String ofText(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
