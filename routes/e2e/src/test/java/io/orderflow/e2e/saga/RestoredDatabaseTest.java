package io.orderflow.e2e.saga;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.cluster.GuardedSite;
import io.orderflow.e2e.shop.Mailbox.Mail;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.Shop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One service's database goes back to an earlier copy while the others go on, as docs/leaving.md tells it: with its
 * group set back to before the copy, it does again what the copy does not know, and the books are right.
 */
class RestoredDatabaseTest {

    @TempDir
    private Path folder;

    private GuardedSite guarded;
    private Shop shop;
    private Shop.Sku mug;
    private Shop.Sku none;

    @BeforeEach
    void open() throws Exception {
        guarded = new GuardedSite(Topology.ORDERFLOW, folder.resolve("issued"));
        shop = Shop.at(guarded.site());
        mug = shop.stocks(100);
        none = shop.stocks(0);
    }

    @AfterEach
    void close() {
        shop.close();
        guarded.close();
    }

    /** What a shop has done before the copy and after it. */
    private record Past(List<OrderForm> before, List<UUID> known, List<OrderForm> after, List<UUID> unknown) {}

    @ParameterizedTest
    @ValueSource(strings = {"payments", "inventory"})
    void whatItsCopyDoesNotKnowTakesEffectAgainAndTheBooksAreRight(String name) throws Exception {
        var table = name.equals("payments") ? "payments.payment" : "inventory.reservation";

        var past = goesBack(new Role(name), table, 10);

        assertThat(count(table)).isEqualTo(20);
        shop.keepsItsBooks(past.before(), past.known());
        shop.keepsItsBooks(past.after(), past.unknown());
        shop.eventuallyHas(mug, 92, 0, 8);
        assertThat(Stream.concat(past.known().stream(), past.unknown().stream())
                        .flatMap(order -> Topology.ORDERFLOW.roles().stream()
                                .flatMap(reader -> shop.parkedOf(reader, order).stream())))
                .isEmpty();
    }

    @Test
    void itsMailsSinceTheCopyComeASecondTimeUnderTheirOwnIdsAndNoOthers() throws Exception {
        var past = goesBack(new Role("notifications"), "notifications.recipient", 10);

        assertThat(count("notifications.recipient")).isEqualTo(20);
        shop.keepsItsBooks(past.before(), past.known());
        for (var form : past.after()) {
            var mails = shop.mailsTo(form).stream().collect(groupingBy(Mail::messageId, counting()));
            assertThat(mails)
                    .isNotEmpty()
                    .allSatisfy((id, copies) -> assertThat(copies).as(id).isEqualTo(2));
        }
    }

    /** The orders that a copy of orders' database does not know stay with the others, where nobody calls them off. */
    @Test
    void ordersThatItsCopyDoesNotKnowAreLostAndTheirAnswersWaitForAnOperator() throws Exception {
        var past = goesBack(Role.ORDERS, "orders.orders", 3);

        assertThat(count("orders.orders")).isEqualTo(10);
        shop.keepsItsBooks(past.before(), past.known());
        for (var lost : past.unknown()) {
            assertThat(shop.looksAt(lost).status()).isEqualTo(404);
            assertThat(shop.parkedOf(Role.ORDERS, lost))
                    .as("its answers")
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(answer -> assertThat(answer.error())
                            .containsPattern("no such order|an earlier event of this order is parked"));
        }
        assertThat(shop.moneyFor(past.unknown().getFirst()))
                .as("charged for nobody")
                .isEqualTo(Shop.PRICE);
        var next = OrderForm.anOrder().of(1, mug);
        shop.eventually(shop.places(next))
                .isConfirmed()
                .isSettled()
                .hasMoved(Shop.PRICE)
                .hasMails(next, "confirmed");
        shop.eventuallyHas(mug, 93, 0, 7);
    }

    @Test
    void theJobThatSetsAGroupBackFailsWhileAnybodyReads() throws Exception {
        var order = OrderForm.anOrder().of(1, mug);
        shop.eventually(shop.places(order)).isConfirmed().isSettled();

        var job = setBack(Role.PAYMENTS, Instant.now());

        assertThat(job.printed()).contains("'payments' is inactive, but the current state is Stable");
        assertThat(job.status()).isNotZero();
    }

    private SetBackJob.Ended setBack(Role role, Instant time) throws Exception {
        return new SetBackJob(folder, guarded.address(), folder.resolve("issued")).run(role, time);
    }

    /** A role is copied, goes on, is restored, set back, started, and comes to rest. */
    private Past goesBack(Role role, String table, int after) throws Exception {
        var before = forms(10);
        var known = shop.placesAll(before);
        shop.keepsItsBooks(before, known);
        shop.comesToRest();
        var copied = Instant.now();
        var copy = SchemaCopy.of(shop, role, folder);
        var forms = forms(after);
        var unknown = shop.placesAll(forms);
        shop.keepsItsBooks(forms, unknown);
        shop.comesToRest();

        shop.stops(shop.instance());
        copy.restore();
        assertThat(count(table)).as("what came after the copy is gone").isEqualTo(known.size());
        var job = setBack(role, copied);
        assertThat(job.status()).as(job.printed()).isZero();
        assertThat(Topology.ORDERFLOW.readBy(role)).isNotEmpty().allSatisfy(channel -> assertThat(job.printed())
                .containsPattern(role + "\\s+" + channel.topic() + "\\s+\\d+\\s+\\d+"));
        shop.customersUse(shop.starts());
        shop.comesToRest();
        return new Past(before, known, forms, unknown);
    }

    /** Of ten orders four are confirmed, and the others called off, two of them for the money, four for the stock. */
    private List<OrderForm> forms(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> switch (i % 5) {
                    case 0 -> OrderForm.anOrder().of(1, mug);
                    case 1 -> OrderForm.anOrder().of(1, mug).paidWith("tok_timeout_charged");
                    case 2 -> OrderForm.anOrder().of(1, mug).paidWith("tok_declined");
                    default -> OrderForm.anOrder().of(1, none);
                })
                .toList();
    }

    private int count(String table) {
        return shop.sql().queryForObject("select count(*) from " + table, Integer.class);
    }
}
