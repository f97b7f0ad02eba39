package io.orderflow.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/**
 * Where a request waits for what its client would otherwise ask for again and again. Who waits is no longer among those
 * that are under way. It has a thread that costs little, and is to hold nothing else, above all no connection to a
 * database and no transaction. Places are few, and nobody waits any more when the process stops; a route that gets no
 * place answers at once what it would have answered to one who does not wait.
 */
public interface WaitingRoom {

    /** How long the client prefers to wait ({@code Prefer: wait}), and may, in seconds; 0 if it does not. */
    int preferredSeconds();

    /** A place until the answer is out; empty where none is left for the caller or for anybody. */
    Optional<Place> enter();

    /** A request's right to wait. */
    interface Place {

        /**
         * Waits until this comes true, the time is up or the process stops. It is asked at once, and then whenever
         * somebody calls.
         *
         * @return whether it came true
         */
        boolean await(BooleanSupplier condition, Duration time);

        /** Lets it be asked again. */
        void call();

        /** Whether anybody waits any more. */
        boolean isOpen();
    }

    /** The room of this request. */
    static WaitingRoom of(Exchange exchange) {
        var room = exchange.getProperty(WaitingRoom.class.getName(), WaitingRoom.class);
        if (room == null) {
            throw new IllegalStateException("waiting room: none (expected: in a route for callers who are known)");
        }
        return room;
    }

    /** Lets the route find it. */
    default void attachTo(Exchange exchange) {
        exchange.setProperty(WaitingRoom.class.getName(), this);
    }
}
