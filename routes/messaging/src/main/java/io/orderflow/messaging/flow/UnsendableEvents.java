package io.orderflow.messaging.flow;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Unsendable;
import io.orderflow.messaging.tables.RefusedEvents;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of this process's roles that the broker refuses. */
public final class UnsendableEvents implements Unsendable {

    private static final Logger log = LoggerFactory.getLogger(UnsendableEvents.class);

    private final Backbones backbones;

    public UnsendableEvents(Backbones backbones) {
        this.backbones = backbones;
    }

    private static RefusedEvents rows(Backbone backbone) {
        return backbone.tables().outbox().refused();
    }

    @Override
    public List<Unsent> listAfter(UUID id, int limit) {
        return backbones.all().stream()
                .flatMap(backbone -> rows(backbone).listAfter(id, limit).stream())
                .sorted(Comparator.comparing(event -> event.id().toString()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Unsent> find(UUID id) {
        return backbones.all().stream()
                .flatMap(backbone -> rows(backbone).find(id).stream())
                .findFirst();
    }

    @Override
    public boolean discard(Role role, UUID id, Witness witness) {
        var backbone = backbones.of(role);
        return backbone.run(transaction -> {
            var given = rows(backbone).delete(id);
            given.ifPresent(event -> {
                witness.saw(event);
                transaction.afterCommit(() -> {
                    Flow.mark(event.orderId(), event.id());
                    log.warn(
                            "{}: {}: {} of order {}, {} bytes, was refused and is given up",
                            role,
                            event.topic(),
                            event.type(),
                            event.orderId(),
                            event.bytes());
                    Flow.unmark();
                });
            });
            return given.isPresent();
        });
    }
}
