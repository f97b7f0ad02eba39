package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code orderflow lag}: how far services are behind. */
@Command(name = "lag", description = "Shows how far the services of a process are behind what they hear.")
final class LagCommand implements Runnable {

    @Mixin
    private OpsOptions options;

    @Override
    public void run() {
        options.tell(options.ops().get("/ops/lag", Map.of()), LagCommand::words);
    }

    private static String words(JsonNode lag) {
        return "still to handle\n" + TextTable.of(lag.path("topics"), "service", "topic", "events") + "\nnot said yet\n"
                + TextTable.of(lag.path("outboxes"), "service", "events", "oldest_millis");
    }
}
