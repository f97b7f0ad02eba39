package io.orderflow.peers.saga.inventory;

import static java.util.stream.Collectors.toMap;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.peers.saga.inventory.HeldStock.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The locked articles of one transaction, and what can be done with them. */
final class Shelf {

    private final Map<String, StockedArticle> articles;

    Shelf(List<StockedArticle> articles) {
        this.articles = articles.stream().collect(toMap(StockedArticle::sku, Function.identity()));
    }

    /** What is known of an order now, and what is said about it. */
    record Held(HeldStock stock, Event event) {}

    /** All lines or none. */
    Held reserve(OrderCreated created, Instant now) {
        var id = created.orderId();
        var missing = created.lines().stream()
                .filter(line -> free(line) < line.quantity())
                .map(line -> new Missing(line.sku(), line.quantity(), free(line)))
                .toList();
        if (!missing.isEmpty()) {
            return new Held(new HeldStock(id, State.REJECTED, List.of()), new StockRejected(id, now, missing));
        }
        created.lines().forEach(line -> articles.get(line.sku()).reserve(line.quantity()));
        return new Held(
                new HeldStock(id, State.RESERVED, created.lines()), new StockReserved(id, now, created.lines()));
    }

    private long free(Line line) {
        var article = articles.get(line.sku());
        return article == null ? 0 : article.free();
    }

    void sell(Line line) {
        articles.get(line.sku()).sell(line.quantity());
    }

    /** @param held null if the order has not come yet: what comes later finds it released */
    Held release(OrderCancelled cancelled, HeldStock held, Instant now) {
        var id = cancelled.orderId();
        if (held == null) {
            return new Held(new HeldStock(id, State.RELEASED, List.of()), new StockReleased(id, now, List.of()));
        }
        var lines = held.state() == State.RESERVED ? held.lines() : List.<Line>of();
        lines.forEach(line -> articles.get(line.sku()).release(line.quantity()));
        held.becomes(State.RELEASED);
        return new Held(held, new StockReleased(id, now, lines));
    }
}
