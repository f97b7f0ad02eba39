package io.orderflow.http.ops;

import io.orderflow.http.Call;
import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.ops.Shown.As;
import io.orderflow.http.ops.Shown.GroupView;
import io.orderflow.http.ops.Shown.ParkedView;
import io.orderflow.http.ops.Shown.WholeView;
import io.orderflow.messaging.ParkedSearch;
import io.orderflow.messaging.ParkedSearch.GroupPlace;
import io.orderflow.messaging.Releases;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Shows operators what is parked. Whoever reads what is in an event is on record with that event. */
final class ParkedDesk {

    static final int MOST_BYTES = 65_536;
    static final int DEFAULT_BYTES = 4_096;
    static final int LAST_BYTE = Integer.MAX_VALUE - 1;

    /** Of a long history the last steps are shown. */
    static final int MOST_STEPS = 100;

    /** A group's name, and its service's. */
    private static final Pattern GROUP = Pattern.compile(ParkedFilter.GROUP.pattern() + " [a-z]{1,40}");

    private final ParkedSearch search;
    private final JdbcAudit audit;
    private final Releases releases;

    ParkedDesk(ParkedSearch search, JdbcAudit audit, Releases releases) {
        this.search = search;
        this.audit = audit;
        this.releases = releases;
    }

    Page<ParkedView> parked(Exchange exchange) {
        var paging = Paging.of(exchange, PlaceInTime.FORM);
        var from = PlaceInTime.of(paging);
        var after = from == null ? null : new ParkedSearch.Place(from.at(), from.id());
        var rows = search.list(ParkedFilter.of(exchange), after, paging.limit() + 1).stream()
                .map(ParkedView::of)
                .toList();
        return paging.page(rows, row -> new PlaceInTime(row.parkedAt(), row.id()).key());
    }

    Page<GroupView> groups(Exchange exchange) {
        var paging = Paging.of(exchange, GROUP);
        var groups = search.groups(place(paging.after()), paging.limit() + 1).stream()
                .map(GroupView::of)
                .toList();
        return paging.page(groups, group -> List.of(group.group() + " " + group.service()));
    }

    private static GroupPlace place(List<String> after) {
        if (after.isEmpty()) {
            return null;
        }
        var parts = after.getFirst().split(" ");
        return new GroupPlace(parts[0], parts[1]);
    }

    WholeView event(Exchange exchange) {
        var id = Request.uuid(exchange, "id");
        var whole = search.find(id).orElseThrow(() -> new Refusal(Problem.notFound()));
        var role = whole.event().event().role();
        Call.of(exchange).concerning(role).attachTo(exchange);
        var calls = audit.ofParked(role, id, MOST_STEPS);
        return WholeView.of(whole, Timeline.of(whole.event(), calls, releases.ofEvent(role, id, MOST_STEPS)));
    }

    Payload payload(Exchange exchange) {
        var id = Request.uuid(exchange, "id");
        int from = Request.queryNumber(exchange, "from", 0, LAST_BYTE).orElse(0);
        int bytes = Request.queryNumber(exchange, "bytes", 1, MOST_BYTES).orElse(DEFAULT_BYTES);
        var as = Request.query(exchange, "as", As.class).orElse(As.TEXT);
        var part = search.payload(id, from, bytes).orElseThrow(() -> new Refusal(Problem.notFound()));
        Call.of(exchange).concerning(part.role()).attachTo(exchange);
        return Payload.of(id, part, from, as);
    }
}
