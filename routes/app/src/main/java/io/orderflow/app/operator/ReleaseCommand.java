package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orderflow release}: lets one parked event go, or many of a service at a pace; or gives them up. */
@Command(
        name = "release",
        description = "Has parked events handled as if they had just come: one by its id, or many of a service.",
        footer = {
            "",
            "Many: first with --dry-run, which says what it would come to; then with its --count and --before."
        })
final class ReleaseCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Mixin
    private OpsOptions options;

    @Mixin
    private ParkedFilters filters;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "This event.")
    private UUID id;

    @Option(names = "--reason", required = true, description = "Why; it is on record.")
    private String reason;

    @Option(names = "--discard", description = "Give them up instead: they never take effect.")
    private boolean discard;

    @Option(names = "--service", description = "Whose, where it is not one by its id.")
    private String service;

    @Option(names = "--dry-run", description = "Only say what it would come to.")
    private boolean dryRun;

    @Option(names = "--count", description = "How many it must come to: matches of the dry run.")
    private Integer count;

    @Option(names = "--before", description = "Those that were parked before then: before of the dry run.")
    private String before;

    @Option(names = "--per-minute", description = "At which pace.")
    private Integer perMinute;

    @Override
    public void run() {
        if ((id == null) == (service == null)) {
            throw new ParameterException(
                    command.commandLine(), "ID or --service: (expected: one event by its id, or a service)");
        }
        if (id == null) {
            many();
        } else {
            one();
        }
    }

    private void one() {
        boolean asOfMany = dryRun || count != null || before != null || perMinute != null;
        if (asOfMany || !filters.query().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "ID: beside a filter, --dry-run, --count, --before or --per-minute (expected: alone)");
        }
        var path = "/ops/parked/" + id + (discard ? "/discard" : "/release");
        options.tell(
                options.ops().post(path, Map.of(), reason), ended -> TextTable.lines(ended, "id", "service", "result"));
    }

    private void many() {
        Map<String, String> query = new LinkedHashMap<>(filters.query());
        query.put("service", service);
        query.put("action", discard ? "DISCARD" : "RELEASE");
        query.put("dry_run", String.valueOf(dryRun));
        put(query, "count", count);
        put(query, "before", before);
        put(query, "per_minute", perMinute);
        options.tell(
                options.ops().post("/ops/releases", query, reason),
                dryRun ? ReleaseCommand::plan : ReleaseCommand::release);
    }

    private static void put(Map<String, String> query, String name, Object value) {
        if (value != null) {
            query.put(name, value.toString());
        }
    }

    private static String plan(JsonNode plan) {
        return TextTable.lines(
                        plan,
                        "service",
                        "action",
                        "what",
                        "matches",
                        "events",
                        "followers",
                        "orders",
                        "already_done",
                        "too_late",
                        "behind_another",
                        "before")
                + "\nto do it: --count=" + Plain.line(plan.path("matches")) + " --before="
                + Plain.line(plan.path("before")) + "\n";
    }

    private static String release(JsonNode release) {
        return TextTable.lines(release, "id", "service", "action", "state", "what", "events", "per_minute")
                + "\nhow far it is: orderflow releases "
                + Plain.line(release.path("id")) + "\n";
    }
}
