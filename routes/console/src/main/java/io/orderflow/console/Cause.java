package io.orderflow.console;

import static io.orderflow.console.figures.PublishedFigures.greatest;
import static io.orderflow.console.figures.PublishedFigures.total;

import io.orderflow.console.figures.PublishedFigures;
import io.orderflow.console.figures.PublishedFigures.Figure;
import io.orderflow.console.figures.RoleFigures.Told;
import io.orderflow.contracts.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an order most likely waits: what the one that owes it something says of itself. The surest sign goes first, and
 * among those that owe something the one that is waited for longest.
 *
 * @param role the role to look at
 * @param why in words
 */
record Cause(Kind kind, String role, String why) {

    /** From so many events on a service is behind, and not only busy. */
    private static final double BEHIND = 1_000;

    /** A request that is due for so many seconds, and an answer that is not said for so long, are held up. */
    private static final double HELD_UP = 60;

    /** What it may be. */
    enum Kind {
        /** The service has parked something of this order. */
        PARKED,
        /** Nothing is heard of the service at all. */
        ROLE_AWAY,
        /** The service does not hear one of its topics. */
        STOPPED_ROUTE,
        /** The payment provider does not answer. */
        PROVIDER_AWAY,
        /** The service is behind: with what it hears, with its work, or with what it has to say. */
        LAG,
        /** Nothing that it says of itself explains it. */
        UNKNOWN
    }

    static Cause of(StoryLine line, Told told) {
        var waits = line.waitsFor().stream()
                .sorted(Comparator.comparing(StoryLine.Wait::since))
                .toList();
        return waits.stream()
                .filter(wait -> !wait.parked().isEmpty())
                .findFirst()
                .map(wait -> new Cause(
                        Kind.PARKED,
                        wait.service(),
                        wait.service() + " has parked " + wait.parked().size() + " of it"))
                .or(() -> waits.stream()
                        .flatMap(wait -> found(wait.service(), told).stream())
                        .findFirst())
                .orElseGet(() -> unknown(waits));
    }

    private static Cause unknown(List<StoryLine.Wait> waits) {
        var role = waits.isEmpty() ? "orders" : waits.getFirst().service();
        return new Cause(Kind.UNKNOWN, role, role + " says of nothing that is wrong");
    }

    private static Optional<Cause> found(String role, Told told) {
        var silent = told.silent().get(new Role(role));
        if (silent != null) {
            return Optional.of(new Cause(Kind.ROLE_AWAY, role, role + ": " + silent));
        }
        var figures = told.of(new Role(role));
        return Stream.of(stopped(figures, role), providerAway(figures, role), behind(figures, role))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Cause> stopped(PublishedFigures figures, String role) {
        return figures.of("consumer_running", role)
                .filter(one -> one.value() == 0)
                .findFirst()
                .map(one -> new Cause(Kind.STOPPED_ROUTE, role, role + " hears nothing of " + one.label("topic")));
    }

    private static Optional<Cause> providerAway(PublishedFigures figures, String role) {
        boolean isAway = role.equals(Role.PAYMENTS.name())
                && greatest(figures.of("payments_provider_open")).orElse(0) > 0;
        return isAway
                ? Optional.of(new Cause(Kind.PROVIDER_AWAY, role, "the payment provider does not answer " + role))
                : Optional.empty();
    }

    private static Optional<Cause> behind(PublishedFigures figures, String role) {
        double lag = total(figures.of("kafka_consumer_lag", role)).orElse(0);
        if (lag >= BEHIND) {
            return Optional.of(new Cause(Kind.LAG, role, role + " has still to hear " + (long) lag + " events"));
        }
        Stream<Figure> held = Stream.concat(
                figures.of("work_oldest_age_seconds", role), figures.of("outbox_oldest_age_seconds", role));
        return held.filter(one -> one.value() >= HELD_UP)
                .findFirst()
                .map(one -> new Cause(
                        Kind.LAG, role, role + " has had " + what(one) + " for " + (long) one.value() + " s"));
    }

    private static String what(Figure figure) {
        var queue = figure.label("queue");
        return queue.isEmpty() ? "something to say" : "work to do of " + queue;
    }
}
