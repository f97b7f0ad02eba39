package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is ordered follows from the seed, and looks like a shop. */
class SeededOrdersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<SeededOrder> ORDERS = SeededOrders.of(1, 100, 50);

    @Test
    void theSameSeedGivesTheSameOrders() {
        assertThat(SeededOrders.of(1, 100, 50)).isEqualTo(ORDERS);
        assertThat(SeededOrders.of(2, 100, 50)).isNotEqualTo(ORDERS);
    }

    @Test
    void theyComeOneAfterTheOtherUntilTheLast() {
        assertThat(ORDERS.size()).isBetween(4_700, 5_300);
        assertThat(ORDERS)
                .isSortedAccordingTo(Comparator.comparingDouble(SeededOrder::at))
                .allMatch(order -> order.at() < 50);
        assertThat(ORDERS.stream().map(SeededOrder::key)).doesNotHaveDuplicates();
    }

    @Test
    void someAreDeclinedSomeAreOutOfStockAndSomeComeTwice() {
        assertThat(percent(order -> order.body().contains("tok_declined"))).isBetween(8.0, 12.0);
        assertThat(percent(order -> order.body().contains("golden-teapot"))).isBetween(4.0, 8.0);
        assertThat(percent(order ->
                        order.body().contains("tok_declined") && order.body().contains("golden-teapot")))
                .as("each has one end")
                .isZero();
        assertThat(percent(SeededOrder::repeated)).isBetween(6.0, 10.0);
    }

    @Test
    void aFewArticlesAndAFewPeopleComeAgainAndAgain() {
        assertThat(descending("/lines/0/sku")).startsWith("mug", "tea-assam").hasSizeGreaterThan(15);
        assertThat(descending("/customer/email"))
                .startsWith("ada.allen@example.com")
                .hasSizeGreaterThan(100);
    }

    /** What comes once, as often as it comes. */
    private static List<String> descending(String field) {
        Map<String, Long> counts = ORDERS.stream()
                .map(order -> read(order).at(field).asText())
                .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void anOrderNamesAnArticleOnce() {
        assertThat(ORDERS).allSatisfy(order -> {
            var lines = read(order).path("lines");
            assertThat(lines.findValuesAsText("sku")).isNotEmpty().doesNotHaveDuplicates();
            assertThat(lines).allMatch(line -> line.path("quantity").asInt() >= 1);
        });
    }

    private static double percent(Predicate<SeededOrder> some) {
        return 100.0 * ORDERS.stream().filter(some).count() / ORDERS.size();
    }

    private static JsonNode read(SeededOrder order) {
        try {
            return JSON.readTree(order.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
