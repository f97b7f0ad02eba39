package io.orderflow.console;

import static io.orderflow.console.figures.PublishedFigures.greatest;
import static io.orderflow.console.figures.PublishedFigures.total;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import io.orderflow.console.Overview.Answering;
import io.orderflow.console.Overview.SinceStart;
import io.orderflow.console.Overview.Tile;
import io.orderflow.console.figures.PublishedFigures;
import io.orderflow.console.figures.RoleFigures;
import io.orderflow.console.figures.RoleFigures.Told;
import io.orderflow.console.figures.SharedLook;
import io.orderflow.console.roles.RoleAddresses;
import io.orderflow.contracts.Role;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Puts together how everything is, out of stories and of what the roles say, once for all who look at a moment. */
final class Overviews {

    private static final Duration FRESH = Duration.ofMillis(1_900);

    private final StoryFigures stories;
    private final RoleFigures figures;
    private final RoleAddresses addresses;
    private final Duration stuckAfter;
    private final SharedLook<Overview> seen = new SharedLook<>(FRESH, this::look);

    Overviews(StoryFigures stories, RoleFigures figures, RoleAddresses addresses, Duration stuckAfter) {
        this.stories = stories;
        this.figures = figures;
        this.addresses = addresses;
        this.stuckAfter = stuckAfter;
    }

    Overview now() {
        return seen.now();
    }

    private Overview look() {
        var measured = stories.pace();
        var told = figures.now();
        return new Overview(
                measured.asOf(),
                (int) StoryFigures.WINDOW.toSeconds(),
                measured.pace(),
                sinceStart(told),
                List.of(oldestOutbox(told), stuck(), parked(told), worstLag(told)),
                addresses.declared().stream().map(role -> answering(role, told)).toList());
    }

    private Tile oldestOutbox(Told told) {
        var byRole = byRole(role -> greatest(told.of(role).of("outbox_oldest_age_seconds", role.name())));
        return Measure.OLDEST_OUTBOX.tile(worst(byRole), byRole);
    }

    private Tile stuck() {
        var stuck = stories.stuck(stuckAfter);
        Map<String, OptionalDouble> byRole = new LinkedHashMap<>();
        stuck.byService().forEach((service, orders) -> byRole.put(service, OptionalDouble.of(orders)));
        return Measure.STUCK.tile(OptionalDouble.of(stuck.all()), byRole);
    }

    private Tile parked(Told told) {
        var byRole = byRole(role -> total(told.of(role).of("parked_events", role.name())));
        return Measure.PARKED.tile(known(byRole).reduce(Double::sum), byRole);
    }

    private Tile worstLag(Told told) {
        var byRole = byRole(role -> worstLag(told.of(role), role.name()));
        return Measure.WORST_LAG.tile(worst(byRole), byRole);
    }

    /** Of the topics that it hears, the one with the most. */
    private static OptionalDouble worstLag(PublishedFigures figures, String role) {
        return figures
                .of("kafka_consumer_lag", role)
                .collect(groupingBy(one -> one.label("topic"), summingDouble(PublishedFigures.Figure::value)))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .max();
    }

    private Map<String, OptionalDouble> byRole(Function<Role, OptionalDouble> figure) {
        Map<String, OptionalDouble> byRole = new LinkedHashMap<>();
        addresses.declared().forEach(role -> byRole.put(role.name(), figure.apply(role)));
        return byRole;
    }

    private static OptionalDouble worst(Map<String, OptionalDouble> byRole) {
        return known(byRole).max();
    }

    private static DoubleStream known(Map<String, OptionalDouble> byRole) {
        return byRole.values().stream().flatMapToDouble(OptionalDouble::stream);
    }

    private static SinceStart sinceStart(Told told) {
        return new SinceStart(
                count(told, one -> one.of("orders_accepted_total")),
                count(told, one -> one.of("orders_outcome_total")
                        .filter(figure -> figure.label("outcome").equals("confirmed"))),
                count(told, one -> one.of("orders_outcome_total")
                        .filter(figure -> !figure.label("outcome").equals("confirmed"))),
                count(told, one -> one.of("inbox_parked_total")));
    }

    private static Long count(Told told, Function<PublishedFigures, Stream<PublishedFigures.Figure>> some) {
        var all = total(told.processes().stream().flatMap(some));
        return all.isEmpty() ? null : Long.valueOf((long) all.getAsDouble());
    }

    private Answering answering(Role role, Told told) {
        return new Answering(
                role.name(),
                told.figures().containsKey(role),
                told.silent().get(role),
                addresses.of(role).map(URI::toString).orElse(null));
    }
}
