package io.orderflow.messaging.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The one clock of a model: it stands still until a step moves it. */
public final class ModelTime extends Clock implements Kept {

    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;

    void pass(Duration time) {
        now = now.plus(time);
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
        return now;
    }

    @Override
    public void restore(Object saved) {
        now = (Instant) saved;
    }
}
