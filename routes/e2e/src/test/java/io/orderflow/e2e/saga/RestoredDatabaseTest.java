package io.orderflow.e2e.saga;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One service's database goes back to an earlier copy while the others go on, as docs/leaving.md tells it: with its
 * group set back to before the copy, it does again what the copy does not know, and the books are right.
 */
class RestoredDatabaseTest {

    /** The tables of a schema, without the parts of those that have parts. */
    private static final String EACH_TABLE = """
            do $$ declare one text; begin
                for one in select relname from pg_class
                        where relnamespace = '%s'::regnamespace and relkind in ('r', 'p') and not relispartition loop
                    execute format('%s', one);
                end loop;
            end $$""";

    private Shop shop;
    private Shop.Sku mug;
    private Shop.Sku none;

    @BeforeEach
    void open() {
        shop = Shop.at(Site.fresh());
        mug = shop.stocks(100);
        none = shop.stocks(0);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payments", "inventory"})
    void whatItsCopyDoesNotKnowTakesEffectAgainAndTheBooksAreRight(String name) throws Exception {
        var role = new Role(name);
        var table = name.equals("payments") ? "payments.payment" : "inventory.reservation";
        var before = forms();
        var known = shop.placesAll(before);
        shop.keepsItsBooks(before, known);
        shop.comesToRest();
        long copied = System.currentTimeMillis();
        copy(role);
        var after = forms();
        var unknown = shop.placesAll(after);
        shop.keepsItsBooks(after, unknown);
        shop.comesToRest();

        shop.stops(shop.instance());
        restore(role);
        assertThat(count(table)).as("what came after the copy is gone").isEqualTo(known.size());
        setBack(role, copied);
        shop.customersUse(shop.starts());

        shop.comesToRest();
        assertThat(count(table)).isEqualTo(known.size() + unknown.size());
        shop.keepsItsBooks(before, known);
        shop.keepsItsBooks(after, unknown);
        shop.eventuallyHas(mug, 92, 0, 8);
        assertThat(Stream.concat(known.stream(), unknown.stream()).flatMap(order -> Topology.ORDERFLOW.roles().stream()
                        .flatMap(reader -> shop.parkedOf(reader, order).stream())))
                .isEmpty();
    }

    /** Of ten orders four are confirmed, and the others called off, half of them for the money, half for the stock. */
    private List<OrderForm> forms() {
        return IntStream.range(0, 10)
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

    private void copy(Role role) {
        shop.asSuperuser("create schema copied");
        shop.asSuperuser(EACH_TABLE.formatted(role, "create table copied.%1$I as table " + role + ".%1$I"));
    }

    /** Numbers that are drawn begin again behind the copy's, as those of a restored server do. */
    private void restore(Role role) {
        shop.asSuperuser(EACH_TABLE.formatted(role, "truncate " + role + ".%1$I cascade"));
        shop.asSuperuser(EACH_TABLE.formatted(
                role, "insert into " + role + ".%1$I overriding system value select * from copied.%1$I"));
        shop.asSuperuser("""
                do $$ declare one record; begin
                    for one in select table_name, column_name from information_schema.columns
                            where table_schema = '%1$s' and is_identity = 'YES' loop
                        execute format('select setval(pg_get_serial_sequence(%%L, %%L), coalesce(max(%%I), 0) + 1, false)
                            from %1$s.%%I', '%1$s.' || one.table_name, one.column_name, one.column_name, one.table_name);
                    end loop;
                end $$""".formatted(role));
    }

    /** As kafka-consumer-groups does it, which leaves no mark of the log behind. */
    private void setBack(Role role, long time) throws Exception {
        var site = shop.site();
        try (var admin = Admin.create(Map.of("bootstrap.servers", site.broker().address()))) {
            List<TopicPartition> read = new ArrayList<>();
            for (var channel : Topology.ORDERFLOW.readBy(role)) {
                IntStream.range(0, Site.PARTITIONS)
                        .forEach(partition -> read.add(new TopicPartition(site.topic(channel.topic()), partition)));
            }
            var positions = admin.listOffsets(read.stream()
                            .collect(toMap(partition -> partition, partition -> OffsetSpec.forTimestamp(time))))
                    .all()
                    .get();
            assertThat(positions.values()).anyMatch(position -> position.offset() > 0);
            admin.alterConsumerGroupOffsets(
                            site.prefix() + role,
                            positions.entrySet().stream()
                                    .filter(position -> position.getValue().offset() >= 0)
                                    .collect(toMap(
                                            Map.Entry::getKey,
                                            position -> new OffsetAndMetadata(
                                                    position.getValue().offset()))))
                    .all()
                    .get();
        }
    }
}
