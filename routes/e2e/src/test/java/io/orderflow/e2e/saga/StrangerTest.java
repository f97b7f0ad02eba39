package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.contracts.Role;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A Kafka client that knows nothing of this project can listen and take part, by keys and bodies alone. */
class StrangerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPlainKafkaClientPlaysThePartOfPayments() throws Exception {
        try (var shop = Shop.at(Site.fresh(), Shop.everyRoleBut(Role.PAYMENTS))) {
            var mug = shop.stocks(3);
            var form = anOrder().of(2, mug);
            var other = anOrder().of(1, mug);

            var order = shop.places(form);
            var refused = shop.places(other);
            var heard = hears(shop, 2);

            assertThat(heard)
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrder(order.toString(), refused.toString());
            for (var record : heard) {
                var event = JSON.readTree(record.value());
                assertThat(event.path("event_type").asText()).isEqualTo("OrderCreated");
                assertThat(event.path("order_id").asText()).isEqualTo(record.key());
                says(shop, record.key(), record.key().equals(order.toString()) ? paid(event) : declined(event));
            }

            shop.eventually(order).isConfirmed().hasMails(form, "confirmed");
            shop.eventually(refused).isCancelled("PAYMENT_DECLINED", "DECLINED").hasMails(other, "cancelled");
            shop.eventuallyHas(mug, 1, 0, 2);
        }
    }

    private static List<ConsumerRecord<String, String>> hears(Shop shop, int count) {
        List<ConsumerRecord<String, String>> heard = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        shop.site().broker().address(),
                        "group.id",
                        shop.site().prefix() + "a-stranger",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(shop.site().topic("order_events")));
            var end = Instant.now().plus(Shop.PATIENCE);
            while (heard.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(100)).forEach(heard::add);
            }
        }
        return heard;
    }

    private static void says(Shop shop, String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", shop.site().broker().address()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(shop.site().topic("payment_events"), key, value))
                    .get();
        }
    }

    private static String paid(JsonNode created) {
        return event("PaymentCompleted", created, """
                {"amount": %s}""".formatted(
                        created.path("payload").path("total")));
    }

    private static String declined(JsonNode created) {
        return event("PaymentDeclined", created, """
                {"code": "card_declined"}""");
    }

    private static String event(String type, JsonNode created, String payload) {
        return """
                {
                  "event_id": "%s",
                  "event_type": "%s",
                  "event_version": 1,
                  "occurred_at": "%s",
                  "order_id": "%s",
                  "sequence": 1,
                  "payload": %s
                }""".formatted(
                UUID.randomUUID(), type, Instant.now(), created.path("order_id").asText(), payload);
    }
}
