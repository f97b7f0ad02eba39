package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Paging;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Selection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * What a request asks to release: some events by their ids, or all that a filter lets through, as a list shows them.
 *
 * @param count what its dry run came to, or null
 */
record ReleaseRequest(Role role, boolean dryRun, Selection selection, String what, int perMinute, Integer count) {

    /** As many as a page shows. */
    static final int MOST_IDS = Paging.MAX_LIMIT;

    static final int MOST_EVENTS = 10_000_000;
    static final int MOST_PER_MINUTE = 60_000;
    static final int DEFAULT_PER_MINUTE = 600;

    static final Pattern SERVICE = Pattern.compile("[a-z]{1,40}");
    static final Pattern IDS =
            Pattern.compile(Paging.AN_ID.pattern() + "(?:," + Paging.AN_ID.pattern() + "){0," + (MOST_IDS - 1) + "}");

    private static final Pattern TRUE_OR_FALSE = Pattern.compile("true|false");

    /** The service that a request is about, one of these. */
    static Role role(Exchange exchange, List<Role> here) {
        var name =
                Request.query(exchange, "service", SERVICE, "a service's name").orElse(null);
        return here.stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Problem.malformed("service: missing, or not in this process (expected: one of " + here + ")")));
    }

    static ReleaseRequest of(Exchange exchange, Role role) {
        var action = Request.query(exchange, "action", Action.class).orElse(Action.RELEASE);
        var filter = ParkedFilter.of(exchange, State.PARKED);
        var words = words(filter, exchange);
        var ids = ids(exchange);
        if (!ids.isEmpty() && !words.isEmpty()) {
            throw new Refusal(Problem.malformed("ids: beside a filter (expected: one of them)"));
        }
        var selection = new Selection(
                action,
                ids.isEmpty() ? filter : null,
                ids,
                Times.of(exchange, "before"),
                isTrue(exchange, "followers").orElse(action == Action.RELEASE),
                Request.queryNumber(exchange, "first", 1, MOST_EVENTS).orElse(null));
        var what = ids.isEmpty() ? words.isEmpty() ? "all that is parked" : words : told(ids);
        return new ReleaseRequest(
                role,
                isTrue(exchange, "dry_run").orElse(false),
                selection,
                what,
                Request.queryNumber(exchange, "per_minute", 1, MOST_PER_MINUTE).orElse(DEFAULT_PER_MINUTE),
                Request.queryNumber(exchange, "count", 0, MOST_EVENTS).orElse(null));
    }

    /** Refuses what could be far more than its sender thinks: what is neither named nor of one order or key. */
    void checkCount() {
        var filter = selection.filter();
        boolean isOne = filter == null
                || filter.order() != null
                || filter.key() != null && !filter.key().isEmpty();
        if (!dryRun && count == null && !isOne) {
            throw new Refusal(
                    Problem.of(ProblemType.UNACCEPTABLE_VALUE, "count: missing (expected: the matches of a dry run)"));
        }
    }

    private static Optional<Boolean> isTrue(Exchange exchange, String name) {
        return Request.query(exchange, name, TRUE_OR_FALSE, "true or false").map(Boolean::valueOf);
    }

    private static List<UUID> ids(Exchange exchange) {
        return Request.query(exchange, "ids", IDS, "1 to " + MOST_IDS + " UUIDs with commas between them").stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(UUID::fromString)
                .distinct()
                .toList();
    }

    private static String told(List<UUID> ids) {
        return ids.size() == 1 ? "id=" + ids.getFirst() : "id=" + ids.getFirst() + " and " + (ids.size() - 1) + " more";
    }

    private static String words(Filter filter, Exchange exchange) {
        return Stream.of(
                        word("order", filter.order()),
                        word("key", filter.key()),
                        word("topic", filter.topic()),
                        word("type", filter.eventType()),
                        word("reason", filter.reason()),
                        word("error_class", filter.errorClass()),
                        word("group", filter.group()),
                        word("min_age", Request.query(exchange, "min_age").orElse(null)),
                        word("max_age", Request.query(exchange, "max_age").orElse(null)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> word(String name, Object value) {
        return Optional.ofNullable(value).map(given -> name + "=" + given);
    }
}
