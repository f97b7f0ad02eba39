package io.orderflow.e2e.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.e2e.shop.Shop;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An earlier copy of one service's schema. PostgreSQL's own tools make it where {@code -Dpostgres.tools} names their
 * folder, with the options of docs/leaving.md; what Maven brings of PostgreSQL has none, so that else SQL copies the
 * tables.
 */
abstract class SchemaCopy {

    final Shop shop;
    final Role role;

    private SchemaCopy(Shop shop, Role role) {
        this.shop = shop;
        this.role = role;
    }

    static SchemaCopy of(Shop shop, Role role, Path folder) throws Exception {
        var tools = System.getProperty("postgres.tools");
        var copy = tools == null ? new Tables(shop, role) : new Dump(shop, role, Path.of(tools), folder);
        copy.make();
        return copy;
    }

    abstract void make() throws Exception;

    /** What the schema has by now is gone. */
    abstract void restore() throws Exception;

    /** By {@code pg_dump} and {@code pg_restore}. */
    private static final class Dump extends SchemaCopy {

        private final Path tools;
        private final Path file;

        private Dump(Shop shop, Role role, Path tools, Path folder) {
            super(shop, role);
            this.tools = tools;
            this.file = folder.resolve(role + ".dump");
        }

        @Override
        void make() throws Exception {
            run("pg_dump", "-Fc", "--schema=" + role, "--file=" + file, database());
        }

        @Override
        void restore() throws Exception {
            run("psql", "-c", "drop schema " + role + " cascade", database());
            run("pg_restore", "--exit-on-error", "--single-transaction", "-d", database(), file.toString());
        }

        private String database() {
            return shop.site().database().name();
        }

        private void run(String tool, String... options) throws Exception {
            var server = URI.create(shop.site().database().url().substring("jdbc:".length()));
            List<String> command = new ArrayList<>(List.of(tools.resolve(tool).toString(), "-U", "postgres"));
            command.addAll(List.of("-h", server.getHost(), "-p", String.valueOf(server.getPort())));
            command.addAll(List.of(options));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var printed = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(command + "\n" + printed).isZero();
        }
    }

    /** By SQL, within the database. */
    private static final class Tables extends SchemaCopy {

        /** The tables of a schema, without the parts of those that have parts, and the columns that are written. */
        private static final String EACH_TABLE = """
                do $$ declare one record; begin
                    for one in select relname, string_agg(quote_ident(attname), ', ' order by attnum) as written
                            from pg_class join pg_attribute on attrelid = pg_class.oid
                            where relnamespace = '%s'::regnamespace and relkind in ('r', 'p') and not relispartition
                            and attnum > 0 and not attisdropped and attgenerated = '' group by relname loop
                        execute format('%s', one.relname, one.written);
                    end loop;
                end $$""";

        /** No row asks whether the one is there that it belongs to. */
        private static final String IN_ANY_ORDER = "set session_replication_role = replica;\n";

        private Tables(Shop shop, Role role) {
            super(shop, role);
        }

        @Override
        void make() {
            shop.asSuperuser("create schema copied");
            shop.asSuperuser(EACH_TABLE.formatted(role, "create table copied.%1$I as table " + role + ".%1$I"));
        }

        /** Numbers that are drawn begin again behind the copy's, as those of a restored server do. */
        @Override
        void restore() {
            shop.asSuperuser(EACH_TABLE.formatted(role, "truncate " + role + ".%1$I cascade"));
            shop.asSuperuser(IN_ANY_ORDER
                    + EACH_TABLE.formatted(
                            role,
                            "insert into " + role
                                    + ".%1$I (%2$s) overriding system value select %2$s from copied.%1$I"));
            shop.asSuperuser("""
                    do $$ declare one record; begin
                        for one in select table_name, column_name from information_schema.columns
                                where table_schema = '%1$s' and is_identity = 'YES' loop
                            execute format('select setval(pg_get_serial_sequence(%%L, %%L),
                                coalesce(max(%%I), 0) + 1, false) from %1$s.%%I',
                                '%1$s.' || one.table_name, one.column_name, one.column_name, one.table_name);
                        end loop;
                    end $$""".formatted(role));
        }
    }
}
