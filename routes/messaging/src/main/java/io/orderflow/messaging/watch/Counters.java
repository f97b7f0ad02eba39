package io.orderflow.messaging.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking.Reason;
import java.util.Collection;
import java.util.Locale;

/**
 * What the backbone counts as it happens. Every counter that a role can ever have is there from the start, at zero: a
 * rate over one that appears with its first event does not see that event.
 */
public final class Counters {

    private final MeterRegistry meters;

    public Counters(MeterRegistry meters, Collection<Role> roles, Topology topology) {
        this.meters = meters;
        for (var role : roles) {
            for (var channel : topology.readBy(role)) {
                handled(role, channel);
                duplicates(role, channel);
                skipped(role, channel);
                waits(role, channel);
                missed(role, channel.topic());
                pollFailures(role, channel.topic());
                for (var reason : Reason.values()) {
                    parkings(role, channel, reason);
                }
            }
        }
    }

    public void arrived(Role role, Channel channel, int handled, int duplicates) {
        handled(role, channel).increment(handled);
        duplicates(role, channel).increment(duplicates);
    }

    public void skipped(Role role, Channel channel, int events) {
        skipped(role, channel).increment(events);
    }

    public void waited(Role role, Channel channel) {
        waits(role, channel).increment();
    }

    public void parked(Role role, Channel channel, Reason reason) {
        parkings(role, channel, reason).increment();
    }

    public void missed(Role role, String topic, long events) {
        missed(role, topic).increment(events);
    }

    public void pollFailed(Role role, String topic) {
        pollFailures(role, topic).increment();
    }

    public Counter workDone(Role role, String queue) {
        return Counter.builder("work.done")
                .description("requests that workers carried out")
                .tags("role", role.name(), "queue", queue)
                .register(meters);
    }

    public Counter workFailed(Role role, String queue) {
        return Counter.builder("work.failed")
                .description("attempts of workers that failed; each is made again")
                .tags("role", role.name(), "queue", queue)
                .register(meters);
    }

    private Counter handled(Role role, Channel channel) {
        return counter("inbox.handled", "events that took effect", role, channel)
                .register(meters);
    }

    private Counter duplicates(Role role, Channel channel) {
        return counter("inbox.duplicates", "events that came again and had no effect", role, channel)
                .register(meters);
    }

    private Counter skipped(Role role, Channel channel) {
        return counter("inbox.skipped", "events of a type that the role does not handle", role, channel)
                .register(meters);
    }

    private Counter waits(Role role, Channel channel) {
        return counter("inbox.waits", "attempts that waited for infrastructure that was away", role, channel)
                .register(meters);
    }

    private Counter missed(Role role, String topic) {
        return counter("inbox.missed", "events, at most, that were gone before they were handled", role, topic)
                .register(meters);
    }

    private Counter pollFailures(Role role, String topic) {
        return counter("consumer.poll.failures", "polls that failed; each is made again after a pause", role, topic)
                .register(meters);
    }

    private Counter parkings(Role role, Channel channel, Reason reason) {
        return counter("inbox.parked", "events that were parked", role, channel)
                .tag("reason", tag(reason))
                .register(meters);
    }

    private static Counter.Builder counter(String name, String description, Role role, Channel channel) {
        return counter(name, description, role, channel.topic());
    }

    private static Counter.Builder counter(String name, String description, Role role, String topic) {
        return Counter.builder(name).description(description).tags("role", role.name(), "topic", topic);
    }

    static String tag(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
