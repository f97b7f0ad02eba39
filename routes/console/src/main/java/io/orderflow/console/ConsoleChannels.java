package io.orderflow.console;

import static io.orderflow.contracts.Role.CONSOLE;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;

/**
 * Where console's messages come in and go out.
 *
 * @param rebuildRequests where operators' wishes for a rebuild come in, each with its work after the commit
 * @param rereadings the topics that a worker is to read again
 * @param rebuildEndings where it is recorded that they were read
 */
record ConsoleChannels(
        String orderEvents,
        String paymentEvents,
        String inventoryEvents,
        String deadLetters,
        String rebuildRequests,
        String rereadings,
        String rebuildEndings) {

    static ConsoleChannels declared() {
        return new ConsoleChannels(
                hears(Topology.ORDER_EVENTS),
                hears(Topology.PAYMENT_EVENTS),
                hears(Topology.INVENTORY_EVENTS),
                hears(Topology.DEAD_LETTERS),
                Participant.transaction(CONSOLE, "ask-rebuild"),
                Participant.work(CONSOLE, "reread-topics"),
                Participant.transaction(CONSOLE, "record-rebuild"));
    }

    /** As the declaration with console has the channel. */
    private static String hears(Channel channel) {
        return Participant.hears(
                CONSOLE, Topology.WITH_CONSOLE.find(channel.topic()).orElseThrow());
    }
}
