package io.orderflow.local;

import io.orderflow.local.Layout.Port;
import java.util.ArrayList;
import java.util.List;

/** The box that is printed once everything runs: every address, and the next command. */
final class Welcome {

    private Welcome() {}

    static String to(Layout layout, Wishes wishes, double seconds) {
        var lines = new ArrayList<>(List.of(
                "orderflow runs (after %.0f s). Ctrl-C stops it.".formatted(seconds),
                "",
                "Orders      " + layout.http("/orders"),
                "Catalogue   " + layout.http("/products"),
                "Stock       " + layout.http("/stock"),
                "Reference   " + layout.http("/docs") + ", /openapi.json, /asyncapi.json",
                "Operators   " + layout.ops("/ops/parked") + ", " + layout.ops("/ops/audit"),
                "            " + layout.ops("/ops/docs"),
                "Health      " + layout.management("/observe/health"),
                "Metrics     " + layout.management("/observe/metrics"),
                "Kafka       " + layout.brokers(),
                "PostgreSQL  psql -h localhost -p " + layout.port(Port.POSTGRES) + " -U orderflow orderflow",
                "SMTP        localhost:" + layout.port(Port.SMTP) + ", mails in .run/mail",
                "Logs        .run/log"));
        if (wishes.providerOverHttp()) {
            lines.add(
                    lines.size() - 1,
                    "Provider    " + layout.provider() + ", its books in database " + Layout.PROVIDER
                            + (wishes.faults().isEmpty() ? "" : ", faults " + wishes.faults()));
        }
        if (wishes.console()) {
            lines.add(lines.size() - 1, "Console     " + layout.ops("/ops/console"));
            lines.add(lines.size() - 1, "Stories     " + layout.ops("/ops/orders"));
        }
        int width = lines.stream().mapToInt(String::length).max().orElseThrow();
        var box = new StringBuilder("+" + "-".repeat(width + 2) + "+\n");
        lines.forEach(line -> box.append("| ")
                .append(line)
                .append(" ".repeat(width - line.length()))
                .append(" |\n"));
        box.append("+").append("-".repeat(width + 2)).append("+\n");
        return box + "\nPlace an order:\n\n" + order(layout, wishes.tokens()) + "\n";
    }

    private static String order(Layout layout, boolean tokens) {
        return """
                curl -i %s%s -H 'Content-Type: application/json' -H 'Idempotency-Key: first' \\
                  -d '{"currency":"EUR","customer":{"name":"Ada","email":"ada@example.com"},
                       "lines":[{"sku":"mug","quantity":2}],"payment":{"token":"tok_visa"}}'
                """.formatted(
                        layout.http("/orders"), tokens ? " -H \"Authorization: Bearer $(make -s token SUB=ada)\"" : "")
                .indent(2);
    }
}
