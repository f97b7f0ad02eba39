package io.orderflow.console;

import io.orderflow.http.EventStream;
import io.orderflow.http.WaitingRoom;
import java.time.Duration;
import java.util.List;

/**
 * How everything is, told every two seconds to one who looks on. Nothing of it is kept, so that one who comes again is
 * told how it is now, under the number that follows.
 */
final class OverviewStream implements EventStream {

    static final Duration PACE = Duration.ofSeconds(2);

    /** Beyond it a number would soon have more digits than one may have. */
    private static final int BEGIN_ANEW = 900_000_000;

    private final Overviews overviews;
    private final WaitingRoom.Place place;
    private int last;
    private long due = System.nanoTime();

    /** @param last the number of what it was told last */
    OverviewStream(Overviews overviews, WaitingRoom.Place place, int last) {
        this.overviews = overviews;
        this.place = place;
        this.last = last % BEGIN_ANEW;
    }

    @Override
    public List<Event> next(Duration patience) {
        long left = due - System.nanoTime();
        if (left > patience.toNanos()) {
            place.await(() -> false, patience);
            return List.of();
        }
        if (left > 0) {
            place.await(() -> false, Duration.ofNanos(left));
        }
        if (!place.isOpen()) {
            return List.of();
        }
        due = System.nanoTime() + PACE.toNanos();
        last++;
        return List.of(new Event(last, overviews.now()));
    }

    @Override
    public boolean isOver() {
        return !place.isOpen();
    }
}
