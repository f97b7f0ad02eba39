package io.orderflow.orders;

import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What a test tells orders. */
final class Told {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Instant EARLIER = NOW.minusSeconds(2);
    static final Money TOTAL = new Money(2_580, "EUR");
    static final Caller ADA = new Caller("ada");

    private Told() {}

    static Order pending(UUID order) {
        return Order.pending(order, ADA.id(), TOTAL, EARLIER);
    }

    static PaymentCompleted completed(UUID order) {
        return new PaymentCompleted(order, EARLIER, TOTAL);
    }

    static PaymentDeclined declined(UUID order) {
        return new PaymentDeclined(order, EARLIER, "card_declined");
    }

    static PaymentRefunded refunded(UUID order) {
        return new PaymentRefunded(order, EARLIER, TOTAL);
    }

    static PaymentVoided voided(UUID order) {
        return new PaymentVoided(order, EARLIER);
    }

    static StockReserved reserved(UUID order) {
        return new StockReserved(order, EARLIER, List.of(new Line("MUG", 2)));
    }

    static StockRejected rejected(UUID order) {
        return new StockRejected(order, EARLIER, List.of(new Missing("MUG", 2, 0)));
    }

    static StockReleased released(UUID order) {
        return new StockReleased(order, EARLIER, List.of());
    }

    static OrderRequest request(OrderRequest.Line... lines) {
        return new OrderRequest(
                "EUR",
                new OrderRequest.Customer("Ada", "ada@example.org"),
                Arrays.asList(lines),
                new OrderRequest.Payment("tok_visa"));
    }

    static OrderRequest.Line line(String sku, int quantity) {
        return new OrderRequest.Line(sku, quantity);
    }

    /** Two mugs, under a key and with a body of their own. */
    static PlaceOrder wish(UUID id, String key) {
        return wish(id, key, line("MUG", 2));
    }

    static PlaceOrder wish(UUID id, String key, OrderRequest.Line... lines) {
        var request = request(lines);
        return new PlaceOrder(
                id,
                ADA,
                new IdempotencyKey(key),
                "%08x".formatted(request.lines().hashCode()),
                request);
    }
}
