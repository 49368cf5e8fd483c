package io.edgewise.jobs.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a browser: questions and their answers, and what the browser tells unasked. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder received = new StringBuilder();
    private WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI address) {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, tools)
                .join();
        return tools;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param session of a tab; empty for the browser itself
     */
    JsonNode send(String session, String method, Map<String, ?> parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        try {
            socket.sendText(json.writeValueAsString(message), true).join();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        JsonNode answered = answer.orTimeout(PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS)
                .join();
        if (answered.has("error")) {
            throw new IllegalStateException(method + ": " + answered.get("error"));
        }
        return answered.path("result");
    }

    /** What the browser told unasked about a tab. */
    List<JsonNode> events(String session) {
        return events.stream()
                .filter(event -> event.path("sessionId").asText().equals(session))
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean complete) {
        received.append(data);
        if (complete) {
            String text = received.toString();
            received.setLength(0);
            take(text);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void take(String text) {
        try {
            JsonNode message = json.readTree(text);
            if (message.has("id")) {
                asked.remove(message.get("id").asInt()).complete(message);
            } else {
                events.add(message);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
