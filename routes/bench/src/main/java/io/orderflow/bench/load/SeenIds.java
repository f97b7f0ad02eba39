package io.orderflow.bench.load;

import java.util.UUID;

/**
 * A set of ids that takes sixteen bytes each: there are a million of them, and the collector of this JVM must not stop
 * while it measures.
 */
public final class SeenIds {

    private static final int BEGINNING = 1 << 12;

    private long[] slots = new long[BEGINNING * 2];
    private int size;

    /** Whether it was not there before. */
    public synchronized boolean add(UUID id) {
        if (size * 2 >= slots.length / 2) {
            grow();
        }
        int slot = slot(id);
        if (taken(slot)) {
            return false;
        }
        slots[slot] = id.getMostSignificantBits();
        slots[slot + 1] = id.getLeastSignificantBits();
        size++;
        return true;
    }

    public synchronized boolean contains(UUID id) {
        return taken(slot(id));
    }

    public synchronized int size() {
        return size;
    }

    private boolean taken(int slot) {
        return slots[slot] != 0 || slots[slot + 1] != 0;
    }

    /** Where it is, or the free place where it belongs. */
    private int slot(UUID id) {
        int mask = slots.length / 2 - 1;
        int slot = (id.hashCode() * 0x9E3779B9 >>> 7) & mask;
        while (taken(slot * 2) && !same(slot * 2, id)) {
            slot = (slot + 1) & mask;
        }
        return slot * 2;
    }

    private boolean same(int slot, UUID id) {
        return slots[slot] == id.getMostSignificantBits() && slots[slot + 1] == id.getLeastSignificantBits();
    }

    private void grow() {
        var old = slots;
        slots = new long[old.length * 2];
        size = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                add(new UUID(old[i], old[i + 1]));
            }
        }
    }
}
