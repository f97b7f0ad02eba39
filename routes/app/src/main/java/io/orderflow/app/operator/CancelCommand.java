package io.orderflow.app.operator;

import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow cancel}: calls an order off in its customer's place. */
@Command(name = "cancel", description = "Calls a pending order off in its customer's place (orders' port).")
final class CancelCommand implements Runnable {

    @Mixin
    private OpsOptions options;

    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private UUID id;

    @Option(names = "--reason", required = true, description = "Why; it is on record.")
    private String reason;

    @Override
    public void run() {
        options.tell(
                options.ops().post(OrderCommand.path(id) + "/cancellation", Map.of(), reason), OrderCommand::words);
    }
}
