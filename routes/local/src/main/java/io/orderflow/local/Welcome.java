package io.orderflow.local;

import io.orderflow.local.Place.Port;
import java.util.ArrayList;
import java.util.List;

/** What a person needs to know once everything runs: every address, and the next command. */
final class Welcome {

    private Welcome() {}

    static String to(Place place, Wishes wishes, double seconds) {
        var lines = new ArrayList<>(List.of(
                "orderflow runs (after %.0f s). Ctrl-C stops it.".formatted(seconds),
                "",
                "Orders      " + place.http("/orders"),
                "Catalogue   " + place.http("/products"),
                "Stock       " + place.http("/stock"),
                "Operators   " + place.ops("/ops/parked") + ", " + place.ops("/ops/audit"),
                "Health      " + place.management("/observe/health"),
                "Metrics     " + place.management("/observe/metrics"),
                "Kafka       " + place.brokers(),
                "PostgreSQL  psql -h localhost -p " + place.port(Port.POSTGRES) + " -U orderflow orderflow",
                "SMTP        localhost:" + place.port(Port.SMTP) + ", mails in .run/mail",
                "Logs        .run/log"));
        if (wishes.providerOverHttp()) {
            lines.add(
                    lines.size() - 1,
                    "Provider    " + place.provider() + ", its books in database " + Place.PROVIDER
                            + (wishes.faults().isEmpty() ? "" : ", faults " + wishes.faults()));
        }
        int width = lines.stream().mapToInt(String::length).max().orElseThrow();
        var box = new StringBuilder("+" + "-".repeat(width + 2) + "+\n");
        lines.forEach(line -> box.append("| ")
                .append(line)
                .append(" ".repeat(width - line.length()))
                .append(" |\n"));
        box.append("+").append("-".repeat(width + 2)).append("+\n");
        return box + "\nPlace an order:\n\n" + order(place, wishes.tokens()) + "\n";
    }

    private static String order(Place place, boolean tokens) {
        return """
                curl -i %s%s -H 'Content-Type: application/json' -H 'Idempotency-Key: first' \\
                  -d '{"currency":"EUR","customer":{"name":"Ada","email":"ada@example.com"},
                       "lines":[{"sku":"mug","quantity":2}],"payment":{"token":"tok_visa"}}'
                """.formatted(
                        place.http("/orders"), tokens ? " -H \"Authorization: Bearer $(make -s token SUB=ada)\"" : "")
                .indent(2);
    }
}
