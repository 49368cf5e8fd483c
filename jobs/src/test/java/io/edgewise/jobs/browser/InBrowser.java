package io.edgewise.jobs.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps a browser for the tests of a class, which are left out where there is none. */
public final class InBrowser implements BeforeAllCallback, AfterAllCallback {
    /** How many pixels the page is wider than its window. */
    public static final String TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private @Nullable Chromium chromium;
    private @Nullable File profile;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        assumeTrue(Chromium.find().isPresent(), "No Chromium on the PATH or in the variable CHROMIUM");
        Path folder = Files.createTempDirectory("edgewise-browser");
        profile = folder.toFile();
        chromium = Chromium.start(Chromium.find().orElseThrow(), folder);
    }

    /** Opens a file in a tab of its own. */
    public BrowserPage open(Path file, Screen screen) {
        return chromium.open(file, screen);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (chromium != null) {
            chromium.close();
            FileUtils.deleteQuietly(profile);
        }
    }
}
