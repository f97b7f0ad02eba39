package io.orderflow.messaging.schema;

import io.orderflow.contracts.Role;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets a role only read its migration history, as soon as Flyway has made it: who can write it can make a schema look
 * newer than it is, and who cannot read it cannot tell whether the schema is new enough.
 */
record KeepHistoryTrue(Role role, String history) implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(
                    "revoke insert, update, delete on \"%1$s\".\"%2$s\" from \"%1$s\"".formatted(role, history));
        } catch (SQLException e) {
            throw new IllegalStateException(history + ": cannot be kept from " + role, e);
        }
    }

    @Override
    public String getCallbackName() {
        return "keep history true";
    }
}
