package io.orderflow.console;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Origin;
import io.orderflow.messaging.TraceContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Console's part in the order saga: it listens, and tells all stories anew where an operator asks for it. */
final class ConsoleRoutes extends RouteBuilder {

    private final ConsoleChannels channels;
    private final Stories stories;
    private final Rebuilds rebuilds;

    ConsoleRoutes(ConsoleChannels channels, Stories stories, Rebuilds rebuilds) {
        this.channels = channels;
        this.stories = stories;
        this.rebuilds = rebuilds;
    }

    @Override
    public void configure() {
        orderEvents();
        paymentEvents();
        inventoryEvents();
        deadLetters();
        tellStory();
        askRebuild();
        rereadTopics();
        recordRebuild();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("console.order-events")
            .to("direct:console.tell-story");
    }

    private void paymentEvents() {
        from(channels.paymentEvents()).routeId("console.payment-events")
            .to("direct:console.tell-story");
    }

    private void inventoryEvents() {
        from(channels.inventoryEvents()).routeId("console.inventory-events")
            .to("direct:console.tell-story");
    }

    private void deadLetters() {
        from(channels.deadLetters()).routeId("console.dead-letters")
            .to("direct:console.tell-story");
    }

    /** What names no order belongs to no story, whoever said it. */
    private void tellStory() {
        from("direct:console.tell-story").routeId("console.tell-story")
            .filter(ConsoleRoutes::namesAnOrder)
                .setBody(ConsoleRoutes::chapter)
                .process().body(Chapter.class, stories::tell);
    }

    private void askRebuild() {
        from(channels.rebuildRequests()).routeId("console.ask-rebuild")
            .transform().body(RebuildAsked.class, rebuilds::ask)        // RereadTopics, or null while one is under way
            .to(channels.rereadings());
    }

    private void rereadTopics() {
        from(channels.rereadings()).routeId("console.reread-topics")
            .transform().body(RereadTopics.class, rebuilds::reread)     // TopicsReread, however long it takes
            .to(channels.rebuildEndings());
    }

    private void recordRebuild() {
        from(channels.rebuildEndings()).routeId("console.record-rebuild")
            .process().body(TopicsReread.class, rebuilds::end);
    }

    private static boolean namesAnOrder(Exchange exchange) {
        return Stories.namesAnOrder(exchange.getMessage().getBody(Event.class));
    }

    private static Chapter chapter(Exchange exchange) {
        return Chapter.of(
                exchange.getMessage().getBody(Event.class), Origin.of(exchange), TraceContext.of(exchange));
    }
}
