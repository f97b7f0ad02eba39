package io.orderflow.e2e.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators find out about parked events by nothing but the operators' port. */
class ParkedOverRestTest {

    private static Shop shop;
    private static Client ops;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh());
        ops = new Client(shop.instance().ops());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void anEventIsFoundLookedAtAndItsStoryTold() throws Exception {
        var order = UUID.randomUUID();
        var value = "{\"strange\":\"Zoë\"}";
        shop.writes("inventory_events", order.toString(), bytes(value), bytes("{}"));
        await().atMost(Shop.PATIENCE).until(() -> list("order=" + order).size() == 2);

        var head = list("order=" + order).get(0);
        var id = head.at("/id").asText();
        assertThat(head.at("/reason").asText()).isEqualTo("UNREADABLE");
        for (var filter : List.of("key=" + order, "topic=inventory_events", "reason=UNREADABLE", "max_age=1h")) {
            assertThat(ids("limit=100&" + filter)).as(filter).contains(id);
        }
        for (var filter : List.of("min_age=1h", "state=RELEASED", "type=OrderCreated", "error_class=NoSuchThing")) {
            assertThat(ids("limit=100&order=" + order + "&" + filter))
                    .as(filter)
                    .isEmpty();
        }
        var first = ops.get("/ops/parked?limit=1&order=" + order).expect(200).body();
        assertThat(ids("limit=1&order=" + order + "&after=" + first.at("/next").asText()))
                .containsExactly(list("order=" + order).get(1).at("/id").asText());

        var whole = ops.get("/ops/parked/" + id).expect(200).body();
        assertThat(whole.at("/event")).isEqualTo(head);
        assertThat(whole.at("/bytes").asInt()).isEqualTo(bytes(value).length);
        assertThat(whole.at("/followers")).hasSize(1);
        assertThat(whole.at("/timeline")).hasSize(1);
        assertThat(payload(id, "").at("/value").asText()).isEqualTo(value);
        assertThat(payload(id, "?from=2&bytes=7&as=HEX").at("/value").asText()).isEqualTo("737472616e6765");

        discard(id);
        var story = ops.get("/ops/parked/" + id).expect(200).body().at("/timeline");
        assertThat(story).extracting(step -> step.at("/what").asText()).containsExactly("PARKED", "DISCARDED");
        assertThat(story.get(1).at("/reason").asText()).isEqualTo("wrong for good");
        assertThat(ids("order=" + order + "&state=DISCARDED")).containsExactly(id);
        var call = ops.get("/ops/audit?action=ops.discard-parked&target=/ops/parked/" + id)
                .expect(200)
                .body()
                .at("/items");
        assertThat(call).hasSize(1);
        assertThat(call.get(0).at("/before").asText() + call.get(0).at("/after").asText())
                .isEqualTo("PARKEDDISCARDED");
        assertThat(text("/ops/audit.csv?target=/ops/parked/" + id + "/discard"))
                .startsWith("id,at,service,caller,roles,action,target,reason,result,before,after\r\n")
                .endsWith(",wrong for good,DISCARDED,PARKED,DISCARDED\r\n");
        assertThat(read("ops.show-payload", id)).as("who has read it").hasSize(2);
    }

    @Test
    void whatFailsAlikeIsOneGroupWhoseEventsAreListed() {
        for (int i = 0; i < 3; i++) {
            shop.writes("inventory_events", "stranger-" + i, bytes("no event " + i));
        }
        await().atMost(Shop.PATIENCE).until(() -> Stream.of(0, 1, 2)
                .allMatch(i -> list("key=stranger-" + i).size() == 1));
        var group = list("key=stranger-0").get(0).at("/group").asText();

        var groups = ops.get("/ops/parked/groups?limit=100").expect(200).body().at("/items");
        assertThat(groups)
                .filteredOn(one -> one.at("/group").asText().equals(group)
                        && one.at("/service").asText().equals("orders"))
                .singleElement()
                .satisfies(one -> assertThat(one.at("/count").asInt()).isGreaterThanOrEqualTo(3))
                .satisfies(one -> assertThat(ids("limit=1&topic=inventory_events&group=" + group))
                        .containsExactly(one.at("/first_id").asText()));
        var seen = groups.size();
        var after = "";
        for (int page = 0; page < seen; page++) {
            var one = ops.get("/ops/parked/groups?limit=1" + after).expect(200).body();
            assertThat(one.at("/items/0")).isEqualTo(groups.get(page));
            after = "&after=" + one.at("/next").asText();
        }
    }

    /** Whoever may read what is parked does not read names and addresses by it. */
    @Test
    void whatCanBeErasedIsShownNowhere() {
        var order = UUID.randomUUID();
        var contact = """
                {"event_id":"%s","event_type":"OrderContact","event_version":9,"occurred_at":"2026-01-01T00:00:00Z",\
                "order_id":"%s","sequence":1,"payload":{"name":"Canary","email":"canary@example.com"}}""".formatted(UUID.randomUUID(), order);
        shop.writes("order_contacts", order.toString(), bytes(contact));
        await().atMost(Shop.PATIENCE).until(() -> list("order=" + order).size() == 1);
        var listed = list("order=" + order).get(0);
        var id = listed.at("/id").asText();
        assertThat(listed.at("/type").asText()).isEqualTo("OrderContact");

        var seen = List.of(
                listed,
                ops.get("/ops/parked/" + id).expect(200).body(),
                payload(id, ""),
                payload(id, "?as=HEX&from=10"),
                ops.get("/ops/parked/groups?limit=100").body());
        var hidden = HexFormat.of().formatHex(bytes("canary"));
        assertThat(seen.toString()).doesNotContainIgnoringCase("canary").doesNotContainIgnoringCase(hidden);
        assertThat(seen.get(1).at("/withheld").asBoolean()).isTrue();
        assertThat(seen.get(1).at("/headers")).isEmpty();
        assertThat(seen.get(2).at("/withheld").asBoolean()).isTrue();
        assertThat(seen.get(2).at("/value").isNull()).isTrue();
    }

    /** Half a record would look like a whole one. */
    @Test
    void aRecordThatIsTooLongIsNotExportedInPart() throws Exception {
        shop.sql().update("""
                insert into orders.audit (id, at, caller, roles, action, target, result)
                select gen_random_uuid(), timestamptz '2020-01-01Z' + n * interval '1 second', 'many', '', 'any.thing', '/many', 'DONE'
                from generate_series(1, 10001) n""");

        isRefused("/ops/audit.csv?caller=many", "query: more than 10000 calls match");
        assertThat(text("/ops/audit.csv?caller=many&since=2020-01-01T00:00:02Z").lines())
                .hasSize(10_001);
    }

    @Test
    void whatNobodyCanMeanIsRefusedByName() {
        for (var query : List.of(
                "order=7",
                "order=",
                "key=" + "k".repeat(201),
                "topic=%20",
                "type=7",
                "reason=failed",
                "error_class=psql",
                "group=xyz",
                "state=ALL",
                "min_age=10",
                "max_age=0d",
                "max_age=100000s",
                "limit=101",
                "after=AAAA")) {
            isRefused("/ops/parked?" + query, query.substring(0, query.indexOf('=')) + ": ");
        }
        isRefused("/ops/parked?colour=red", "query: unknown parameter");
        isRefused("/ops/parked?state=PARKED&state=PARKED", "state: more than one");
        isRefused("/ops/parked/groups?topic=x", "query: unknown parameter");
        isRefused("/ops/parked/groups?after=AAAA", "after: ");
        var id = UUID.randomUUID();
        isRefused("/ops/parked/" + id + "/payload?from=-1", "from: ");
        isRefused("/ops/parked/" + id + "/payload?bytes=0", "bytes: ");
        isRefused("/ops/parked/" + id + "/payload?bytes=65537", "bytes: ");
        isRefused("/ops/parked/" + id + "/payload?as=text", "as: ");
        isRefused("/ops/parked/7", "id: ");
        ops.get("/ops/parked/" + id).expect(404);
        ops.get("/ops/parked/" + id + "/payload").expect(404);
        for (var query : List.of("caller=", "action=Release", "target=parked", "since=yesterday", "until=2026-01-01")) {
            isRefused("/ops/audit?" + query, query.substring(0, query.indexOf('=')) + ": ");
            isRefused("/ops/audit.csv?" + query, query.substring(0, query.indexOf('=')) + ": ");
        }
        isRefused("/ops/audit?since=2026-02-30T00:00:00Z", "since: no such day");
        isRefused("/ops/audit.csv?limit=5", "query: unknown parameter");
    }

    private static void isRefused(String path, String detail) {
        assertThat(ops.get(path).expect(400).text("detail")).as(path).startsWith(detail);
    }

    private static List<String> ids(String query) {
        return list(query).valueStream().map(item -> item.at("/id").asText()).toList();
    }

    private static JsonNode list(String query) {
        return ops.get("/ops/parked?" + query).expect(200).body().at("/items");
    }

    private static JsonNode payload(String id, String query) {
        return ops.get("/ops/parked/" + id + "/payload" + query).expect(200).body();
    }

    private static List<String> read(String action, String id) {
        return shop.sql()
                .queryForList(
                        "select caller from orders.audit where action = ? and target = ?",
                        String.class,
                        action,
                        "/ops/parked/" + id + "/payload");
    }

    private static void discard(String id) {
        ops.post("/ops/parked/" + id + "/discard", "none", "{\"reason\":\"wrong for good\"}")
                .expect(200);
    }

    private static String text(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(shop.instance().ops().resolve(path));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
