package io.edgewise.jobs.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium that runs without a window. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** The program that the variable CHROMIUM names, or one on the path. */
    public static Optional<Path> find() {
        String given = System.getenv("CHROMIUM");
        Stream<Path> named = given == null ? Stream.empty() : Stream.of(Path.of(given));
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts it.
     *
     * @param profile an empty directory
     */
    public static Chromium start(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        return new Chromium(process, DevTools.connect(address(process, profile)));
    }

    /** Waits for the file in which it says where it listens. */
    private static URI address(Process process, Path profile) throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IOException("Chromium did not start: " + Files.readString(profile.resolve("log")));
    }

    /** Opens a file in a tab of its own. */
    public BrowserPage open(Path file, Screen screen) {
        JsonNode target = tools.send("", "Target.createTarget", Map.of("url", "about:blank"));
        String id = target.path("targetId").asText();
        JsonNode attached = tools.send("", "Target.attachToTarget", Map.of("targetId", id, "flatten", true));
        BrowserPage page = new BrowserPage(tools, attached.path("sessionId").asText(), id);
        page.load(file, screen);
        return page;
    }

    @Override
    public void close() throws InterruptedException {
        tools.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
