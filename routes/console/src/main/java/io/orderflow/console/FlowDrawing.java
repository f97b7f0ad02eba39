package io.orderflow.console;

import static io.orderflow.console.figures.PublishedFigures.greatest;
import static io.orderflow.console.figures.PublishedFigures.total;

import io.orderflow.console.FlowShown.Queue;
import io.orderflow.console.FlowShown.Reader;
import io.orderflow.console.FlowShown.Station;
import io.orderflow.console.FlowShown.Topic;
import io.orderflow.console.figures.PublishedFigures.Figure;
import io.orderflow.console.figures.RoleFigures;
import io.orderflow.console.figures.RoleFigures.Told;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Draws the flow of events: the declaration, and beside each line of it what its role says. */
final class FlowDrawing {

    private final Topology topology;
    private final RoleFigures figures;

    FlowDrawing(Topology topology, RoleFigures figures) {
        this.topology = topology;
        this.figures = figures;
    }

    FlowShown now() {
        var told = figures.now();
        return new FlowShown(
                topology.channels().stream()
                        .map(channel -> topic(channel, told))
                        .toList(),
                topology.drawn().stream().map(role -> station(role, told)).toList());
    }

    private static Topic topic(Channel channel, Told told) {
        return new Topic(
                channel.topic(),
                channel.writers().stream().map(Role::name).toList(),
                types(channel.events()),
                channel.compacted(),
                channel.readers().entrySet().stream()
                        .map(one -> reader(one.getKey(), one.getValue(), channel.topic(), told))
                        .toList());
    }

    private static List<String> types(Collection<Class<? extends Event>> events) {
        return events.stream().map(Event::typeOf).toList();
    }

    private static Reader reader(Role role, Collection<Class<? extends Event>> events, String topic, Told told) {
        var running = greatest(of(told, "consumer_running", role, topic));
        return new Reader(
                role.name(),
                types(events),
                whole(total(of(told, "kafka_consumer_lag", role, topic))),
                running.isEmpty() ? null : Boolean.valueOf(running.getAsDouble() > 0),
                whole(total(of(told, "inbox_handled_total", role, topic))),
                whole(total(of(told, "parked_events", role, topic))));
    }

    private static Stream<Figure> of(Told told, String name, Role role, String topic) {
        return told.of(role).of(name, role.name()).filter(one -> one.label("topic")
                .equals(topic));
    }

    private static Station station(Role role, Told told) {
        var figures = told.of(role);
        var oldest = greatest(figures.of("outbox_oldest_age_seconds", role.name()));
        return new Station(
                role.name(),
                told.figures().containsKey(role),
                whole(greatest(figures.of("outbox_pending", role.name()))),
                oldest.isEmpty() ? null : Double.valueOf(oldest.getAsDouble()),
                figures.of("work_pending", role.name())
                        .map(one -> new Queue(one.label("queue"), (long) one.value(), oldest(told, role, one)))
                        .toList());
    }

    private static double oldest(Told told, Role role, Figure pending) {
        return greatest(told.of(role).of("work_oldest_age_seconds", role.name()).filter(one -> one.label("queue")
                        .equals(pending.label("queue"))))
                .orElse(0);
    }

    private static Long whole(OptionalDouble value) {
        return value.isEmpty() ? null : Long.valueOf((long) value.getAsDouble());
    }
}
