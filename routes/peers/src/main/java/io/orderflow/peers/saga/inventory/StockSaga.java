package io.orderflow.peers.saga.inventory;

import static java.util.stream.Collectors.toMap;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.Seen;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what happened to orders; the rows of the articles are its locks. */
@Service
public class StockSaga {

    private static final String SERVICE = "inventory";

    private final StockedArticles articles;
    private final HeldStocks held;
    private final Seen seen;
    private final Announcer announcer;
    private final Clock clock = Clock.systemUTC();

    StockSaga(StockedArticles articles, HeldStocks held, Seen seen, Announcer announcer) {
        this.articles = articles;
        this.held = held;
        this.seen = seen;
        this.announcer = announcer;
    }

    /** One transaction for however many messages are handed in together. */
    @Transactional
    public void hear(List<EventMessage> said) {
        var fresh = seen.fresh(SERVICE, said);
        if (fresh.isEmpty()) {
            return;
        }
        Map<UUID, HeldStock> known =
                held
                        .findByOrderIdIn(fresh.stream()
                                .map(EventMessage::orderId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(toMap(HeldStock::orderId, Function.identity()));
        var shelf = shelf(fresh, known);
        var events = fresh.stream()
                .flatMap(one -> hear(one.event(), known, shelf).stream())
                .toList();
        held.saveAll(known.values());
        announcer.announce(SERVICE, events);
    }

    /** The articles that any of these orders is about, locked. */
    private Shelf shelf(List<EventMessage> fresh, Map<UUID, HeldStock> known) {
        var skus = new TreeSet<String>();
        Stream.concat(
                        fresh.stream()
                                .flatMap(one -> one.event() instanceof OrderCreated created
                                        ? created.lines().stream()
                                        : Stream.empty()),
                        known.values().stream().flatMap(one -> one.lines().stream()))
                .map(Line::sku)
                .forEach(skus::add);
        return new Shelf(skus.isEmpty() ? List.of() : articles.lock(skus));
    }

    private List<Event> hear(Event event, Map<UUID, HeldStock> known, Shelf shelf) {
        var now = clock.instant();
        var reservation = known.get(event.orderId());
        return switch (event) {
            case OrderCreated created
            when reservation == null -> {
                var reserved = shelf.reserve(created, now);
                known.put(created.orderId(), reserved.stock());
                yield List.of(reserved.event());
            }
            case OrderConfirmed confirmed
            when reservation != null -> {
                reservation.lines().forEach(shelf::sell);
                reservation.becomes(HeldStock.State.SOLD);
                yield List.of();
            }
            case OrderCancelled cancelled -> {
                var released = shelf.release(cancelled, reservation, now);
                known.put(cancelled.orderId(), released.stock());
                yield List.of(released.event());
            }
            default -> List.of();
        };
    }
}
