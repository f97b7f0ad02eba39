package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PerTransactionTest {

    private final PerTransaction<String> loaded = new PerTransaction<>("points");

    @Test
    void givesWhatWasLoadedUntilTheTransactionEnds() {
        loaded.set("first");
        assertThat(loaded.get()).isEqualTo("first");

        loaded.set("second");
        assertThat(loaded.get()).as("the next transaction's").isEqualTo("second");

        loaded.clear();
        refuses();
    }

    @Test
    void refusesWhoeverAsksOutsideATransaction() {
        refuses();
    }

    @Test
    void knowsNothingOfATransactionOnAnotherThread() {
        loaded.set("mine");

        try (var other = Executors.newSingleThreadExecutor()) {
            CompletableFuture.runAsync(this::refuses, other).join();
        }
    }

    private void refuses() {
        assertThatIllegalStateException()
                .isThrownBy(loaded::get)
                .withMessage("points: not loaded (expected: in a flow that begins with transaction:)");
    }
}
