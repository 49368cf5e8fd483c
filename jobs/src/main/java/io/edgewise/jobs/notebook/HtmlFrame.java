package io.edgewise.jobs.notebook;

/**
 * A page inside another: neither's styles and scripts reach the other's. One line of text.
 *
 * @param page a whole document
 * @param height in pixels
 */
record HtmlFrame(String page, int height) {
    @Override
    public String toString() {
        String text = page.replace("&", "&amp;").replace("\"", "&quot;").replace("\n", "&#10;");
        return "<iframe style=\"width: 100%; height: " + height + "px; border: 0\" srcdoc=\"" + text + "\"></iframe>";
    }
}
