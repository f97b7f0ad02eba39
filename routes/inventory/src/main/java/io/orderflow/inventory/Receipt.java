package io.orderflow.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What becomes of a {@link Delivery}. A refusal is a receipt, too: the same key gets the same one again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "receipt")
@JsonSubTypes({
    @Type(name = "received", value = Receipt.Received.class),
    @Type(name = "unknown-article", value = Receipt.UnknownArticle.class),
    @Type(name = "too-much", value = Receipt.TooMuch.class)
})
sealed interface Receipt {

    /** The goods are in; this is what there is now. */
    record Received(StockItem item) implements Receipt {}

    /** The goods came in with an earlier report under the same key; this was its receipt, which is kept once. */
    record Repeated(Received first) implements Receipt {}

    /** Inventory keeps no such article. */
    record UnknownArticle(String sku) implements Receipt {}

    /** More of the article than can be counted; there is room for so much. */
    record TooMuch(String sku, long room) implements Receipt {}

    /** The key stands for another delivery, and stays with it: this receipt is never kept. */
    record KeyTaken() implements Receipt {}
}
