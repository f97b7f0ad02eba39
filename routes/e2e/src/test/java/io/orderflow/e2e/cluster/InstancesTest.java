package io.orderflow.e2e.cluster;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.app.Orderflow;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Several processes: replicas of all services, and each service by itself. */
class InstancesTest {

    @Test
    void twoInstancesKeepTheOrderOfEveryOrder() throws Exception {
        try (var shop = Shop.at(Site.fresh())) {
            var second = shop.starts();
            var mug = shop.stocks(1_000);
            var clients = List.of(new Client(shop.instance().address()), new Client(second.address()));
            var forms = new ArrayList<OrderForm>();
            var orders = new ArrayList<UUID>();
            for (int i = 0; i < 60; i++) {
                var form = anOrder().of(1, mug).paidWith(i % 3 == 0 ? "tok_declined" : "tok_visa");
                shop.customersUse(clients.get(i % 2));
                forms.add(form);
                orders.add(shop.places(form));
                if (i % 5 == 1) {
                    shop.customersUse(clients.get((i + 1) % 2));
                    shop.cancels(orders.get(i));
                }
                if (i == 40) {
                    shop.stops(second);
                    clients = List.of(clients.getFirst(), clients.getFirst());
                }
            }
            shop.customersUse(clients.getFirst());

            shop.settles(orders);
            shop.comesToRest();
            shop.keepsItsBooks(forms, orders);
            orders.forEach(order -> assertInOrder(shop, order));
        }
    }

    @Test
    void eachServiceRunsAlone() {
        try (var shop = new Shop(Site.fresh())) {
            var alone = shop.startsEachRoleAlone(role -> new String[0]);
            alone.forEach(
                    (role, instance) -> assertThat(instance.roles().here()).containsExactly(role));
            var mug = shop.stocks(3);
            var good = anOrder().of(2, mug);
            var declined = anOrder().of(1, mug).paidWith("tok_declined");

            var confirmed = shop.places(good);
            var cancelled = shop.places(declined);

            shop.eventually(confirmed)
                    .isConfirmed()
                    .isSettled()
                    .hasMoved(2 * PRICE)
                    .hasMails(good, "confirmed");
            shop.eventually(cancelled)
                    .isCancelled("PAYMENT_DECLINED", "DECLINED")
                    .isSettled()
                    .hasMails(declined, 1);
            shop.customersUse(alone.get(Role.INVENTORY));
            shop.eventuallyHas(mug, 1, 0, 2);
            shop.http().get("/orders/" + confirmed).expect(404);
        }
    }

    @Test
    void aWrongRoleStopsTheProcessWithTheListOfRightOnes() {
        try (var process = new OwnProcess(Orderflow.class, "--roles=orders,billing")) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(process.log().strip())
                    .isEqualTo(
                            "--roles: billing (expected: all, or some of %s, separated by commas)",
                            Topology.WITH_CONSOLE.drawn().stream()
                                    .map(Role::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * On each topic an order's events come in the order in which they were said, each for the first time in its turn,
     * and none is missing.
     */
    private static void assertInOrder(Shop shop, UUID order) {
        Map<String, Long> last = new HashMap<>();
        Map<String, Set<Long>> said = new HashMap<>();
        for (var entry : shop.journal().withContactOf(order)) {
            var seen = said.computeIfAbsent(entry.writer(), writer -> new TreeSet<>());
            if (seen.add(entry.sequence())) {
                assertThat(entry.sequence())
                        .as(entry.topic() + " in " + shop.journal().tell(order))
                        .isGreaterThan(last.getOrDefault(entry.topic(), 0L));
                last.put(entry.topic(), entry.sequence());
            }
        }
        said.forEach((writer, sequences) -> assertThat(sequences)
                .as(writer + " in " + shop.journal().tell(order))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequences.size()).boxed().toList()));
    }
}
