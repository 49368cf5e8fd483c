package io.edgewise.jobs.notebook;

/**
 * A page inside another page, isolated from its styles and scripts. It is one line of text.
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
