package io.orderflow.e2e.planted;

import org.springframework.jdbc.core.JdbcTemplate;

/** A decision that reads a database. */
public final class PlantedDecisions {

    private PlantedDecisions() {}

    public static int decide(JdbcTemplate jdbc) {
        return jdbc.getFetchSize();
    }
}
