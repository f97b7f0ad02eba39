package io.orderflow.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prometheus' text, as processes write it and as it may be written. */
class PublishedFiguresTest {

    private static final List<String> WANTED = List.of("lag", "age");

    @Test
    void figuresHaveTheirLabelsAndWhatNobodyKnowsIsLeftOut() {
        var figures = figures("""
                # TYPE lag gauge
                lag{role="payments",topic="a"} 3.0
                lag{topic="b, \\"c\\" }",role="payments"} 1.5e1 1700000000000
                lag{role="orders"} NaN
                lag{role="inventory"} +Inf
                lag nonsense
                age 7
                other{role="payments"} 9
                """);

        assertThat(PublishedFigures.total(figures.of("lag", "payments"))).hasValue(18);
        assertThat(PublishedFigures.greatest(figures.of("lag", "payments"))).hasValue(15);
        assertThat(figures.of("lag", "payments").map(one -> one.label("topic"))).containsExactly("a", "b, \"c\" }");
        assertThat(PublishedFigures.total(figures.of("lag", "orders"))).isEmpty();
        assertThat(PublishedFigures.total(figures.of("lag", "inventory"))).isEmpty();
        assertThat(PublishedFigures.greatest(figures.of("age"))).hasValue(7);
        assertThat(figures.of("other")).isEmpty();
    }

    private static PublishedFigures figures(String text) {
        return PublishedFigures.in(text.getBytes(StandardCharsets.UTF_8), WANTED);
    }
}
