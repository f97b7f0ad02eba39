package io.orderflow.contracts;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.contracts.Role.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyTest {

    @Test
    void everyEventTopicHasOneWriter() {
        assertThat(Topology.ORDERFLOW.channels())
                .filteredOn(channel -> !isDeadLetters(channel))
                .allSatisfy(channel -> assertThat(channel.writers()).hasSize(1));
    }

    @Test
    void onlyNotificationsReadsContacts() {
        assertThat(Topology.ORDER_CONTACTS.readers()).containsOnlyKeys(NOTIFICATIONS);
    }

    @Test
    void consoleHearsEverythingButContactsAndSaysNothingOfItsOwn() {
        for (var topic : List.of("order_events", "payment_events", "inventory_events", "dead_letters")) {
            var channel = Topology.WITH_CONSOLE.find(topic).orElseThrow();
            assertThat(channel.readers().get(Role.CONSOLE)).as(topic).containsExactlyElementsOf(channel.events());
        }
        assertThat(Topology.WITH_CONSOLE.find("order_contacts")).contains(Topology.ORDER_CONTACTS);
        assertThat(Topology.WITH_CONSOLE.writtenBy(Role.CONSOLE))
                .extracting(Channel::topic)
                .containsExactly("dead_letters");
        for (var role : Topology.ORDERFLOW.roles()) {
            assertThat(Topology.WITH_CONSOLE.answeredTo(role))
                    .as("whose answers are waited for")
                    .extracting(Channel::topic)
                    .containsExactlyElementsOf(Topology.ORDERFLOW.answeredTo(role).stream()
                            .map(Channel::topic)
                            .toList());
        }
    }

    @Test
    void everyEventIsHandledBySomebody() {
        assertThat(Topology.ORDERFLOW.channels())
                .filteredOn(channel -> !channel.isForOthers())
                .allSatisfy(channel -> assertThat(channel.readers().values())
                        .flatExtracting(types -> types)
                        .containsAll(channel.events()));
        assertThat(Topology.ORDERFLOW.channels())
                .filteredOn(Channel::isForOthers)
                .extracting(Channel::topic)
                .contains("dead_letters");
    }

    private static boolean isDeadLetters(Channel channel) {
        return channel.topic().equals(Topology.DEAD_LETTERS.topic());
    }

    @Test
    void whoeverReadsAnythingMaySayWhatItParkedAndNobodyElse() {
        var hears = new Role("hears");
        var says = new Role("says");
        var topology = Topology.ORDERFLOW
                .with(Topology.ORDER_EVENTS, channel -> channel.readBy(hears, OrderConfirmed.class))
                .with(Channel.named("said").writtenBy(says).carrying(OrderContact.class));

        var readers = topology.channels().stream()
                .flatMap(channel -> channel.readers().keySet().stream())
                .toList();
        assertThat(topology.find("dead_letters").orElseThrow().writers())
                .containsOnlyOnceElementsOf(readers)
                .contains(hears)
                .doesNotContain(says);
        assertThat(topology.rights())
                .contains(new Right(
                        hears,
                        Right.Kind.TOPIC,
                        "dead_letters",
                        Set.of(Right.Operation.WRITE, Right.Operation.DESCRIBE)));
    }

    @Test
    void knowsItsRoles() {
        assertThat(Topology.ORDERFLOW.drawn())
                .startsWith(ORDERS, PAYMENTS, INVENTORY, NOTIFICATIONS)
                .doesNotHaveDuplicates();
        assertThat(Topology.ORDERFLOW.roles()).containsSubsequence(INVENTORY, NOTIFICATIONS, ORDERS, PAYMENTS);
        assertThat(Topology.ORDERFLOW.readBy(ORDERS))
                .containsExactly(Topology.PAYMENT_EVENTS, Topology.INVENTORY_EVENTS);
    }

    @Test
    void knowsWhereWhoIsAnswered() {
        assertThat(Topology.ORDERFLOW.answeredTo(ORDERS)).containsExactly(Topology.ORDER_EVENTS);
        assertThat(Topology.ORDERFLOW.answeredTo(PAYMENTS)).containsExactly(Topology.PAYMENT_EVENTS);
        assertThat(Topology.ORDERFLOW.answeredTo(NOTIFICATIONS)).isEmpty();
        var loyalty = new Role("loyalty");
        assertThat(Topology.ORDERFLOW
                        .with(Topology.INVENTORY_EVENTS, channel -> channel.readBy(loyalty, StockReserved.class))
                        .with(Channel.named("loyalty_events")
                                .writtenBy(loyalty)
                                .carrying(OrderContact.class)
                                .readBy(PAYMENTS, OrderContact.class))
                        .answeredTo(loyalty))
                .as("through payments, orders and inventory")
                .extracting(Channel::topic)
                .containsExactly("loyalty_events");
    }

    @Test
    void growsByOneMoreReader() {
        var loyalty = new Role("loyalty");

        var topology = Topology.ORDERFLOW.with(
                Topology.ORDER_EVENTS, channel -> channel.readBy(loyalty, OrderConfirmed.class));

        assertThat(topology.roles()).contains(loyalty);
        assertThat(Topology.ORDERFLOW.roles()).doesNotContain(loyalty);
    }

    @Test
    void refusesAReaderOfWhatTheChannelDoesNotCarry() {
        assertThatThrownBy(() -> Topology.ORDER_EVENTS.readBy(PAYMENTS, StockReserved.class))
                .hasMessageContaining("StockReserved");
    }

    @Test
    void refusesTheSameTopicTwice() {
        assertThatThrownBy(() -> Topology.ORDERFLOW.with(Channel.named("order_events")))
                .hasMessageContaining("order_events");
    }
}
