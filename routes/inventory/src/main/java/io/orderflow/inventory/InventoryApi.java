package io.orderflow.inventory;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.Answer;
import io.orderflow.http.Call;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.math.BigInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Stock over REST: which articles there are, how much of each, and what comes in. */
final class InventoryApi extends RouteBuilder {

    private final InventoryChannels channels;

    InventoryApi(InventoryChannels channels) {
        this.channels = channels;
    }

    @Override
    public void configure() {
        rest("/stock")
            .get().security(CUSTOMER).security(OPERATOR_READ).security(OPERATOR_STOCK)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:inventory.list-stock")
            .get("/{sku}").security(CUSTOMER).security(OPERATOR_READ).security(OPERATOR_STOCK).to("direct:inventory.show-stock")
            .put("/{sku}").security(OPERATOR_STOCK).to("direct:inventory.introduce-article")
            .post("/{sku}/deliveries").security(OPERATOR_STOCK).to("direct:inventory.report-delivery");
        listStock();
        showStock();
        introduceArticle();
        reportDelivery();
    }

    private void listStock() {
        from("direct:inventory.list-stock").routeId("inventory.list-stock")
            .setBody(ArticlePage::of)
            .enrich(channels.articles(), ArticlePage::filled);
    }

    private void showStock() {
        from("direct:inventory.show-stock").routeId("inventory.show-stock")
            .setBody(Request::sku)
            .to(channels.article())
            .transform().body(Article.class, InventoryApi::found);      // StockLevel
    }

    private void introduceArticle() {
        from("direct:inventory.introduce-article").routeId("inventory.introduce-article")
            .setBody(InventoryApi::introduced)
            .to(channels.newArticles())                                 // StockItem, after the commit
            .transform().body(StockItem.class, StockLevel::of);
    }

    private void reportDelivery() {
        from("direct:inventory.report-delivery").routeId("inventory.report-delivery")
            .setBody(InventoryApi::reported)
            .to(channels.deliveries())                                  // Receipt, after the commit
            .transform().body(Receipt.class, InventoryApi::answer);     // Answer
    }

    private static StockLevel found(Article article) {
        if (article == null) {
            throw new Refusal(Problem.notFound());
        }
        return article.level();
    }

    private static NewArticle introduced(Exchange exchange) {
        Request.noBody(exchange);
        return new NewArticle(Call.of(exchange), Request.sku(exchange));
    }

    private static Delivery reported(Exchange exchange) {
        return new Delivery(
                Call.of(exchange),
                IdempotencyKey.of(exchange),
                Request.bodyHash(exchange),
                Request.sku(exchange),
                Request.body(exchange, Goods.class).quantity().intValueExact());
    }

    private static Answer answer(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Received received -> Answer.ok(StockLevel.of(received.item()));
            case Receipt.Repeated repeated ->
                Answer.ok(StockLevel.of(repeated.first().item())).replayed(true);
            case Receipt.UnknownArticle unknown -> throw new Refusal(Problem.notFound());
            case Receipt.TooMuch tooMuch -> throw new Refusal(Problem.unacceptable("/quantity",
                    "is more than can be counted (expected: at most " + tooMuch.room() + ")"));
            case Receipt.KeyTaken taken -> throw new Refusal(Problem.idempotencyKeyReused());
        };
    }

    /** The body of a report; a number of any size is understood, so that one that is too large is refused as such. */
    record Goods(BigInteger quantity) {

        private static final BigInteger MOST_PIECES = BigInteger.valueOf(Delivery.MAX_QUANTITY);

        Goods {
            if (quantity.signum() < 1 || quantity.compareTo(MOST_PIECES) > 0) {
                throw new Refusal(
                        Problem.unacceptable("/quantity", "is out of range (expected: 1 to " + MOST_PIECES + ")"));
            }
        }
    }
}
