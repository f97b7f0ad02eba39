package io.orderflow.contracts;

/**
 * A line that cannot be had.
 *
 * @param quantity what the order asked for
 * @param available what there was, zero or more
 */
public record Missing(String sku, int quantity, long available) {

    public Missing {
        new Line(sku, quantity);
        if (available < 0) {
            throw new IllegalArgumentException("available: " + available + " (expected: >= 0)");
        }
    }
}
