package io.edgewise.jobs.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A page in a tab. What is done to it is done as by a reader's hands, and has been drawn when the method is left. */
public final class BrowserPage implements AutoCloseable {
    private static final int HEIGHT = 900;
    private static final Map<String, Integer> KEYS = Map.of(
            "Tab",
            9,
            "Enter",
            13,
            "Escape",
            27,
            " ",
            32,
            "PageUp",
            33,
            "PageDown",
            34,
            "End",
            35,
            "Home",
            36,
            "ArrowLeft",
            37,
            "ArrowRight",
            39);

    private final DevTools tools;
    private final String session;
    private final String target;

    BrowserPage(DevTools tools, String session, String target) {
        this.tools = tools;
        this.session = session;
        this.target = target;
    }

    void load(Path file, Screen screen) {
        send("Page.enable", Map.of());
        send("Runtime.enable", Map.of());
        send("Log.enable", Map.of());
        send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", screen.width(), "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme()))));
        send("Page.navigate", Map.of("url", file.toUri().toString()));
        ask("new Promise((done) => document.readyState === 'complete' ? done(1) : addEventListener('load', done))");
        settle();
    }

    /** Errors and warnings of the console, exceptions, and what the page's policy forbade. */
    public List<String> problems() {
        Set<String> kinds = Set.of("error", "warning", "assert");
        return tools.events(session).stream()
                .flatMap(event -> switch (event.path("method").asText()) {
                    case "Runtime.exceptionThrown" -> Stream.of(event);
                    case "Runtime.consoleAPICalled" ->
                        Stream.of(event)
                                .filter(one ->
                                        kinds.contains(one.at("/params/type").asText()));
                    case "Log.entryAdded" ->
                        Stream.of(event)
                                .filter(one -> kinds.contains(
                                        one.at("/params/entry/level").asText()));
                    default -> Stream.<JsonNode>of();
                })
                .map(event -> event.path("params").toString())
                .toList();
    }

    /** The value of an expression in the page. */
    public JsonNode ask(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalArgumentException(
                    expression + ": " + answer.get("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /** What can be read in an element. */
    public String text(String selector) {
        return ask(one(selector) + ".innerText").asText().strip();
    }

    /** How many elements that a selector matches take up space on the page. */
    public int shown(String selector) {
        return ask("[...document.querySelectorAll(" + TextNode.valueOf(selector)
                        + ")].filter((one) => one.getClientRects().length).length")
                .asInt();
    }

    public void focus(String selector) {
        ask(one(selector) + ".focus()");
    }

    /** Presses a key by its name, or the character it writes. */
    public void press(String key) {
        int code = KEYS.getOrDefault(key, (int) key.charAt(0));
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "windowsVirtualKeyCode", code, "text", text));
        }
        settle();
    }

    /** Clicks into the middle of an element. */
    public void click(String selector) {
        JsonNode middle = middle(selector);
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            mouse(type, middle.get(0).asDouble(), middle.get(1).asDouble(), Map.of());
        }
        settle();
    }

    /** Presses the mouse in the middle of an element and moves it before it is let go. */
    public void drag(String selector, int right, int down) {
        JsonNode from = middle(selector);
        double x = from.get(0).asDouble();
        double y = from.get(1).asDouble();
        mouse("mousePressed", x, y, Map.of());
        mouse("mouseMoved", x + right / 2.0, y + down / 2.0, Map.of());
        mouse("mouseMoved", x + right, y + down, Map.of());
        mouse("mouseReleased", x + right, y + down, Map.of());
        settle();
    }

    /** Turns the wheel over an element. */
    public void wheel(String selector, int down, boolean withControl) {
        JsonNode middle = middle(selector);
        Map<String, Object> turn = Map.of("deltaX", 0, "deltaY", down, "modifiers", withControl ? 2 : 0);
        mouse("mouseWheel", middle.get(0).asDouble(), middle.get(1).asDouble(), turn);
        settle();
    }

    private void mouse(String type, double x, double y, Map<String, Object> more) {
        Map<String, Object> event = new java.util.HashMap<>(Map.of("type", type, "x", x, "y", y));
        if (!type.equals("mouseWheel")) {
            event.putAll(Map.of("button", "left", "buttons", 1, "clickCount", 1));
        }
        event.putAll(more);
        send("Input.dispatchMouseEvent", event);
    }

    private JsonNode middle(String selector) {
        return ask("(() => { const one = " + one(selector)
                + "; one.scrollIntoView({ block: 'center', behavior: 'instant' });"
                + " const box = one.getBoundingClientRect();"
                + " return [box.left + box.width / 2, box.top + box.height / 2]; })()");
    }

    /** Chooses an option of a list by its value. */
    public void select(String selector, String value) {
        ask("(() => { const one = " + one(selector) + "; one.value = " + TextNode.valueOf(value)
                + "; if (one.selectedIndex < 0) throw new Error('no such option');"
                + " one.dispatchEvent(new Event('input', { bubbles: true }));"
                + " one.dispatchEvent(new Event('change', { bubbles: true })); })()");
        settle();
    }

    /** The page as it is printed. */
    public byte[] pdf() {
        return Base64.getDecoder()
                .decode(send("Page.printToPDF", Map.of()).path("data").asText());
    }

    /** The whole page as a PNG. */
    public byte[] picture() {
        int height = ask("document.documentElement.scrollHeight").asInt();
        int width = ask("innerWidth").asInt();
        Map<String, Integer> all = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        return Base64.getDecoder()
                .decode(send("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", all))
                        .path("data")
                        .asText());
    }

    /** Shows the page as on paper, or again as on a screen. */
    public void media(String name) {
        send("Emulation.setEmulatedMedia", Map.of("media", name));
        settle();
    }

    /** Waits until what was to be drawn is drawn. */
    public void settle() {
        ask("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))");
    }

    private static String one(String selector) {
        return "document.querySelector(" + TextNode.valueOf(selector) + ")";
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return tools.send(session, method, parameters);
    }

    @Override
    public void close() {
        tools.send("", "Target.closeTarget", Map.of("targetId", target));
    }
}
