package io.orderflow.contracts;

import static io.orderflow.contracts.Role.CONSOLE;
import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.contracts.Role.PAYMENTS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which channels exist, who writes and who reads each: the one declaration that routes, topics, rights and the
 * documents' table read. A new participant starts here.
 */
public final class Topology {

    /** How long an event stays in its topic, unless the installation says otherwise. */
    public static final Duration RETENTION = Duration.ofDays(7);

    public static final Channel ORDER_EVENTS = Channel.named("order_events")
            .writtenBy(ORDERS)
            .carrying(OrderCreated.class, OrderConfirmed.class, OrderCancelled.class)
            .readBy(PAYMENTS, OrderCreated.class, OrderCancelled.class)
            .readBy(INVENTORY, OrderCreated.class, OrderConfirmed.class, OrderCancelled.class)
            .readBy(NOTIFICATIONS, OrderConfirmed.class, OrderCancelled.class);

    public static final Channel PAYMENT_EVENTS = Channel.named("payment_events")
            .writtenBy(PAYMENTS)
            .carrying(PaymentCompleted.class, PaymentDeclined.class, PaymentRefunded.class, PaymentVoided.class)
            .readBy(ORDERS, PaymentCompleted.class, PaymentDeclined.class, PaymentRefunded.class, PaymentVoided.class)
            .readBy(NOTIFICATIONS, PaymentRefunded.class);

    public static final Channel INVENTORY_EVENTS = Channel.named("inventory_events")
            .writtenBy(INVENTORY)
            .carrying(StockReserved.class, StockRejected.class, StockReleased.class)
            .readBy(ORDERS, StockReserved.class, StockRejected.class, StockReleased.class);

    public static final Channel ORDER_CONTACTS = Channel.named("order_contacts")
            .writtenBy(ORDERS)
            .carrying(OrderContact.class)
            .erasedBy(ContactErased.class)
            .readBy(NOTIFICATIONS, OrderContact.class, ContactErased.class);

    /** Where every consumer says what it parked. */
    public static final Channel DEAD_LETTERS = Channel.named("dead_letters")
            .writtenByEveryReader()
            .carrying(EventParked.class)
            .forOthers();

    /** The system as it is shipped. */
    public static final Topology ORDERFLOW =
            new Topology(List.of(ORDER_EVENTS, PAYMENT_EVENTS, INVENTORY_EVENTS, ORDER_CONTACTS, DEAD_LETTERS));

    /**
     * The same with the operators' view, which hears everything but contacts. It is a declaration of its own, for
     * console runs only where somebody wants it: to all others its part of it changes nothing.
     */
    public static final Topology WITH_CONSOLE = ORDERFLOW
            .with(
                    ORDER_EVENTS,
                    channel -> channel.readBy(CONSOLE, OrderCreated.class, OrderConfirmed.class, OrderCancelled.class))
            .with(
                    PAYMENT_EVENTS,
                    channel -> channel.readBy(
                            CONSOLE,
                            PaymentCompleted.class,
                            PaymentDeclined.class,
                            PaymentRefunded.class,
                            PaymentVoided.class))
            .with(
                    INVENTORY_EVENTS,
                    channel -> channel.readBy(CONSOLE, StockReserved.class, StockRejected.class, StockReleased.class))
            .with(DEAD_LETTERS, channel -> channel.readBy(CONSOLE, EventParked.class));

    private final List<Channel> channels;

    private Topology(List<Channel> channels) {
        Set<Role> readers = new TreeSet<>();
        channels.forEach(channel -> readers.addAll(channel.readers().keySet()));
        var everyReader = Collections.unmodifiableSet(readers);
        this.channels =
                channels.stream().map(channel -> channel.among(everyReader)).toList();
    }

    /** The same with one more channel. */
    public Topology with(Channel channel) {
        if (find(channel.topic()).isPresent()) {
            throw new IllegalArgumentException("topic: " + channel + " (expected: not declared yet)");
        }
        var more = new ArrayList<>(channels);
        more.add(channel);
        return new Topology(more);
    }

    /** The same with one channel changed, for example by one more reader. */
    public Topology with(Channel channel, UnaryOperator<Channel> change) {
        var changed = new ArrayList<>(channels);
        changed.replaceAll(one -> one.topic().equals(channel.topic()) ? change.apply(one) : one);
        return new Topology(changed);
    }

    public List<Channel> channels() {
        return channels;
    }

    public Optional<Channel> find(String topic) {
        return channels.stream()
                .filter(channel -> channel.topic().equals(topic))
                .findFirst();
    }

    /** The channels that a role hears. */
    public List<Channel> readBy(Role role) {
        return channels.stream()
                .filter(channel -> channel.readers().containsKey(role))
                .toList();
    }

    /** The channels that a role may write. */
    public List<Channel> writtenBy(Role role) {
        return channels.stream()
                .filter(channel -> channel.writers().contains(role))
                .toList();
    }

    /**
     * Those of the channels that a role writes whose events lead to an answer: a reader of the channel, or a reader of
     * what that one says, says something that the role hears.
     */
    public List<Channel> answeredTo(Role role) {
        return writtenBy(role).stream()
                .filter(channel -> concernedBy(channel).contains(role))
                .toList();
    }

    /** Who hears a channel, or what one of these says. */
    private Set<Role> concernedBy(Channel channel) {
        Set<Role> concerned = new TreeSet<>(channel.readers().keySet());
        int before;
        do {
            before = concerned.size();
            channels.stream()
                    .filter(next -> next.writers().stream().anyMatch(concerned::contains))
                    .forEach(next -> concerned.addAll(next.readers().keySet()));
        } while (concerned.size() > before);
        return concerned;
    }

    /**
     * What the roles may do on Kafka: everything that their routes need, and nothing more. By role, topics in the order
     * of the declaration, then the consumer group.
     */
    public List<Right> rights() {
        List<Right> rights = new ArrayList<>();
        for (var role : roles()) {
            for (var channel : channels) {
                Set<Right.Operation> operations = EnumSet.noneOf(Right.Operation.class);
                if (channel.readers().containsKey(role)) {
                    operations.addAll(EnumSet.of(Right.Operation.READ, Right.Operation.DESCRIBE));
                }
                if (channel.writers().contains(role)) {
                    operations.addAll(EnumSet.of(Right.Operation.WRITE, Right.Operation.DESCRIBE));
                }
                if (!operations.isEmpty()) {
                    rights.add(new Right(role, Right.Kind.TOPIC, channel.topic(), operations));
                }
            }
            if (!readBy(role).isEmpty()) {
                rights.add(new Right(role, Right.Kind.GROUP, role.name(), EnumSet.of(Right.Operation.READ)));
            }
        }
        return rights;
    }

    /** Everyone who writes or reads, by name. */
    public Collection<Role> roles() {
        return new TreeSet<>(drawn());
    }

    /** The same in the order of the drawing: who comes first in the declaration comes first. */
    public List<Role> drawn() {
        Set<Role> roles = new LinkedHashSet<>();
        channels.forEach(channel -> {
            roles.addAll(channel.writers());
            roles.addAll(channel.readers().keySet());
        });
        return List.copyOf(roles);
    }
}
