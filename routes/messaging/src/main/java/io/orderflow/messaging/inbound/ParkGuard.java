package io.orderflow.messaging.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Notices when an unusual share of a channel's latest events would park with one and the same error: that is a bad
 * deployment, not bad events, and parking them all would hide it. Used by one consumer thread.
 */
final class ParkGuard {

    private static final String HANDLED = "";

    private final Deque<String> window = new ArrayDeque<>();
    private final int size;
    private final double share;

    ParkGuard(int size, double share) {
        this.size = size;
        this.share = share;
    }

    void handled(int events) {
        for (int i = 0; i < Math.min(events, size); i++) {
            add(HANDLED);
        }
    }

    /**
     * Whether one more event may be parked with this error, in a transaction that would park others with these. Nothing
     * is noted: the transaction may fail and be tried again.
     */
    boolean mayPark(String error, List<String> others) {
        if (share >= 1) {
            return true;
        }
        long same = Stream.concat(window.stream(), others.stream())
                .filter(error::equals)
                .count();
        return same + 1 < size * share;
    }

    /** Notes that events were parked with these errors. */
    void parked(List<String> errors) {
        errors.forEach(error -> add(Objects.requireNonNull(error)));
    }

    void reset() {
        window.clear();
    }

    private void add(String outcome) {
        if (window.size() == size) {
            window.removeFirst();
        }
        window.addLast(outcome);
    }
}
