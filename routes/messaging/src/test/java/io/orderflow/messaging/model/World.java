package io.orderflow.messaging.model;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Component;

/** Services, a broker and time, and whoever else takes part; what can happen next, and a way back to where it was. */
public final class World implements AutoCloseable {

    private final Scope scope;
    private final ModelTime time;
    private final Broker broker;
    private final KnownProgress progress;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final List<Kept> state = new ArrayList<>();
    private final List<Object> beginning;
    private Flows flows;

    /** Which orders have a parked event in a role. */
    public interface Parking {
        Set<UUID> parkedOrders(Role role);
    }

    /** What services need to be made from. */
    public interface Cast {

        List<? extends Modelled> services(
                ModelTime time, Progress progress, Leases leases, Parking parking, Outside outside);

        /** Who lives outside, once the services are there; those who do nothing of their own only keep a state. */
        List<? extends Kept> others(World world);

        /** The components that lead outside. */
        Map<String, ? extends Component> components(Outside outside);
    }

    public World(Topology topology, Scope scope, Cast cast) throws Exception {
        this.scope = scope;
        time = new ModelTime();
        broker = new Broker(time, topology);
        var instances = new Instances(scope.instances());
        var leases = new ModelledLeases(time, instances);
        progress = new KnownProgress(time, topology, broker, instances);
        var outside = new Outside();
        var services = cast.services(time, progress, leases, role -> node(role).parkedOrders(), outside);
        flows = new Flows(topology, services, cast.components(outside));
        services.forEach(service -> nodes.add(
                new Node(service, topology, flows, broker, progress, leases, instances, time, outside, scope)));
        actors.addAll(nodes);
        actors.add(broker);
        state.addAll(List.of(time, instances, leases, progress, broker));
        state.addAll(nodes);
        for (var other : cast.others(this)) {
            state.add(other);
            if (other instanceof Actor actor) {
                actors.add(actor);
            }
        }
        beginning = save();
    }

    @Override
    public void close() {
        flows.close();
    }

    public Instant now() {
        return time.instant();
    }

    /** All that can happen next, of these kinds. */
    List<Step> steps(Set<Kind> kinds) {
        var offers = new Offers(kinds);
        actors.forEach(actor -> actor.offer(offers));
        scope.times().forEach(one -> offers.step(Kind.TIME, () -> one + " pass", () -> pass(one)));
        return offers.steps();
    }

    private void pass(Duration duration) {
        nodes.forEach(Node::turn);
        time.pass(duration);
        nodes.forEach(Node::turnAgain);
        nodes.forEach(Node::notice);
    }

    /** The step to the moment when the next work is due, if there is any. */
    Optional<Step> untilWorkIsDue() {
        return nodes.stream()
                .flatMap(node -> node.nextDue().stream())
                .min(Instant::compareTo)
                .map(due -> Duration.between(time.instant(), due))
                .map(wait -> new Step(Kind.TIME, () -> wait + " pass, until work is due", () -> pass(wait)));
    }

    Step aMinute() {
        var minute = Duration.ofMinutes(1);
        return new Step(Kind.TIME, () -> minute + " pass", () -> pass(minute));
    }

    /** Runs a message through a flow of a service, from outside; nothing if its transaction does not commit. */
    public Optional<Object> transact(Role role, String flow, Object message, boolean commits) {
        return node(role).transact(List.of(new Flows.Sent(role + "." + flow, message)), null, commits);
    }

    private Node node(Role role) {
        return nodes.stream()
                .filter(node -> node.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    /** Whether all that was to be done is done: no event unsent or unheard, no work left, nobody away. */
    boolean isAtRest() {
        return !broker.isAway() && nodes.stream().allMatch(Node::isAtRest);
    }

    /** How often a piece of work may have been done once more than it was recorded. */
    public int doubts(Role role, String queue, UUID order, String subject) {
        return node(role).doubts(role + "." + queue, order, subject);
    }

    /** How often a piece of work was claimed by somebody who had to be told that the end of an attempt is not known. */
    public int unknownEnds(Role role, String queue, UUID order, String subject) {
        return node(role).unknownEnds(role + "." + queue, order, subject);
    }

    /** An event as it is in its topic. */
    public record Told(long sequence, Instant at, Event event) {}

    /** What a topic has said of an order, copies included, and what is lost. */
    public Stream<Told> told(String topic, UUID order) {
        return broker.told(topic)
                .filter(logged -> logged.fact().event().orderId().equals(order))
                .map(logged -> new Told(
                        logged.fact().sequence(), logged.at(), logged.fact().event()));
    }

    /** Whether a role may have missed an event of an order, because its log was lost before the role came to it. */
    public boolean hasMissed(Role role, UUID order, Class<?>... events) {
        return broker.missed(role, order).stream()
                .anyMatch(fact -> List.of(events).contains(fact.event().getClass()));
    }

    /** When the last outage of the broker before a moment was over; {@link Instant#EPOCH} if there was none. */
    public Instant outageBefore(Instant moment) {
        return broker.outageBefore(moment);
    }

    /** Whether any role may have missed anything. */
    public boolean hasLost() {
        return broker.hasLost();
    }

    /** The whole state as values, one for each part. */
    List<Object> save() {
        return state.stream().map(Kept::save).toList();
    }

    void restore(List<Object> saved) {
        for (int i = 0; i < state.size(); i++) {
            state.get(i).restore(saved.get(i));
        }
    }

    /** Back to the beginning. */
    public void begin() {
        restore(beginning);
    }
}
