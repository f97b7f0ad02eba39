package io.orderflow.inventory;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Topology.INVENTORY_EVENTS;
import static io.orderflow.contracts.Topology.ORDER_EVENTS;

import io.orderflow.messaging.Participant;

/**
 * The endpoints between inventory's routes and the world. A route test gives {@code direct:} and {@code mock:} ones.
 *
 * @param orderEvents what orders says, one event at a time, in a transaction
 * @param inventoryEvents where inventory answers, in the same transaction
 * @param newArticles where articles come in that were not kept before, each with its figures after the commit
 * @param deliveries where deliveries come in, each with a receipt after the commit
 * @param article finds the article whose SKU is the body, or null
 * @param articles finds the articles of a {@link ArticlePage}
 */
record InventoryChannels(
        String orderEvents,
        String inventoryEvents,
        String newArticles,
        String deliveries,
        String article,
        String articles) {

    static InventoryChannels declared() {
        return new InventoryChannels(
                Participant.hears(INVENTORY, ORDER_EVENTS),
                Participant.says(INVENTORY, INVENTORY_EVENTS),
                Participant.transaction(INVENTORY, "add-article"),
                Participant.transaction(INVENTORY, "receive-delivery"),
                articles("findEntity=true"),
                articles("query=select a from Article a where a.sku > :after order by a.sku limit :rows"
                        + "&parameters.after=${body.after}&parameters.rows=${body.rows}"));
    }

    private static String articles(String read) {
        return "jpa-read:" + Article.class.getName() + "?" + read + "&joinTransaction=false&flushOnSend=false";
    }
}
