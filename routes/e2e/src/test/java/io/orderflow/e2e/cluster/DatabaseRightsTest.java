package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Shop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each service's database role reads and writes the rows of its own schema, and nothing else works: no other schema, no
 * line in a history of migrations, no table made, changed or emptied, no line of the journal changed. Every table of
 * the running system is tried, so that a new one cannot be forgotten.
 */
class DatabaseRightsTest {

    private static final String REFUSED = "42501";
    private static final String HISTORY = "migrations_";

    /** Which role works in a schema that has not its name. */
    private static final Map<String, Role> GUESTS = Map.of("provider", Role.PAYMENTS);

    private final Shop shop = Shop.withEveryRole();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        var database = shop.site().database();
        connection = DriverManager.getConnection(database.url(), database.user(), "");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void everyRoleMayDoWhatItNeedsAndNothingElse() throws SQLException {
        Map<String, String> wrong = new TreeMap<>();
        int refused = 0;
        int allowed = 0;
        for (var role : Topology.ORDERFLOW.roles()) {
            for (var attempt : attempts(role)) {
                var state = state(role, attempt.sql());
                boolean right = attempt.isAllowed() ? !REFUSED.equals(state) : REFUSED.equals(state);
                if (!right) {
                    wrong.put(role + ": " + attempt.sql(), String.valueOf(state));
                }
                refused += attempt.isAllowed() ? 0 : 1;
                allowed += attempt.isAllowed() ? 1 : 0;
            }
        }
        System.out.println(refused + " statements refused with 42501, " + allowed + " allowed");
        assertThat(wrong)
                .as("what is refused and should not be, or the reverse")
                .isEmpty();
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void aRoleCannotBecomeAnother() throws SQLException {
        for (var role : Topology.ORDERFLOW.roles()) {
            for (var other : Topology.ORDERFLOW.roles()) {
                assertThat(isMember(role.name(), other + "_migrator")).isFalse();
                assertThat(isMember(role.name(), other.name())).isEqualTo(role.equals(other));
            }
        }
    }

    private boolean isMember(String role, String other) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_has_role(?, ?, 'member')")) {
            statement.setString(1, role);
            statement.setString(2, other);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private record Attempt(String sql, boolean isAllowed) {}

    private List<Attempt> attempts(Role role) throws SQLException {
        var attempts = new ArrayList<Attempt>();
        for (var table : tables()) {
            var schema = table.substring(0, table.indexOf('.'));
            boolean mine = schema.equals(role.name()) || role.equals(GUESTS.get(schema));
            boolean rows = mine && !table.contains("." + HISTORY);
            boolean changes = rows && !isAddedToOnly(table);
            attempts.add(new Attempt("select 1 from " + table + " limit 1", mine));
            attempts.add(new Attempt("insert into " + table + " select * from " + table + " where false", rows));
            attempts.add(new Attempt("delete from " + table + " where false", changes));
            attempts.add(new Attempt("update " + table + " set " + column(table) + " = default where false", changes));
            attempts.add(new Attempt("truncate " + table, false));
            attempts.add(new Attempt("drop table " + table, false));
            attempts.add(new Attempt("alter table " + table + " add column more text", false));
            attempts.add(new Attempt("alter table " + table + " disable trigger all", false));
        }
        for (var schema : schemas()) {
            attempts.add(new Attempt("create table " + schema + ".more (id int)", false));
            attempts.add(new Attempt("drop schema " + schema + " cascade", false));
        }
        for (var other : Topology.ORDERFLOW.roles()) {
            attempts.add(new Attempt(
                    "select " + other + ".keep_inbox_days(current_date - 30, current_date, current_date)",
                    other.equals(role)));
            attempts.add(new Attempt("select " + other + ".forget_audit(now())", other.equals(role)));
        }
        attempts.add(new Attempt("create schema more", false));
        attempts.add(new Attempt("create table public.more (id int)", false));
        attempts.add(new Attempt("create role more", false));
        return attempts;
    }

    /** What a statement comes to under a role: its SQLSTATE, or null if it works. Nothing of it stays. */
    private String state(Role role, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local role " + role);
            statement.execute(sql);
            return null;
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    /**
     * What may be added to and read, and never changed: the journal of money, and each service's record of operators'
     * calls.
     */
    private static boolean isAddedToOnly(String table) {
        return table.equals("provider.journal") || table.endsWith(".audit");
    }

    private List<String> tables() throws SQLException {
        return strings("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and not c.relispartition
                  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1""");
    }

    private List<String> schemas() throws SQLException {
        return strings("select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'");
    }

    /** A column that may be set; an identity may not. */
    private String column(String table) throws SQLException {
        return strings("select quote_ident(attname) from pg_attribute where attrelid = '" + table + "'::regclass"
                        + " and attnum > 0 and not attisdropped and attidentity = '' order by attnum")
                .getFirst();
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
