package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orderflow parked}: a list, the groups of what failed alike, or one event. */
@Command(name = "parked", description = "Shows what is parked in the services of a process.")
final class ParkedCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Mixin
    private OpsOptions options;

    @Mixin
    private ParkedFilters filters;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "This event alone, with all about it.")
    private UUID id;

    @Option(names = "--groups", description = "What failed alike, and how often.")
    private boolean groups;

    @Option(names = "--limit", description = "At most so many.", defaultValue = "20")
    private int limit;

    @Option(names = "--after", description = "The page that follows: next of the one before.")
    private String after;

    @Override
    public void run() {
        if (groups && !filters.query().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--groups: beside a filter (expected: alone; a list has --group)");
        }
        if (id != null && (groups || after != null || !filters.query().isEmpty())) {
            throw new ParameterException(
                    command.commandLine(), "ID: beside a filter, --groups or --after (expected: alone)");
        }
        if (id != null) {
            options.tell(options.ops().get("/ops/parked/" + id, Map.of()), ParkedCommand::one);
            return;
        }
        var query = filters.query();
        query.put("limit", String.valueOf(limit));
        if (after != null) {
            query.put("after", after);
        }
        if (groups) {
            options.tell(options.ops().get("/ops/parked/groups", query), ParkedCommand::groups);
        } else {
            options.tell(options.ops().get("/ops/parked", query), ParkedCommand::list);
        }
    }

    private static String list(JsonNode page) {
        return TextTable.of(page.path("items"), "id", "service", "type", "order_id", "reason", "parked_at", "error")
                + TextTable.more(page);
    }

    private static String groups(JsonNode page) {
        return TextTable.of(page.path("items"), "group", "service", "count", "last_parked_at", "error")
                + TextTable.more(page);
    }

    private static String one(JsonNode whole) {
        var event = TextTable.lines(
                whole.path("event"),
                "id",
                "service",
                "topic",
                "partition",
                "offset",
                "key",
                "order_id",
                "type",
                "reason",
                "error",
                "group",
                "attempts",
                "state",
                "parked_at",
                "settled_at");
        return event
                + "\nwaits behind it\n" + TextTable.of(whole.path("followers"), "id", "type", "reason", "parked_at")
                + "\nwhat was done\n" + TextTable.whole(whole.path("timeline"), "at", "what", "caller", "reason");
    }
}
