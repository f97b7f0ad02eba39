package io.orderflow.e2e.saga;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said again has no effect again. */
class RepetitionTest {

    private Shop shop;
    private Shop.Sku mug;
    private List<OrderForm> forms;

    @BeforeEach
    void open() {
        shop = Shop.at(Site.fresh());
        mug = shop.stocks(100);
        var none = shop.stocks(0);
        forms = IntStream.range(0, 30)
                .mapToObj(i -> switch (i % 5) {
                    case 0 -> OrderForm.anOrder().of(1, mug).paidWith("tok_declined");
                    case 1 -> OrderForm.anOrder().of(1, none);
                    case 2 -> OrderForm.anOrder().of(1, mug).paidWith("tok_timeout_charged");
                    default -> OrderForm.anOrder().of(1, mug);
                })
                .toList();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** The second time as a proxy may have written it: what is said is the same, its bytes are not. */
    @Test
    void everyEventMayComeTwice() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        shop.journal().tellsAlso(entry -> {
            if (entry.body() != null && seen.add(entry.eventId())) {
                var anew = entry.body().toPrettyString();
                shop.writes(entry.topic(), entry.key(), anew.getBytes(StandardCharsets.UTF_8));
            }
        });

        var orders = shop.placesAll(forms);

        assertBooks(orders);
        for (var order : orders) {
            shop.eventually(order).comesTrue(() -> {
                assertThat(shop.saidOf(order)).containsAnyOf("OrderConfirmed", "OrderCancelled");
                assertThat(timesOfEach(order)).as(shop.journal().tell(order)).containsOnly(2L);
            });
            assertThat(eventIds(order).values()).as(shop.journal().tell(order)).allSatisfy(ids -> assertThat(ids)
                    .hasSize(1));
        }
    }

    @Tag("campaign")
    @Test
    void historyMayComeAgainInAnyOrder() {
        var orders = shop.placesAll(forms);
        assertBooks(orders);
        var history = new ArrayList<>(shop.journal().all());
        var said = history.size();

        Collections.shuffle(history, new Random(42));
        shop.repeats(history);

        assertBooks(orders);
        assertThat(shop.journal().all()).hasSize(2 * said);
    }

    @Test
    void offsetsMayGoBackToTheBeginning() throws Exception {
        var orders = shop.placesAll(forms);
        assertBooks(orders);
        var said = shop.journal().all().size();

        shop.stops(shop.instance());
        rewind();
        shop.customersUse(shop.starts());

        assertBooks(orders);
        assertThat(shop.journal().all()).hasSize(said);
    }

    /** Every group of consumers, on every topic that it reads. */
    private void rewind() throws Exception {
        var site = shop.site();
        try (var admin = Admin.create(Map.of("bootstrap.servers", site.broker().address()))) {
            for (var role : Topology.ORDERFLOW.roles()) {
                var beginning = Topology.ORDERFLOW.readBy(role).stream()
                        .flatMap(channel -> Stream.of(0, 1)
                                .map(partition -> new TopicPartition(site.topic(channel.topic()), partition)))
                        .collect(toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
                admin.alterConsumerGroupOffsets(site.prefix() + role, beginning)
                        .all()
                        .get();
            }
        }
    }

    private void assertBooks(List<UUID> orders) {
        shop.settles(orders);
        shop.comesToRest();
        shop.keepsItsBooks(forms, orders);
        var sold = shop.outcomes().get("CONFIRMED");
        shop.eventuallyHas(mug, 82, 0, 18);
        assertThat(sold).isEqualTo(18);
    }

    private Collection<Long> timesOfEach(UUID order) {
        return shop.journal().of(order).stream()
                .collect(Collectors.groupingBy(Journal.Entry::eventId, Collectors.counting()))
                .values();
    }

    private Map<String, Set<String>> eventIds(UUID order) {
        return shop.journal().of(order).stream()
                .collect(Collectors.groupingBy(
                        Journal.Entry::type, Collectors.mapping(Journal.Entry::eventId, Collectors.toSet())));
    }
}
