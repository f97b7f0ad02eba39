package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orderflow releases}: how far releases of many events are, and what is done with one that is not over. */
@Command(
        name = "releases",
        description = "Shows releases of many events, or one of them; pauses, resumes and stops it.")
final class ReleasesCommand implements Runnable {

    /** What can be done with a release that is not over. */
    enum Step {
        PAUSE,
        RESUME,
        STOP
    }

    @Spec
    private CommandSpec command;

    @Mixin
    private OpsOptions options;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "This release alone.")
    private UUID id;

    @Option(names = "--step", description = "PAUSE, RESUME or STOP it.")
    private Step step;

    @Option(names = "--reason", description = "Why; it is on record, and asked for with --step.")
    private String reason;

    @Option(names = "--after", description = "The page that follows: next of the one before.")
    private String after;

    @Override
    public void run() {
        if ((step == null) != (reason == null) || step != null && id == null) {
            throw new ParameterException(
                    command.commandLine(), "ID, --step and --reason: some (expected: all of them, ID alone, or none)");
        }
        if (step != null) {
            var path = "/ops/releases/" + id + "/" + step.name().toLowerCase(Locale.ROOT);
            options.tell(options.ops().post(path, Map.of(), reason), ReleasesCommand::words);
        } else if (id != null) {
            options.tell(
                    options.ops().get("/ops/releases/" + id, Map.of()), progress -> words(progress.path("release")));
        } else {
            options.tell(
                    options.ops().get("/ops/releases", after == null ? Map.of() : Map.of("after", after)),
                    ReleasesCommand::list);
        }
    }

    private static String list(JsonNode page) {
        return TextTable.of(
                        page.path("items"),
                        "id",
                        "service",
                        "action",
                        "state",
                        "events",
                        "done",
                        "failed_again",
                        "left",
                        "what")
                + TextTable.more(page);
    }

    private static String words(JsonNode release) {
        return TextTable.lines(
                release,
                "id",
                "service",
                "action",
                "state",
                "what",
                "caller",
                "reason",
                "per_minute",
                "events",
                "done",
                "failed_again",
                "already_done",
                "refused",
                "left",
                "created_at",
                "ended_at");
    }
}
