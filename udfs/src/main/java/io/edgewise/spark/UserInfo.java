package io.edgewise.spark;

import io.edgewise.InputException;
import java.util.regex.Pattern;

/** Credentials within an address, as in {@code s3a://key:secret@bucket/model}: addresses go to manifests, logs and other processes, so they may have none. */
public final class UserInfo {
    /** A name, a colon, what isn't a port, and an at sign. */
    private static final Pattern SECRET =
            Pattern.compile("(?<scheme>\\b[a-zA-Z][a-zA-Z0-9+.-]*://)[^/:@\\s]*:(?!\\d+(?:/|$))[^@\\s]*@");

    private UserInfo() {}

    /**
     * Refuses an address with a password in it.
     *
     * @throws InputException that doesn't tell it
     */
    public static void refuse(String uri) {
        if (SECRET.matcher(uri).lookingAt()) {
            throw new InputException("An address may not hold credentials, got " + masked(uri)
                    + "; give them in the environment or as Spark's settings, such as AWS_SECRET_ACCESS_KEY or"
                    + " spark.hadoop.fs.s3a.secret.key");
        }
    }

    /** A text without the credentials of any address in it. */
    public static String masked(String text) {
        return SECRET.matcher(text).replaceAll("${scheme}***@");
    }
}
