package io.orderflow.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.peers.StartedContestant.Entry;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each contestant ends its orders, with money, pieces and mails where they belong. */
class ContestantTest {

    private final GreenMail mails = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeEach
    void open() {
        mails.start();
    }

    @AfterEach
    void close() {
        mails.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usual", "tuned"})
    void ordersEndOnceAlsoWhenTheirEventsComeAgain(String name) throws Exception {
        try (var contestant = new StartedContestant(
                        name,
                        Broker.shared(),
                        Postgres.shared(),
                        mails.getSmtp().getPort())
                .start()) {
            var key = UUID.randomUUID();
            var good = place(contestant, key, "mug", "tok_visa");
            var again = place(contestant, key, "mug", "tok_visa");
            var declined = place(contestant, UUID.randomUUID(), "mug", "tok_declined");
            var gone = place(contestant, UUID.randomUUID(), "gone", "tok_visa");

            assertThat(again).isEqualTo(good);
            awaitEnds(contestant, 3);
            var ends = sayAgain(contestant.topic());
            assertThat(ends.stream().filter(end -> end.value().contains(contestant.confirmedMark())))
                    .extracting(ConsumerRecord::key)
                    .containsExactly(good.toString());
            var later = place(contestant, UUID.randomUUID(), "mug", "tok_visa");
            awaitEnds(contestant, 4);

            Map<UUID, Entry> ledger =
                    contestant.ledger().stream().collect(Collectors.toMap(Entry::id, Function.identity()));
            assertThat(ledger.get(good)).isEqualTo(new Entry(good, "CONFIRMED", 2_580, 2_580, 0, 1, 2, 2));
            assertThat(ledger.get(declined)).isEqualTo(new Entry(declined, "CANCELLED", 2_580, 0, 0, 0, 2, 0));
            assertThat(ledger.get(gone)).isEqualTo(new Entry(gone, "CANCELLED", 2_290, 2_290, 2_290, 1, 2, 0));
            assertThat(contestant.taken("mug")).isEqualTo(2);
            assertThat(sent())
                    .containsOnly(
                            entry(good + ".confirmed", 1L),
                            entry(declined + ".cancelled", 1L),
                            entry(gone + ".cancelled", 1L),
                            entry(gone + ".refunded", 1L),
                            entry(later + ".confirmed", 1L));
        }
    }

    /** Every order is where its end wants it, and one mail more than orders has come: there is one refund. */
    private void awaitEnds(StartedContestant contestant, int orders) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(contestant.ledger()).hasSize(orders).allMatch(Entry::balances);
            assertThat(contestant.unsent()).isZero();
            assertThat(sent()).hasSize(orders + 1);
        });
    }

    /** Sends all that a topic has once more, byte for byte, and answers it. */
    private static List<ConsumerRecord<String, String>> sayAgain(String topic) {
        var brokers =
                Map.<String, Object>of("bootstrap.servers", Broker.shared().address());
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(brokers, new StringDeserializer(), new StringDeserializer());
                var producer = new KafkaProducer<>(brokers, new StringSerializer(), new StringSerializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (records.size() < all) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            records.forEach(one -> producer.send(new ProducerRecord<>(topic, one.key(), one.value())));
        }
        return records;
    }

    private static UUID place(StartedContestant contestant, UUID key, String sku, String token)
            throws IOException, InterruptedException {
        var answer = contestant.place(key, sku, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Length")).isPresent();
        return UUID.fromString(answer.body().split("\"")[3]);
    }

    /** How often each mail has come, by what it tells of. */
    private Map<String, Long> sent() {
        Map<String, Long> sent = new HashMap<>();
        Arrays.stream(mails.getReceivedMessages())
                .forEach(mail -> sent.merge(header(mail).replaceAll("[<>]|@.*", ""), 1L, Long::sum));
        return sent;
    }

    private static String header(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
