package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code orderflow order}: what has become of one. */
@Command(name = "order", description = "Shows what has become of an order (orders' port).")
final class OrderCommand implements Runnable {

    @Mixin
    private OpsOptions options;

    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private UUID id;

    @Override
    public void run() {
        options.tell(options.ops().get(path(id), Map.of()), OrderCommand::words);
    }

    static String path(UUID order) {
        return "/ops/orders/" + order;
    }

    static String words(JsonNode order) {
        var total = order.path("total");
        return TextTable.lines(order, "id", "status", "reason", "payment_status", "settled", "created_at")
                + "total           " + Plain.line(total.path("amount_minor")) + " minor units of "
                + Plain.line(total.path("currency")) + "\n\n"
                + TextTable.of(order.path("lines"), "sku", "quantity") + "\n"
                + TextTable.of(order.path("history"), "at", "event", "status", "by");
    }
}
