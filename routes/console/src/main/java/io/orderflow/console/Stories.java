package io.orderflow.console;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Console's unit of work. It locks and loads the stories that a batch of events is about, adds one event after the
 * other, and writes what that has changed. Stories are locked by their orders' ids, so that batches wait for each other
 * and never in a circle.
 */
final class Stories implements UnitOfWork {

    /** What stands in the place of an order's id where a parked record names none; a stranger may write it anywhere. */
    private static final UUID NO_ORDER = new UUID(0, 0);

    private final StoryRows rows;
    private final PerTransaction<LoadedStories> loaded = new PerTransaction<>("stories");

    Stories(StoryRows rows) {
        this.rows = rows;
    }

    /** Whether the event is about an order. */
    static boolean namesAnOrder(Event event) {
        return !event.orderId().equals(NO_ORDER);
    }

    void tell(Chapter chapter) {
        loaded.get().add(chapter);
    }

    @Override
    public void load(List<?> messages) {
        var orders = new TreeSet<UUID>();
        messages.stream()
                .filter(Event.class::isInstance)
                .map(Event.class::cast)
                .filter(Stories::namesAnOrder)
                .forEach(event -> orders.add(event.orderId()));
        rows.lock(orders);
        loaded.set(new LoadedStories(rows.chapters(orders)));
    }

    @Override
    public void flush() {
        rows.saveChapters(loaded.get().changedChapters());
        rows.saveStories(loaded.get().changedStories());
        rows.mendStories(loaded.get().storiesReadAgain());
    }

    @Override
    public void clear() {
        loaded.clear();
    }
}
