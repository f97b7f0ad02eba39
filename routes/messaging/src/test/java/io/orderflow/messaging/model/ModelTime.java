package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The time of a model, by which the broker, leases and ages go, as by the database's clock: it stands still until a
 * step moves it. A service's own clock may be wrong.
 */
public final class ModelTime extends Clock implements Kept {

    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<Role, Duration> ahead = new HashMap<>();
    private Instant now = START;

    private record Saved(Instant now, Map<Role, Duration> ahead) {}

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The clock on the wall of a service's instances. */
    public Clock of(Role role) {
        return new Wall(role);
    }

    /** How far that is ahead, negative if it is behind. */
    Duration ahead(Role role) {
        return ahead.getOrDefault(role, Duration.ZERO);
    }

    void set(Role role, Duration by) {
        ahead.put(role, by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object save() {
        return new Saved(now, Map.copyOf(ahead));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        now = state.now();
        ahead.clear();
        ahead.putAll(state.ahead());
    }

    private final class Wall extends Clock {

        private final Role role;

        private Wall(Role role) {
            this.role = role;
        }

        @Override
        public Instant instant() {
            return now.plus(ahead(role));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
