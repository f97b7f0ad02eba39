package io.orderflow.http.ops;

import io.orderflow.http.Answer;
import io.orderflow.http.Call;
import io.orderflow.http.Content;
import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Shows the record of operators' calls. Who may read it and does leaves no row there; who may not does. */
final class AuditDesk {

    /** How many calls one export has at most. */
    static final int MOST_EXPORTED = 10_000;

    static final Pattern CALLER = Pattern.compile("[^\\x00-\\x1f\\x7f-\\x9f\\ufffd]{1,255}");
    static final Pattern ACTION = Pattern.compile("[a-z][a-z.-]{0,99}");
    static final Pattern TARGET = Pattern.compile("/[A-Za-z0-9._~/-]{0,1999}");
    private static final List<String> COLUMNS = List.of(
            "id", "at", "service", "caller", "roles", "action", "target", "reason", "result", "before", "after");

    private static final String NOTHING_ACTIVE = "default-src 'none'";

    private final JdbcAudit audit;

    AuditDesk(JdbcAudit audit) {
        this.audit = audit;
    }

    Page<JdbcAudit.Entry> calls(Exchange exchange) {
        Call.of(exchange).readingTheRecord().attachTo(exchange);
        var paging = Paging.of(exchange, PlaceInTime.FORM);
        var rows = audit.list(filter(exchange), PlaceInTime.of(paging), paging.limit() + 1);
        return paging.page(rows, row -> new PlaceInTime(row.at(), row.id()).key());
    }

    /** All of them at once, and none where there are too many for that: half a record would look like a whole one. */
    Answer export(Exchange exchange) {
        Call.of(exchange).readingTheRecord().attachTo(exchange);
        var rows = audit.list(filter(exchange), null, MOST_EXPORTED + 1);
        if (rows.size() > MOST_EXPORTED) {
            throw new Refusal(Problem.malformed("query: more than " + MOST_EXPORTED
                    + " calls match (expected: fewer, by since, until, caller, action or target)"));
        }
        return Answer.ok(new Content(
                "text/csv;charset=UTF-8",
                NOTHING_ACTIVE,
                Csv.of(COLUMNS, rows.stream().map(AuditDesk::cells))));
    }

    private static List<?> cells(JdbcAudit.Entry row) {
        return Arrays.asList(
                row.id(),
                row.at(),
                row.service(),
                row.caller(),
                row.roles(),
                row.action(),
                row.target(),
                row.reason(),
                row.result(),
                row.before(),
                row.after());
    }

    private static JdbcAudit.Filter filter(Exchange exchange) {
        return new JdbcAudit.Filter(
                Request.query(exchange, "caller", CALLER, "1 to 255 characters, none of them a control")
                        .orElse(null),
                Request.query(exchange, "action", ACTION, "an operation, as ops.release-parked")
                        .orElse(null),
                Request.query(exchange, "target", TARGET, "a path, or the beginning of one")
                        .orElse(null),
                Times.of(exchange, "since"),
                Times.of(exchange, "until"));
    }
}
