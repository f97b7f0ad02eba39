package io.orderflow.inventory;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.http.Call;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a test tells inventory. */
final class Told {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final Money TOTAL = new Money(2_580, "EUR");

    private Told() {}

    static OrderCreated created(UUID order, Line... lines) {
        return new OrderCreated(order, EARLIER, "demo", TOTAL, List.of(lines), "tok_visa");
    }

    static OrderConfirmed confirmed(UUID order) {
        return new OrderConfirmed(order, EARLIER, TOTAL);
    }

    static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, EARLIER, CancellationReason.CUSTOMER);
    }

    static Delivery delivery(String key, String sku, int quantity) {
        return new Delivery(
                new Call(UUID.randomUUID(), new Caller("demo"), Set.of(), "inventory", "", ""),
                new IdempotencyKey(key),
                "%08x".formatted(quantity),
                sku,
                quantity);
    }
}
