package io.orderflow.local.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is ordered in a demo: by the same seed the same orders by the same people at the same times. A few people and a
 * few articles come again and again and most of them seldom, as in a shop. Of a hundred orders ten are declined, six
 * want what is not in stock, and eight are sent twice.
 */
final class SeededOrders {

    private static final List<String> FIRST_NAMES = List.of(
            "Ada",
            "Alan",
            "Barbara",
            "Edsger",
            "Frances",
            "Grace",
            "Hedy",
            "Joan",
            "John",
            "Katherine",
            "Leslie",
            "Margaret",
            "Niklaus",
            "Radia",
            "Tony");

    private static final List<String> LAST_NAMES =
            List.of("Allen", "Baker", "Curie", "Dahl", "Euler", "Franklin", "Gauss", "Hopper");

    /** The most wanted first. */
    private static final List<String> ARTICLES = List.of(
            "mug",
            "tea-assam",
            "tea-earl-grey",
            "coffee-house",
            "spoon",
            "biscuits",
            "filter-papers",
            "honey",
            "mug-blue",
            "tea-sencha",
            "coffee-dark",
            "teapot",
            "milk-jug",
            "sugar-bowl",
            "french-press",
            "tray",
            "kettle",
            "gift-box",
            "grinder");

    private static final String NOT_IN_STOCK = "golden-teapot";
    private static final int HUNDRED = 100;
    private static final int DECLINED = 10;
    private static final int OUT_OF_STOCK = 16;
    private static final int REPEATED = 8;
    private static final int MOST_LINES = 4;
    private static final int ONE_PIECE = 60;
    private static final int TWO_PIECES = 90;

    private final Random random;
    private final Zipf people = new Zipf(FIRST_NAMES.size() * LAST_NAMES.size());
    private final Zipf articles = new Zipf(ARTICLES.size());

    private SeededOrders(long seed) {
        this.random = new Random(seed);
    }

    /**
     * All orders of a demo, in the order of their times.
     *
     * @param perSecond how many come on average
     * @param seconds for how long they come
     */
    static List<SeededOrder> of(long seed, double perSecond, double seconds) {
        var orders = new SeededOrders(seed);
        List<SeededOrder> all = new ArrayList<>();
        for (double at = orders.pause(perSecond); at < seconds; at += orders.pause(perSecond)) {
            all.add(orders.next(at));
        }
        return List.copyOf(all);
    }

    /** People come by themselves, not in step. */
    private double pause(double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }

    private SeededOrder next(double at) {
        var key = new UUID(random.nextLong(), random.nextLong()).toString();
        int kind = random.nextInt(HUNDRED);
        var lines = lines();
        if (kind >= DECLINED && kind < OUT_OF_STOCK) {
            lines.put(NOT_IN_STOCK, 1);
        }
        var body = """
                {"currency":"EUR","customer":%s,"lines":[%s],"payment":{"token":"%s"}}""".formatted(customer(), written(lines), kind < DECLINED ? "tok_declined" : "tok_visa");
        return new SeededOrder(at, key, body, random.nextInt(HUNDRED) < REPEATED);
    }

    private String customer() {
        int person = people.pick(random);
        var first = FIRST_NAMES.get(person % FIRST_NAMES.size());
        var last = LAST_NAMES.get(person / FIRST_NAMES.size());
        return """
                {"name":"%s %s","email":"%s.%s@example.com"}""".formatted(first, last, first.toLowerCase(Locale.ROOT), last.toLowerCase(Locale.ROOT));
    }

    private Map<String, Integer> lines() {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (int left = 1 + random.nextInt(MOST_LINES); left > 0; left--) {
            lines.putIfAbsent(ARTICLES.get(articles.pick(random)), pieces());
        }
        return lines;
    }

    private int pieces() {
        int share = random.nextInt(HUNDRED);
        return share < ONE_PIECE ? 1 : share < TWO_PIECES ? 2 : 3;
    }

    private static String written(Map<String, Integer> lines) {
        return lines.entrySet().stream()
                .map(line -> """
                        {"sku":"%s","quantity":%d}""".formatted(line.getKey(), line.getValue()))
                .collect(Collectors.joining(","));
    }
}
