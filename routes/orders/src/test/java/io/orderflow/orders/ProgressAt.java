package io.orderflow.orders;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Progress;
import java.time.Instant;
import java.util.Optional;

/** Progress as a test sets it: never behind, and how far is unknown. */
final class ProgressAt implements Progress {

    Instant behindUntil = Instant.EPOCH;
    Instant caughtUpTo;
    int asked;
    int noted;

    @Override
    public Instant relayBehindUntil(Role role) {
        return behindUntil;
    }

    @Override
    public void noteRelayBehind(Role role) {
        noted++;
    }

    @Override
    public Optional<Instant> caughtUpTo(Role role) {
        asked++;
        return Optional.ofNullable(caughtUpTo);
    }
}
