package io.orderflow.messaging.flow;

import io.orderflow.messaging.tables.Newborn;
import io.orderflow.messaging.tables.Requested;
import io.orderflow.messaging.tables.WorkItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one transaction's requests come to the workers of this process: room is kept for them before their rows are
 * stored, so that those are born leased, and after the commit they are handed over from memory. What there is no room
 * for, what is put off, and what this process has no workers for is born due and stays in the table. A transaction that
 * does not commit gives the room back.
 */
final class HandOver implements AutoCloseable {

    private final Map<String, Workers> workers;
    private final Map<String, Share> shares = new LinkedHashMap<>();

    /** One channel's part. */
    private static final class Share {
        private final Workers workers;
        private final Memory.Room room;
        private final List<WorkItem> handed = new ArrayList<>();
        private boolean leaves;

        private Share(Workers workers, int requests) {
            this.workers = workers;
            this.room = workers.reserve(requests);
        }
    }

    /** @param workers those of this process, by their channels */
    HandOver(Map<String, Workers> workers) {
        this.workers = workers;
    }

    /** Decides how the rows of these requests are born. */
    List<Newborn> place(Map<String, List<Requested>> requests) {
        List<Newborn> rows = new ArrayList<>();
        requests.forEach((channel, several) -> place(channel, several, rows));
        return rows;
    }

    private void place(String channel, List<Requested> requests, List<Newborn> rows) {
        var here = workers.get(channel);
        if (here == null) {
            requests.forEach(one -> rows.add(Newborn.due(channel, one)));
            return;
        }
        var share = new Share(
                here,
                Math.toIntExact(requests.stream().filter(HandOver::isDueAtOnce).count()));
        shares.put(channel, share);
        int placed = 0;
        for (var one : requests) {
            if (!isDueAtOnce(one)) {
                rows.add(Newborn.due(channel, one));
            } else if (placed < share.room.begins() + share.room.waits()) {
                rows.add(new Newborn(channel, one, here.lease(), placed < share.room.begins()));
                placed++;
            } else {
                rows.add(Newborn.due(channel, one));
                share.leaves = true;
            }
        }
    }

    private static boolean isDueAtOnce(Requested one) {
        return !one.work().delay().isPositive();
    }

    /** These are in the table, leased; a request that was there already is not among them. */
    void stored(List<WorkItem> items) {
        items.forEach(item -> shares.get(item.channel()).handed.add(item));
    }

    /** Hands over what was stored. */
    void committed() {
        var all = List.copyOf(shares.values());
        shares.clear();
        all.forEach(share -> share.workers.take(share.room, share.handed, share.leaves));
    }

    @Override
    public void close() {
        shares.values().forEach(share -> share.workers.take(share.room, List.of(), false));
        shares.clear();
    }
}
