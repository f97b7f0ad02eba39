package io.orderflow.console.figures;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orderflow.console.roles.RoleAddresses;
import io.orderflow.console.roles.RoleAway;
import io.orderflow.console.roles.RoleClient;
import io.orderflow.console.roles.RoleReply;
import io.orderflow.contracts.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Reads what the roles publish, all at once, each place once, and not more often than every two seconds. */
public final class RoleFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** What anybody here looks at. */
    private static final List<String> WANTED = List.of(
            "consumer_running",
            "inbox_handled_total",
            "inbox_parked_total",
            "kafka_consumer_lag",
            "orders_accepted_total",
            "orders_outcome_total",
            "outbox_oldest_age_seconds",
            "outbox_pending",
            "parked_events",
            "payments_provider_open",
            "work_oldest_age_seconds",
            "work_pending");

    private final Collection<Role> declared;
    private final Map<String, URI> places;
    private final Predicate<Role> isHere;
    private final PrometheusMeterRegistry own;
    private final RoleClient client;
    private final SharedLook<Told> told = new SharedLook<>(FRESH, this::read);

    /**
     * @param places where other roles publish theirs, by their names
     * @param own this process's; null where it publishes none
     */
    public RoleFigures(
            Collection<Role> declared,
            Map<String, URI> places,
            Predicate<Role> isHere,
            PrometheusMeterRegistry own,
            RoleClient client) {
        places.forEach((name, place) -> check(declared, name, place));
        this.declared = List.copyOf(declared);
        this.places = Map.copyOf(places);
        this.isHere = isHere;
        this.own = own;
        this.client = client;
    }

    private static void check(Collection<Role> declared, String name, URI place) {
        boolean known = declared.stream().anyMatch(role -> role.name().equals(name));
        if (!known || !RoleAddresses.isOfAServer(place)) {
            throw new IllegalArgumentException("orderflow.console.figures." + name + ": " + place
                    + " (expected: of one of " + declared + ", as http://payments.example:9876/observe/metrics)");
        }
    }

    /**
     * What the roles say.
     *
     * @param figures of each role that answers; several may be of one process, and so the same object
     * @param silent why each of the others does not
     */
    public record Told(Map<Role, PublishedFigures> figures, Map<Role, String> silent) {

        /** Those of a role's process; none where it does not answer. */
        public PublishedFigures of(Role role) {
            return figures.getOrDefault(role, PublishedFigures.NONE);
        }

        /** Those of each process once. */
        public Collection<PublishedFigures> processes() {
            return figures.values().stream().distinct().toList();
        }
    }

    /** As they are now, or were a moment ago: many who look cost no more than one. */
    public Told now() {
        return told.now();
    }

    private Told read() {
        Map<Role, PublishedFigures> figures = new TreeMap<>();
        Map<Role, String> silent = new TreeMap<>();
        var here = own == null
                ? PublishedFigures.NONE
                : PublishedFigures.in(own.scrape().getBytes(StandardCharsets.UTF_8), WANTED);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<URI, Future<PublishedFigures>> asked = new HashMap<>();
            for (var role : declared) {
                var place = places.get(role.name());
                if (place != null) {
                    asked.computeIfAbsent(place, one -> threads.submit(() -> read(role, one)));
                } else if (isHere.test(role)) {
                    figures.put(role, here);
                } else {
                    silent.put(role, "no address (expected: orderflow.console.figures." + role + ")");
                }
            }
            for (var role : declared) {
                var answer = asked.get(places.getOrDefault(role.name(), URI.create("")));
                if (answer != null) {
                    take(role, answer, figures, silent);
                }
            }
        }
        return new Told(Map.copyOf(figures), Map.copyOf(silent));
    }

    private static void take(
            Role role, Future<PublishedFigures> answer, Map<Role, PublishedFigures> figures, Map<Role, String> silent) {
        try {
            figures.put(role, answer.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            silent.put(role, "nobody waits for it any more");
        } catch (ExecutionException e) {
            silent.put(role, e.getCause() instanceof RoleAway ? "away" : "its figures cannot be read");
        }
    }

    private PublishedFigures read(Role role, URI place) {
        RoleReply reply = client.read(role, place, PATIENCE);
        if (!reply.isGood()) {
            throw new IllegalStateException(role + ": " + reply.status());
        }
        return PublishedFigures.in(reply.body(), WANTED);
    }
}
