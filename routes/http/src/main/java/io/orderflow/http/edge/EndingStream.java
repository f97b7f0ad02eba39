package io.orderflow.http.edge;

import io.orderflow.http.EventStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A stream that ends where it fails: its reader comes again, and is answered then as everybody is. */
final class EndingStream implements EventStream {

    private final EventStream stream;
    private final Consumer<RuntimeException> failures;
    private boolean failed;

    /** @param failures told of the one that ends it */
    EndingStream(EventStream stream, Consumer<RuntimeException> failures) {
        this.stream = stream;
        this.failures = failures;
    }

    @Override
    public List<Event> next(Duration patience) {
        try {
            return stream.next(patience);
        } catch (RuntimeException e) {
            failed = true;
            failures.accept(e);
            return List.of();
        }
    }

    @Override
    public boolean isOver() {
        return failed || stream.isOver();
    }
}
