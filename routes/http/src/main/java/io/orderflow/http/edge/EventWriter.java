package io.orderflow.http.edge;

import io.orderflow.http.EventStream;
import io.orderflow.http.StrictJson;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Writes a stream of events to its reader (HTML, 9.2), for a time after which the reader is to come again. A line
 * without meaning goes out when nothing has happened for a while, so that neither side takes the other for gone. Each
 * piece has an answer's deadline of its own, within which the reader takes it or is cut off.
 */
final class EventWriter {

    static final String MEDIA_TYPE = "text/event-stream";

    /** After how long a reader comes again, unless it chooses. */
    private static final String BEGINNING = "retry: 2000\n\n";

    private static final String HEARTBEAT = ":\n\n";

    private final Duration longest;
    private final Duration heartbeat;

    /**
     * @param longest how long a stream goes on
     * @param heartbeat how long it is silent at most
     */
    EventWriter(Duration longest, Duration heartbeat) {
        this.longest = longest;
        this.heartbeat = heartbeat;
    }

    /** Writes it until it is over, its time is, or nobody takes it. */
    void write(EventStream stream, HttpServletResponse response, Turn turn) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        response.setHeader("X-Accel-Buffering", "no"); // nginx would keep it until it is whole
        response.setContentType(MEDIA_TYPE);
        response.setCharacterEncoding("utf-8");
        var out = response.getOutputStream();
        write(BEGINNING + text(stream.next(Duration.ZERO)), out, response, turn);
        while (!stream.isOver()) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                return;
            }
            var events = stream.next(left.compareTo(heartbeat) < 0 ? left : heartbeat);
            write(events.isEmpty() ? HEARTBEAT : text(events), out, response, turn);
        }
    }

    private static void write(String text, ServletOutputStream out, HttpServletResponse response, Turn turn)
            throws IOException {
        turn.answering();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        turn.pausing();
    }

    private static String text(List<EventStream.Event> events) {
        var text = new StringBuilder();
        for (var event : events) {
            text.append("id: ").append(event.id()).append('\n');
            text.append("data: ").append(StrictJson.write(event.data())).append("\n\n");
        }
        return text.toString();
    }
}
