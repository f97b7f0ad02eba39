package io.orderflow.contracts;

/**
 * An amount in integer minor units of one currency.
 *
 * @param amountMinor for example cents; zero or more
 * @param currency ISO 4217, three upper-case letters
 */
public record Money(long amountMinor, String currency) {

    public Money {
        if (amountMinor < 0) {
            throw new IllegalArgumentException("amount_minor: " + amountMinor + " (expected: >= 0)");
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("currency: (expected: three upper-case letters of ISO 4217)");
        }
    }

    private static boolean isCurrency(String text) {
        if (text == null || text.length() != 3) {
            return false;
        }
        return text.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z');
    }
}
