package io.orderflow.app.operator;

import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow erase}: has the customer of a settled order forgotten. */
@Command(
        name = "erase",
        description = "Erases name and address of the customer of a settled order, for good (orders' port).")
final class EraseCommand implements Runnable {

    @Mixin
    private OpsOptions options;

    @Parameters(paramLabel = "ORDER", description = "The order's id.")
    private UUID id;

    @Option(names = "--reason", required = true, description = "Why; it is on record.")
    private String reason;

    @Override
    public void run() {
        options.tell(options.ops().post(OrderCommand.path(id) + "/erasure", Map.of(), reason), OrderCommand::words);
    }
}
