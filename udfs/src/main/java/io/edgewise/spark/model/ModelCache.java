package io.edgewise.spark.model;

import io.edgewise.InputException;
import io.edgewise.spark.Connectors;
import io.edgewise.spark.UserInfo;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * A cache of model directories of any Hadoop file system, as directories of this host. A directory on a local disk is used where it is. Any
 * other is fetched once by each host into {@code EDGEWISE_CACHE} or {@code ~/.cache/edgewise/models}, under a name made from its files'
 * names, lengths and times. A copy gets that name when it is complete, and processes wait for one another.
 */
public final class ModelCache {
    private static final Object ONE_AT_A_TIME = new Object();

    private ModelCache() {}

    /**
     * The model's directory on this host.
     *
     * @param uri a path, or a URI of a file system that Hadoop knows
     * @throws InputException where it can't be reached or holds no model
     */
    public static Path local(String uri) {
        UserInfo.refuse(uri);
        if (uri.startsWith("file:")) {
            return Path.of(URI.create(uri).getPath()).toAbsolutePath().normalize();
        }
        if (!uri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            return Path.of(uri).toAbsolutePath().normalize();
        }
        try {
            org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(uri);
            FileSystem files = Connectors.fileSystem(remote);
            return fetched(uri, files, wanted(uri, files, remote));
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException("Could not fetch the model " + uri + ": " + e.getMessage(), e);
        }
    }

    /** The files that a model is read from; a directory may hold many more. */
    private static List<FileStatus> wanted(String uri, FileSystem files, org.apache.hadoop.fs.Path remote)
            throws IOException {
        if (!files.exists(remote)) {
            throw new InputException("No such model directory: " + uri
                    + "; --model wants a Hugging Face directory with config.json and *.safetensors");
        }
        List<FileStatus> wanted = Arrays.stream(files.listStatus(remote))
                .filter(FileStatus::isFile)
                .filter(file -> file.getPath().getName().matches(".*\\.safetensors|.*\\.json"))
                .sorted()
                .toList();
        if (wanted.stream().noneMatch(file -> file.getPath().getName().equals("config.json"))) {
            throw new InputException("No config.json in " + uri
                    + "; --model wants a Hugging Face directory with config.json and *.safetensors");
        }
        return wanted;
    }

    private static Path fetched(String uri, FileSystem files, List<FileStatus> wanted) throws IOException {
        Path root = root();
        Files.createDirectories(root);
        String key = key(uri, wanted);
        Path whole = root.resolve(key);
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                            root.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid() || !isWhole(whole, wanted)) {
                    fetch(root, whole, files, wanted);
                }
            }
        }
        return whole;
    }

    private static Path root() {
        String given = System.getProperty("edgewise.cache", System.getenv("EDGEWISE_CACHE"));
        return given != null
                ? Path.of(given)
                : Path.of(System.getProperty("user.home"), ".cache", "edgewise", "models");
    }

    private static boolean isWhole(Path directory, List<FileStatus> wanted) throws IOException {
        for (FileStatus file : wanted) {
            Path copy = directory.resolve(file.getPath().getName());
            if (!Files.isRegularFile(copy) || Files.size(copy) != file.getLen()) {
                return false;
            }
        }
        return true;
    }

    private static void fetch(Path root, Path whole, FileSystem files, List<FileStatus> wanted) throws IOException {
        Path unfinished = root.resolve("." + whole.getFileName() + "." + UUID.randomUUID());
        Files.createDirectories(unfinished);
        try {
            for (FileStatus file : wanted) {
                try (InputStream in = files.open(file.getPath())) {
                    Files.copy(in, unfinished.resolve(file.getPath().getName()));
                }
            }
            if (!isWhole(unfinished, wanted)) {
                throw new IOException("it changed while it was fetched; try again");
            }
            delete(whole);
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unfinished);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            File[] children = directory.toFile().listFiles();
            for (File child : children == null ? new File[0] : children) {
                Files.delete(child.toPath());
            }
            Files.delete(directory);
        }
    }

    private static String key(String uri, List<FileStatus> wanted) {
        StringBuilder identity = new StringBuilder(uri);
        wanted.forEach(file -> identity.append('\n')
                .append(file.getPath().getName())
                .append(' ')
                .append(file.getLen())
                .append(' ')
                .append(file.getModificationTime()));
        return DigestUtils.sha256Hex(identity.toString()).substring(0, 32);
    }
}
