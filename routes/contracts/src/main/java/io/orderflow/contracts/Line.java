package io.orderflow.contracts;

/**
 * So many of one article.
 *
 * @param sku the article, 1 to 64 characters
 * @param quantity 1 to 10,000
 */
public record Line(String sku, int quantity) {

    /** The most of one article that one order may hold. */
    public static final int MAX_QUANTITY = 10_000;

    /** The longest name of an article, in characters. */
    public static final int MAX_SKU_LENGTH = 64;

    public Line {
        if (sku == null || sku.isEmpty() || sku.codePointCount(0, sku.length()) > MAX_SKU_LENGTH) {
            throw new IllegalArgumentException("sku: (expected: 1 to " + MAX_SKU_LENGTH + " characters)");
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1 to " + MAX_QUANTITY + ")");
        }
    }
}
