package io.edgewise.jobs.run;

import io.edgewise.InputException;
import io.edgewise.spark.UserInfo;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** A failure as the user sees it: an exit status and one line. */
public final class Failures {
    /** The exit status for wrong options or input. */
    public static final int WRONG_INPUT = 2;
    /** The exit status for everything else. */
    public static final int FAILED = 1;

    /** What S3's connector throws, which isn't there where this is compiled. */
    private static final String NO_BUCKET = "UnknownStoreException";

    private static final Pattern GIVEN_UP = Pattern.compile("Job \\d+ cancelled because (.+)");

    private static final int LONGEST_LINE = 2000;

    private Failures() {}

    /** The exit status for a failure. */
    public static int status(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return refusal(chain).or(() -> input(chain).map(Throwable::getMessage)).isPresent() ? WRONG_INPUT : FAILED;
    }

    /** The message about a failure, in one line. */
    public static String cause(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = chain.get(chain.size() - 1);
        return refusal(chain)
                .or(() -> input(chain).map(Throwable::getMessage))
                .map(Failures::oneLine)
                .orElseGet(() -> told(root));
    }

    /** A job that was given up says why; what Spark says of it adds nothing. */
    private static String told(Throwable root) {
        String line = oneLine(root.getMessage());
        Matcher givenUp = GIVEN_UP.matcher(line);
        return givenUp.matches() ? givenUp.group(1) : root.getClass().getSimpleName() + ": " + line;
    }

    /** What a file system says of a place that isn't there for this user. What the store itself said is in the stack trace. */
    private static Optional<String> refusal(List<Throwable> chain) {
        for (Throwable failure : chain) {
            if (failure instanceof AccessDeniedException denied) {
                return Optional.of("Access denied: " + denied.getFile()
                        + "; the credentials in use, if any, may not read or write it");
            }
            if (failure instanceof AccessControlException denied) {
                return Optional.ofNullable(denied.getMessage());
            }
            if (failure instanceof PathIOException path
                    && path.getClass().getSimpleName().equals(NO_BUCKET)) {
                return Optional.of("No such bucket: " + bucket(path.getPath()));
            }
        }
        return Optional.empty();
    }

    /** The store of a path, which may be one of the hidden places beside the one that the user named. */
    private static String bucket(Path path) {
        URI uri = path.toUri();
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static Optional<Throwable> input(List<Throwable> chain) {
        return chain.stream().filter(InputException.class::isInstance).findFirst();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    public static String oneLine(@Nullable String message) {
        return message == null
                ? "no message"
                : message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .map(Failures::printable)
                        .orElse("no message");
    }

    /** Makes a line safe to print: addresses may hold credentials, names and values of an untrusted file may have any length, and may hold terminal escape sequences. */
    private static String printable(String line) {
        String shown = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
        return UserInfo.masked(shown).replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]", "\uFFFD");
    }
}
