package io.orderflow.orders;

import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * An article of the catalogue.
 *
 * @param prices in minor units, by currency
 */
record Product(String sku, String name, SortedMap<String, Long> prices) {

    /** The highest price: what every JSON parser reads exactly. */
    static final long MAX_PRICE_MINOR = 9_007_199_254_740_991L;

    /** Its name and prices in one line, for the record of calls. */
    String told() {
        return name + ", "
                + prices.entrySet().stream()
                        .map(price -> price.getKey() + " " + price.getValue())
                        .collect(Collectors.joining(", "));
    }
}
