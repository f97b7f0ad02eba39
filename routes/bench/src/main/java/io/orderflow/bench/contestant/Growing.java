package io.orderflow.bench.contestant;

import io.orderflow.bench.machine.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Fills our tables by SQL, in the shape that orders leave, because a million orders over HTTP would take an hour. */
public final class Growing {

    private static final int TOGETHER = 50_000;

    private Growing() {}

    /** Orders that came to a good end. */
    public static void orders(Sql database, int orders) throws SQLException, IOException {
        inParts("/growth.sql", database, orders);
        database.execute("vacuum analyze");
    }

    /** Mails, events and parked events that wait. */
    public static void waiting(Sql database, int each) throws SQLException, IOException {
        inParts("/waiting.sql", database, each);
        database.execute("vacuum analyze");
    }

    private static void inParts(String script, Sql database, int rows) throws SQLException, IOException {
        try (var file = Growing.class.getResourceAsStream(script)) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (int left = rows; left > 0; left -= TOGETHER) {
                database.execute(text.replace("{orders}", String.valueOf(Math.min(left, TOGETHER))));
            }
        }
    }
}
