package io.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** What becomes of an order sooner or later. A claim that does not come true fails with the order's journal. */
public final class OrderClaims {

    private final Shop shop;
    private final UUID order;

    OrderClaims(Shop shop, UUID order) {
        this.shop = shop;
        this.order = order;
    }

    public OrderClaims isConfirmed() {
        return is("CONFIRMED", null, "CAPTURED");
    }

    public OrderClaims isCancelled(String reason, String paymentStatus) {
        return is("CANCELLED", reason, paymentStatus);
    }

    private OrderClaims is(String status, String reason, String paymentStatus) {
        return comesTrue(() -> {
            var answer = seen();
            assertThat(answer.text("status")).as("status").isEqualTo(status);
            assertThat(answer.text("reason")).as("reason").isEqualTo(reason);
            assertThat(answer.text("payment_status")).as("payment_status").isEqualTo(paymentStatus);
        });
    }

    /** Final, and every part of it answered. */
    public OrderClaims isSettled() {
        return comesTrue(() -> {
            var answer = seen();
            assertThat(answer.text("status")).as("status").isIn("CONFIRMED", "CANCELLED");
            assertThat(answer.body().path("settled").asBoolean()).as("settled").isTrue();
        });
    }

    /** Console has heard of its end, too. */
    public OrderClaims isTold() {
        var told = "select count(*) from console.story where order_id = ? and state in ('CONFIRMED', 'CANCELLED')";
        return comesTrue(() -> assertThat(shop.sql().queryForObject(told, Integer.class, order))
                .as("stories with an end")
                .isEqualTo(1));
    }

    /** Exactly these events, in whatever order they reached the reader. */
    public OrderClaims hasSaid(String... types) {
        return comesTrue(() -> assertThat(shop.saidOf(order)).containsExactlyInAnyOrder(types));
    }

    public OrderClaims hasMails(OrderForm form, int count) {
        return comesTrue(() -> assertThat(shop.mailsTo(form)).hasSize(count));
    }

    public OrderClaims hasMails(OrderForm form, String... subjects) {
        return comesTrue(() -> {
            var mails = shop.mailsTo(form);
            assertThat(mails).as("mails").hasSize(subjects.length);
            for (var subject : subjects) {
                assertThat(mails).anyMatch(mail -> mail.subject().toLowerCase().contains(subject));
            }
        });
    }

    public OrderClaims hasMoved(long cents) {
        return comesTrue(() -> assertThat(shop.moneyFor(order)).as("money").isEqualTo(cents));
    }

    RestAnswer seen() {
        return shop.looksAt(order).expect(200);
    }

    public OrderClaims comesTrue(ThrowingRunnable claim) {
        try {
            await().pollDelay(Duration.ZERO)
                    .atMost(Shop.PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(claim);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + shop.journal().tell(order), e);
        }
        return this;
    }
}
