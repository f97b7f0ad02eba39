package io.orderflow.http.edge;

import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Paging;
import io.orderflow.http.Refusal;
import io.orderflow.http.Page;
import io.orderflow.http.Problem;
import io.orderflow.http.Answer;
import io.orderflow.http.Caller;
import io.orderflow.http.Request;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.messaging.Overloaded;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.transaction.CannotCreateTransactionException;

/** An API as a service writes it, for the tests of the edge. */
final class ThingsApi extends RouteBuilder {

    record Thing(String name, int count, List<Part> parts) {}

    record Part(String sku, long quantity) {}

    record Stored(String caller, String key, String bodyHash, Thing thing) {}

    enum Colour {
        RED,
        GREEN
    }

    @Override
    public void configure() {
        rest("/things")
            .post().security(CUSTOMER).to("direct:store-thing")
            .get().security(CUSTOMER)
                .param().name("colour").type(query).endParam()
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:list-things")
            .put("/{id}").security(CUSTOMER).to("direct:replace-thing")
            .get("/{id}").security(CUSTOMER).to("direct:read-thing")
            .post("/{id}/cancellation").security(CUSTOMER).to("direct:cancel-thing")
            .get("/seen/by-the-route").security(CUSTOMER).to("direct:look")
            .get("/fails/{how}").security(CUSTOMER).to("direct:fail")
            .get("/asks/too-much").security(CUSTOMER).to("direct:ask")
            .get("/nothing/at-all").security(CUSTOMER).to("direct:say-nothing");

        from("direct:store-thing").routeId("things.store")
            .setBody(ThingsApi::stored)
            .to("mock:stored")
            .transform().body(Stored.class, ThingsApi::accepted);

        from("direct:list-things").routeId("things.list")
            .to("mock:listed")
            .setBody(ThingsApi::list);

        from("direct:read-thing").routeId("things.read")
            .setBody(exchange -> Map.of("id", Request.uuid(exchange, "id")));

        from("direct:replace-thing").routeId("things.replace")
            .setBody(exchange -> Request.body(exchange, Thing.class));

        from("direct:cancel-thing").routeId("things.cancel")
            .setBody(exchange -> {
                Request.noBody(exchange);
                return Answer.accepted(Map.of("id", Request.uuid(exchange, "id")));
            });

        from("direct:look").routeId("things.look")
            .setBody(ThingsApi::seen)
            .setHeader("Set-Cookie", constant("from=the-route"))
            .setHeader("X-Inside", constant("stays"));

        from("direct:fail").routeId("things.fail")
            .process(ThingsApi::fail);

        from("direct:ask").routeId("things.ask")
            .setBody(exchange -> Request.query(exchange, "undeclared").isPresent());

        from("direct:say-nothing").routeId("things.say-nothing")
            .setBody(exchange -> null);
    }

    private static Stored stored(Exchange exchange) {
        return new Stored(
                Caller.of(exchange).id(),
                IdempotencyKey.of(exchange).value(),
                Request.bodyHash(exchange),
                Request.body(exchange, Thing.class));
    }

    private static Answer accepted(Stored stored) {
        return Answer.accepted(stored).at("/things/1");
    }

    private static Page<Integer> list(Exchange exchange) {
        var paging = Paging.of(exchange, Pattern.compile("[0-9]{1,9}"));
        Request.query(exchange, "colour", Colour.class);
        int first = paging.after().isEmpty() ? 1 : Integer.parseInt(paging.after().getFirst()) + 1;
        var rows = IntStream.rangeClosed(first, 250).limit(paging.limit() + 1L).boxed().toList();
        return paging.page(rows, row -> List.of(row.toString()));
    }

    /** What a component in the route could be steered by. */
    private static Map<String, Object> seen(Exchange exchange) {
        Map<String, Object> seen = new HashMap<>();
        seen.put("headers", List.copyOf(exchange.getMessage().getHeaders().keySet()));
        seen.put("body", exchange.getMessage().getBody().getClass().getSimpleName());
        seen.put("virtual", Thread.currentThread().isVirtual());
        return seen;
    }

    private static void fail(Exchange exchange) throws Exception {
        switch (Request.path(exchange, "how")) {
            case "refused" -> throw new Refusal(Problem.unacceptable("/count", "too many (expected: 1 to 3)"));
            case "conflict" -> throw new Refusal(Problem.conflict("confirmed already"));
            case "overloaded" -> throw new Overloaded("transaction:things.store", 1000);
            case "database" -> throw new CannotCreateTransactionException("no connection to db.internal:5432");
            case "wrapped" -> throw new IllegalStateException(new SQLTransientConnectionException("db.internal away"));
            case "checked" -> throw new IOException("secret of class io.orderflow.Secret");
            case "unwritable" -> exchange.getMessage().setBody(new Object() {
                @SuppressWarnings("unused")
                public String getSecret() {
                    throw new IllegalStateException("secret");
                }
            });
            default -> throw new IllegalStateException("secret");
        }
    }
}
