package io.orderflow.bench.load;

import java.util.concurrent.ThreadLocalRandom;

/** What is ordered: two pieces each, of a hundred articles. */
public enum OrderMix {
    /** Every article as often as any other, and every order good. */
    EVEN,
    /** Four of five orders want the same article. */
    HOT,
    /** Of a hundred orders fifteen are declined, ten are out of stock, and five are called off by their customer. */
    MIXED;

    private static final int ARTICLES = 100;
    private static final int HUNDRED = 100;
    private static final int HOT_SHARE = 80;
    private static final int DECLINED = 15;
    private static final int GONE = 25;
    private static final int CALLED_OFF = 30;

    /**
     * An order as it is sent.
     *
     * @param calledOff whether its customer calls it off at once
     */
    record Wish(String body, boolean calledOff) {}

    Wish wish() {
        var random = ThreadLocalRandom.current();
        int one = random.nextInt(ARTICLES);
        var first = article(one);
        var second = article((one + 1 + random.nextInt(ARTICLES - 1)) % ARTICLES);
        int kind = random.nextInt(HUNDRED);
        return switch (this) {
            case EVEN -> wish(first, second, "tok_visa", false);
            case HOT -> wish(kind < HOT_SHARE ? "mug" : first, second, "tok_visa", false);
            case MIXED ->
                wish(
                        kind >= DECLINED && kind < GONE ? "gone" : first,
                        second,
                        kind < DECLINED ? "tok_declined" : "tok_visa",
                        kind >= GONE && kind < CALLED_OFF);
        };
    }

    private static String article(int number) {
        return (number < 10 ? "article-0" : "article-") + number;
    }

    private static Wish wish(String first, String second, String token, boolean calledOff) {
        return new Wish(
                "{\"currency\":\"EUR\",\"customer\":{\"name\":\"Ada\",\"email\":\"ada@example.com\"},\"lines\":[{\"sku\":\""
                        + first + "\",\"quantity\":1},{\"sku\":\"" + second
                        + "\",\"quantity\":1}],\"payment\":{\"token\":\"" + token + "\"}}",
                calledOff);
    }

    /** SQL that makes its articles: values of (sku, minor units, on hand). */
    public static String articles() {
        return "select 'article-' || lpad(number::text, 2, '0') as sku, 1290 as price, 1000000000 as on_hand"
                + " from generate_series(0, 99) as number"
                + " union all values ('mug', 1290, 1000000000), ('spoon', 1290, 1000000000), ('gone', 1000, 0)";
    }
}
