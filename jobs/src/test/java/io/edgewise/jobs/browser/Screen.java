package io.edgewise.jobs.browser;

/**
 * What a page is shown on.
 *
 * @param width in pixels
 * @param scheme of colours, light or dark
 */
public record Screen(int width, String scheme) {
    public static final Screen DESKTOP = new Screen(1200, "light");
    public static final Screen PHONE = new Screen(375, "light");
}
