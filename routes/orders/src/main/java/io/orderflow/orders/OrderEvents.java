package io.orderflow.orders;

import io.orderflow.http.EventStream;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.WaitingRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of one order as it grows, until nothing is owed to anybody any more. The number of an event is its place
 * in the history, to which steps are only ever added, each under the lock of its order.
 */
final class OrderEvents implements EventStream {

    private final OrderQuery asked;
    private final OrderStates states;
    private final AwaitedOrders awaited;
    private final List<Event> untold = new ArrayList<>();
    private Optional<WaitingRoom.Place> place = Optional.empty();
    private int told;
    private Order seen;

    /**
     * Reads what there is to tell already.
     *
     * @param lastId what the client was told before; one that this order does not have yet is none
     * @throws Refusal 404, if the caller has no such order
     */
    OrderEvents(OrderQuery asked, int lastId, AwaitedOrders awaited, WaitingRoom room) {
        this.asked = asked;
        this.states = awaited.states();
        this.awaited = awaited;
        read();
        if (lastId <= untold.size()) {
            untold.subList(0, lastId).clear();
        }
        if (!isComplete()) {
            place = room.enter();
        }
    }

    /** Whether it will never tell anything. */
    boolean isEmpty() {
        return untold.isEmpty() && isComplete();
    }

    @Override
    public List<Event> next(Duration patience) {
        if (untold.isEmpty() && awaited.await(asked, order -> !order.equals(seen), () -> place, patience)) {
            read();
        }
        var now = List.copyOf(untold);
        untold.clear();
        return now;
    }

    /** Also where there is no place to wait in: who comes again finds one, or is told as much as now. */
    @Override
    public boolean isOver() {
        return untold.isEmpty()
                && (isComplete() || place.isEmpty() || !place.get().isOpen());
    }

    private boolean isComplete() {
        return seen.settled();
    }

    /** The order before its steps, so that none is missing of one that is complete. */
    private void read() {
        seen = states.read(List.of(asked.id())).stream()
                .filter(order -> order.customerId().equals(asked.caller()))
                .findFirst()
                .orElseThrow(() -> new Refusal(Problem.notFound()));
        for (var step : states.stepsAfter(asked.id(), told)) {
            untold.add(new Event(++told, step));
        }
    }
}
