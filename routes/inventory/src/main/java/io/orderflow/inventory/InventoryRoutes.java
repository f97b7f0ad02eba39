package io.orderflow.inventory;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import org.apache.camel.builder.RouteBuilder;

/**
 * Inventory's part in the order saga: reserve for a new order, sell when it is confirmed, give back when it is
 * cancelled.
 */
final class InventoryRoutes extends RouteBuilder {

    private final InventoryChannels channels;
    private final Stock stock;

    InventoryRoutes(InventoryChannels channels, Stock stock) {
        this.channels = channels;
        this.stock = stock;
    }

    @Override
    public void configure() {
        orderEvents();
        reserveStock();
        sellStock();
        releaseStock();
        addArticle();
        receiveDelivery();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("inventory.order-events")
            .choice()
                .when(body().isInstanceOf(OrderCreated.class)).to("direct:inventory.reserve-stock")
                .when(body().isInstanceOf(OrderConfirmed.class)).to("direct:inventory.sell-stock")
                .when(body().isInstanceOf(OrderCancelled.class)).to("direct:inventory.release-stock");
    }

    private void reserveStock() {
        from("direct:inventory.reserve-stock").routeId("inventory.reserve-stock")
            .transform().body(OrderCreated.class, stock::reserve)       // StockReserved | StockRejected
            .to(channels.inventoryEvents());
    }

    /** Says nothing: a confirmed order is final, and orders waits for no answer. */
    private void sellStock() {
        from("direct:inventory.sell-stock").routeId("inventory.sell-stock")
            .process().body(OrderConfirmed.class, stock::sell);
    }

    /** Compensates {@link #reserveStock()}; releasing what was never reserved bars the order that comes late. */
    private void releaseStock() {
        from("direct:inventory.release-stock").routeId("inventory.release-stock")
            .transform().body(OrderCancelled.class, stock::release)     // StockReleased, possibly of nothing
            .to(channels.inventoryEvents());
    }

    private void addArticle() {
        from(channels.newArticles()).routeId("inventory.add-article")
            .transform().body(NewArticle.class, stock::add);            // StockItem
    }

    private void receiveDelivery() {
        from(channels.deliveries()).routeId("inventory.receive-delivery")
            .transform().body(Delivery.class, stock::receive);          // Receipt
    }
}
