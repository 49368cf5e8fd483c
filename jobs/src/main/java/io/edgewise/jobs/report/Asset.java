package io.edgewise.jobs.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The text files that the page is built from. */
final class Asset {
    private static final String CHARTS_FOLDER = "META-INF/resources/webjars/echarts/";
    private static final String CHARTS_FILE = "/echarts.min.js";

    private Asset() {}

    /** A file next to this class. */
    static String own(String name) {
        try {
            return read(Asset.class.getResource(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The chart library, in the version on the class path. */
    static String charts() {
        try {
            ClassLoader loader = Asset.class.getClassLoader();
            String name = find(loader.getResource(CHARTS_FOLDER));
            return read(loader.getResource(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(@Nullable URL folder) throws IOException {
        if (folder != null && folder.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return jar.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(CHARTS_FOLDER) && name.endsWith(CHARTS_FILE))
                        .findFirst()
                        .orElseThrow(() -> missing(CHARTS_FOLDER + "*" + CHARTS_FILE));
            }
        }
        throw missing(CHARTS_FOLDER);
    }

    private static String read(@Nullable URL file, String name) throws IOException {
        if (file == null) {
            throw missing(name);
        }
        try (InputStream text = file.openStream()) {
            // Browsers turn line ends into \n before they hash scripts.
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static UncheckedIOException missing(String name) {
        return new UncheckedIOException(new FileNotFoundException("The class path has no " + name));
    }
}
